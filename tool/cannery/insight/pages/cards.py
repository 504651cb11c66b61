"""All measures at a look: each with its value, how sure it is, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cannery.insight.charts.small import spark
from cannery.insight.measures.solving import SOLVED_WITHIN_ESTIMATE
from cannery.insight.pages.addresses import address, measure_path
from cannery.insight.pages.parts import dots_of
from cannery.insight.report import MeasureReport, Report
from cannery.insight.sentence import latest, sentence
from cannery.insight.wording import figure_text, month_text, sure_text
from cannery.insight.words import title

Values = Mapping[str, Any]
_SPARK = 13  # months: a year, and the month before


def cards(report: Report, language: str) -> list[Values]:
    """A card for each measure that the last month tells anything of."""
    return [_card(report, each, language) for each in _primary(report) if _is_told(each)]


def without_data(report: Report, language: str) -> list[list[str]]:
    """The titles and addresses of the others."""
    return [
        [title(each.measure, language), address(measure_path(each.measure.name))]
        for each in _primary(report)
        if not _is_told(each)
    ]


def _primary(report: Report) -> Iterator[MeasureReport]:
    """All but a cross-check of another measure, which has its page alone."""
    for each in report.measures.values():
        if each.measure.key != SOLVED_WITHIN_ESTIMATE.name:
            yield each


def _is_told(each: MeasureReport) -> bool:
    """Whether there was anything to count; also that nothing came in is told."""
    _, figure = latest(each)
    return bool(each.overall.n) and (bool(figure.n) or figure.value is not None)


def _card(report: Report, each: MeasureReport, language: str) -> Values:
    measure, (month, figure) = each.measure, latest(each)
    said = sentence(each, report.at, language)
    return {
        "title": title(measure, language),
        "to": address(measure_path(measure.name)),
        "value": figure_text(measure.unit, figure, language),
        "is_shown": figure.value is not None,
        "sure": sure_text(measure.unit, figure, language),
        "month": month_text(month, language) if month else "",
        "verdict": said.verdict,
        "verdict_word": said.verdict_word,
        "spark": spark(dots_of(each.months)[-_SPARK:]),
    }
