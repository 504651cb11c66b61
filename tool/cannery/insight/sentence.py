"""What a measure says, in a sentence that stands alone."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from cannery.insight.report import Definition, MeasureReport, Report
from cannery.insight.wording import (
    figure_text,
    month_text,
    phrase,
    sure_text,
    value_text,
    why_text,
    word,
)
from cannery.insight.words import title, words
from cannery.model.figure import Figure


class Said(NamedTuple):
    """A measure's sentence, and its verdict: a key of ours, and its word; empty without one."""

    sentence: str
    verdict: str = ""
    verdict_word: str = ""


def latest(report: MeasureReport) -> tuple[str, Figure]:
    """The last month that is complete, with its figure; else all data, without a month."""
    complete = [point for point in report.months if point.is_complete]
    return (complete[-1].label, complete[-1].figure) if complete else ("", report.overall)


def headline(report: Report) -> MeasureReport | None:
    """The measure that the first sentence is of: the first that the data can tell at all."""
    return next((each for each in report.measures.values() if _can_be_told(each)), None)


def _can_be_told(report: MeasureReport) -> bool:
    figures = (report.overall, *(point.figure for point in report.months))
    return any(figure.n and figure.value is not None for figure in figures)


def sentence(report: MeasureReport, at: datetime, language: str) -> Said:
    """The value, how sure it is, and whether it is better than the month before."""
    month, figure = latest(report)
    when = _when(month, at, language)
    unit = report.measure.unit
    if figure.value is None:
        name, why = title(report.measure, language), why_text(figure, language)
        return Said(word(language, "nothing", when=when, title=name, why=why))
    values = {
        "when": when,
        "what": _what(report.measure, value_text(unit, figure.value, language), language),
        "sure": sure_text(unit, figure, language),
    }
    if report.change is None or not month:
        return Said(word(language, "alone", **values))
    before = figure_text(unit, report.change.before, language)
    verdict = report.change.verdict
    is_same = verdict == "no change" and before == figure_text(unit, figure, language)
    change = word(language, "same" if is_same else verdict, before=before)
    told = words(language)["verdicts"][verdict]
    return Said(word(language, "of", change=change, **values), verdict.replace(" ", "-"), told)


def _when(month: str, at: datetime, language: str) -> str:
    """The month by its name: data may have ended long ago, and pages are read later."""
    if not month:
        return word(language, "over_all")
    before = at.year * 12 + at.month - 2  # months since the year 0, as of the month before
    if month == f"{before // 12}-{before % 12 + 1:02}":
        return word(language, "in_month", month=month_text(month, language))
    return word(language, "last_complete", month=month_text(month, language))


def _what(measure: Definition, value: str, language: str) -> str:
    own = phrase(language, measure.key)
    if own:
        return own.format_map({**measure.values, "value": value})
    return word(language, "was", title=title(measure, language), value=value)
