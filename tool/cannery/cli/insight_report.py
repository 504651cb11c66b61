"""Figures of support on a terminal: a sentence, then a table that 80 columns are enough for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.cli.output import style
from cannery.insight.sentence import headline, latest, sentence
from cannery.insight.wording import (
    basis,
    doubts,
    mark_text,
    month_text,
    span_text,
    value_text,
    word,
)
from cannery.insight.words import title, words
from cannery.util.columns import columns
from cannery.util.plain import clean, one_line

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from cannery.insight.report import MeasureReport, Point, Report, Verdict
    from cannery.model.figure import Figure

_BARS = "▁▂▃▄▅▆▇█"
_MONTHS = 12
_WIDE = 72  # columns
_COLOURS: Mapping[Verdict, str] = {"better": "green", "worse": "red"}
_NONE = "–"
_GAP = "·"  # a month that nothing can be told of


def as_text(report: Report, language: str) -> None:
    """All measures: the last month that is complete, beside the one before."""
    reports = list(report.measures.values())
    if first := headline(report):
        _say_sentence(sentence(first, report.at, language).sentence)
    shown = [each for each in reports if _is_told(each)]
    _say_table(
        word(language, "measure"),
        [(title(each.measure, language), each) for each in shown],
        language,
    )
    _say_frame(report, shown, language)
    silent = [title(each.measure, language) for each in reports if not _is_told(each)]
    if silent:
        titles = word(language, "comma").join(silent)
        _say_dim(word(language, "silent", titles=titles))
    for line in _changed(shown, language):
        _say_dim(line)


def _changed(shown: Sequence[MeasureReport], language: str) -> Iterator[str]:
    """Which definitions changed in the months that are shown."""
    by_mark: dict[str, list[str]] = {}
    for each in shown:
        for mark in dict.fromkeys(mark for point in each.months[-_MONTHS:] for mark in point.marks):
            by_mark.setdefault(mark, []).append(title(each.measure, language))
    for mark, titles in by_mark.items():
        yield f"{mark_text(mark, language)}: {word(language, 'comma').join(titles)}"


def _is_told(report: MeasureReport) -> bool:
    return bool(report.overall.n) or any(point.figure.n for point in report.months)


def by_value(reports: Mapping[str, Report], dimension: str, name: str, language: str) -> None:
    """One measure by the values of a dimension."""
    rows = [
        (value, report.measures[name])
        for value, report in reports.items()
        if name in report.measures
    ]
    called = words(language)["dimensions"][dimension]
    if not rows:
        output.say(word(language, "no_values", dimension=called.lower()))
        return
    _say_sentence(title(rows[0][1].measure, language))
    _say_table(called, rows, language)
    _say_frame(next(iter(reports.values())), [each for _, each in rows], language)


def _say_sentence(text: str) -> None:
    for line in _lines(text):
        output.say(style(line, bold=True))
    output.say("")


def _say_dim(text: str) -> None:
    for line in _lines(text):
        output.say(style(line, dim=True))


def _lines(text: str) -> Sequence[str]:
    """Wrapped, unless a wide letter says that there are no spaces to do it at."""
    is_wide = columns(text) > len(text)
    return [text] if is_wide else wrap(text, output.width(), break_long_words=False)


def _say_table(head: str, rows: Sequence[tuple[str, MeasureReport]], language: str) -> None:
    from rich.text import Text

    if not rows:
        return
    table = _table(head, language)
    for name, report in rows:
        table.add_row(Text(one_line(clean(name))), *_cells(report, language))
    output.say(output.drawn(table), end="")


def _table(head: str, language: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column(head, ratio=1, overflow="fold")
    for name in ("value", "interval", "number", "before"):
        table.add_column(word(language, name), justify="right", overflow="fold")
    table.add_column(word(language, "change"), overflow="fold")
    if _has_bars():
        table.add_column(word(language, "months_12"), no_wrap=True)
    return table


def _cells(report: MeasureReport, language: str) -> Sequence[str | Text]:
    _, figure = latest(report)
    before = report.change.before if report.change else None
    return (
        _value(report, figure, language),
        span_text(report.measure.unit, figure, language),
        f"{figure.n:,}",
        _value(report, before, language) if before else "",
        _change(report, language),
        *([spark(report.months)] if _has_bars() else []),
    )


def _has_bars() -> bool:
    """Whether there is room for a year as bars beside the names of measures."""
    return output.width() >= _WIDE


def _value(report: MeasureReport, figure: Figure, language: str) -> str:
    unit = report.measure.unit
    return _NONE if figure.value is None else value_text(unit, figure.value, language)


def _change(report: MeasureReport, language: str) -> str | Text:
    from rich.text import Text

    if report.change is None:
        return ""
    verdict = report.change.verdict
    return Text(words(language)["verdicts"][verdict], _COLOURS.get(verdict, ""))


def spark(points: Sequence[Point]) -> str:
    """Bars of the last 12 complete months, from the least to the greatest of them."""
    values = [point.figure.value for point in points if point.is_complete][-_MONTHS:]
    told = [value for value in values if value is not None]
    low, high = min(told, default=0.0), max(told, default=0.0)
    step = (high - low) / (len(_BARS) - 1) or 1.0
    return "".join(
        _GAP if value is None else _BARS[round((value - low) / step) if high > low else 3]
        for value in values
    )


def _say_frame(report: Report, shown: Sequence[MeasureReport], language: str) -> None:
    """What the figures rest on."""
    rests_on = (f"{name}: {text}" for name, text in basis(report, language))
    parts = (*_months(shown, language), *rests_on)
    output.say("")
    _say_dim(" · ".join(parts))
    for text in doubts(report, language):
        _say_dim(text)


def _months(shown: Sequence[MeasureReport], language: str) -> Iterator[str]:
    """The last month, and which measures are of an earlier one, whose tickets need their days."""
    by_month: dict[str, list[str]] = {}
    for each in shown:
        by_month.setdefault(latest(each)[0], []).append(title(each.measure, language))
    months = sorted(filter(None, by_month), reverse=True)
    for number, month in enumerate(months):
        told = f"{word(language, 'month')}: {month_text(month, language)}"
        names = word(language, "comma").join(dict.fromkeys(by_month[month]))
        yield f"{told} ({names})" if number else told
