"""What is beyond its threshold: by its interval, so that noise alone is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cannery.insight.report import MeasureReport, Report
from cannery.insight.sentence import latest
from cannery.model.figure import Figure
from cannery.model.insight_settings import Threshold
from cannery.model.measure_query import meant_measure


class Watched(NamedTuple):
    """A measure in its last complete month, and whether it is surely beyond its threshold."""

    report: MeasureReport
    threshold: Threshold
    month: str
    figure: Figure
    is_breached: bool


def watched(report: Report, thresholds: Mapping[str, Threshold]) -> list[Watched]:
    """All that a threshold is set for and the data tell anything of."""
    there = [(name, each.measure.key) for name, each in report.measures.items()]
    found = []
    for name, threshold in thresholds.items():
        each = report.measures.get(meant_measure(name, there))
        if each is None:
            continue
        month, figure = latest(each)
        found.append(Watched(each, threshold, month, figure, _is_breached(figure, threshold)))
    return found


def _is_breached(figure: Figure, threshold: Threshold) -> bool:
    """Whether all of the interval is beyond; of a count, which has none, the value."""
    if threshold.is_least:
        highest = figure.value if figure.high is None else figure.high
        return highest is not None and highest < threshold.value
    lowest = figure.value if figure.low is None else figure.low
    return lowest is not None and lowest > threshold.value
