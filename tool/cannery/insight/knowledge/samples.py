"""Measures of what happened at single times: each is a sample, and has an interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cannery.insight import estimates
from cannery.insight.knowledge.measured import by_section, measure_report
from cannery.insight.periods import Period
from cannery.insight.report import Better, MeasureReport, Unit
from cannery.model.figure import Figure


class Sample(NamedTuple):
    """A value, of a time in seconds and a section; of a share, 0 or 1."""

    at: int
    section: str
    value: float


class Sampled(NamedTuple):
    """A measure of samples. It has a name and a page as other measures do."""

    name: str
    page: str
    figure: Callable[[Sequence[float]], Figure]
    unit: Unit = "share"
    better: Better = "high"
    version: int = 1


def share(values: Sequence[float]) -> Figure:
    """The share of values that are 1."""
    return estimates.share(sum(map(bool, values)), len(values))


def mean(values: Sequence[float]) -> Figure:
    """The mean of values from 0 to 1."""
    squares = sum(value * value for value in values)
    return estimates.mean(len(values), sum(values), squares, 0.0, 1.0)


def median(values: Sequence[float]) -> Figure:
    """The median of whole seconds."""
    return estimates.median(Counter(map(int, values)))


QUESTION_TO_ARTICLE = Sampled(
    "question_to_article", "measures/question-to-article", median, "seconds", "low"
)
MACRO_KEPT = Sampled("macro_kept", "measures/macro-kept", mean, better="")
SEARCH_COVERAGE = Sampled("search_coverage", "measures/search-coverage", share)
HELPFUL_VOTES = Sampled("helpful_votes", "measures/helpful-votes", share)


def sampled_report(
    measure: Sampled, samples: Sequence[Sample], months: Sequence[Period], at: int
) -> MeasureReport:
    """All samples before a time, by month and by section."""
    seen = [sample for sample in samples if sample.at < at]
    figures = (
        (month, measure.figure(_values(seen, month.starts_at, month.ends_at))) for month in months
    )
    sections = by_section(((each.section, each.value) for each in seen), measure.figure)
    overall = measure.figure([sample.value for sample in seen])
    return measure_report(measure, overall, figures, sections, at)


def _values(samples: Sequence[Sample], since: int, until: int) -> list[float]:
    return [sample.value for sample in samples if since <= sample.at < until]
