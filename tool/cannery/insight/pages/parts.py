"""Pieces of pages: a chart with its legend and table, a table of groups, what stands beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cannery.insight.charts.bars import bar_chart
from cannery.insight.charts.line import line_chart
from cannery.insight.charts.points import Dot, Legend
from cannery.insight.charts.scale import USUAL, Size
from cannery.insight.charts.small import shared_scale, whisker
from cannery.insight.control import Control, is_level
from cannery.insight.noise import Limits
from cannery.insight.report import Definition, MeasureReport, Point, Report, Unit
from cannery.insight.wording import (
    basis,
    doubts,
    figure_text,
    interval_text,
    mark_text,
    period_text,
    shortened,
    value_text,
    word,
)
from cannery.model.figure import Figure

Values = Mapping[str, Any]
_MOST_TIMES = 26  # that a chart shows, and its table
MOST_GROUPS = 20  # that a table shows


class Series(NamedTuple):
    """A measure through time, as it is to be shown: `kind` is `months` or `weeks`."""

    measure: Definition
    kind: str
    points: Sequence[Point]


def chart(series: Series, title: str, id_: str, language: str, size: Size = USUAL) -> Values:
    """A chart, what its marks mean, and the same as a table."""
    points = _told(series.points)[-_MOST_TIMES:]
    unit = series.measure.unit
    control = Control(series.points, series.measure)
    limits = None if _is_bars(series.measure) else control.limits
    dots = [_dot(point, control, language) for point in points]
    legend = Legend(id_, title, _about(series.measure, points, language), _shower(unit, language))
    if _is_bars(series.measure):
        svg = bar_chart(legend, unit, dots, size)
    else:
        svg = line_chart(legend, unit, dots, limits, size)
    return {
        "title": title,
        "svg": svg,
        "legend": [list(row) for row in _legend(series.measure, dots, limits, language)],
        "table": time_table(series, points, control, language),
    }


def _told(points: Sequence[Point]) -> Sequence[Point]:
    """Without the last times, of which nothing can be known yet."""
    count = len(points)
    while count and not points[count - 1].is_complete and not points[count - 1].figure.n:
        count -= 1
    return points[:count]


def _is_bars(measure: Definition) -> bool:
    """Counts of what came in a time are bars; a level, such as the backlog, is a line."""
    return measure.unit == "count" and not is_level(measure)


def _shower(unit: Unit, language: str) -> Callable[[float], str]:
    """On an axis that is in days, none is no second."""
    return lambda value: value_text(unit, value, language) if value or unit != "seconds" else "0"


def _dot(point: Point, control: Control, language: str) -> Dot:
    figure = point.figure
    mark = word(language, "legend_mark") if point.marks else ""
    return Dot(
        period_text(point.label, language),
        figure.value,
        figure.low,
        figure.high,
        point.is_complete,
        mark,
        control.is_beyond(point),
    )


def _about(measure: Definition, points: Sequence[Point], language: str) -> str:
    """The last values in words, for those who don't see them."""
    return word(language, "comma").join(
        f"{period_text(point.label, language)} {figure_text(measure.unit, point.figure, language)}"
        for point in points[-3:]
    )


def _legend(
    measure: Definition, dots: Sequence[Dot], limits: Limits | None, language: str
) -> Iterator[tuple[str, str]]:
    """A class of the style sheet and its meaning, of what the chart has."""
    is_bars = _is_bars(measure)
    yield (
        ("bar", word(language, "legend_bar"))
        if is_bars
        else ("line", word(language, "legend_line"))
    )
    if not is_bars and any(dot.low is not None for dot in dots):
        yield "band", word(language, "legend_band")
    if limits:
        low, high = (value_text(measure.unit, limit, language) for limit in (limits[0], limits[2]))
        yield "limits", word(language, "legend_limits", low=low, high=high)
    kinds = {
        "signal": any(dot.is_signal for dot in dots) and not is_bars,
        "open": any(not dot.is_complete for dot in dots),
        "gap": any(dot.value is None for dot in dots),
        "mark": any(dot.mark for dot in dots),
    }
    for name, there in kinds.items():
        if there:
            mark = "hollow" if is_bars and name == "open" else name
            yield mark, word(language, f"legend_{name}")


def time_table(series: Series, points: Sequence[Point], control: Control, language: str) -> Values:
    """The newest time first."""
    unit, head = series.measure.unit, series.kind.removesuffix("s")
    rows = [
        [
            period_text(point.label, language),
            figure_text(unit, point.figure, language),
            interval_text(unit, point.figure, language),
            f"{point.figure.n:,}",
            word(language, "comma").join(_notes(point, control, language)),
        ]
        for point in reversed(points)
    ]
    heads = [word(language, name) for name in (head, "value", "interval", "number", "note")]
    return _without_empty({"head": heads, "rows": rows})


def _notes(point: Point, control: Control, language: str) -> Iterator[str]:
    if not point.is_complete:
        yield word(language, "not_over")
    if control.is_beyond(point):
        yield word(language, "is_signal")
    yield from (mark_text(mark, language) for mark in point.marks)


def _without_empty(table: Values) -> Values:
    """A table without the columns in which no row has anything."""
    kept = [
        at
        for at, _ in enumerate(table["head"])
        if any(row[at] not in ("", None) for row in table["rows"])
    ]
    return {
        "head": [table["head"][at] for at in kept],
        "rows": [[row[at] for at in kept] for row in table["rows"]],
    }


def group_table(
    measure: Definition,
    groups: Mapping[str, Figure],
    head: str,
    language: str,
    addresses: Mapping[str, str],
) -> Values:
    """A measure by the values of a dimension, those of the most tickets first.

    `addresses` are those of the pages that show one value alone.
    """
    named = sorted(groups.items(), key=lambda one: (-one[1].n, one[0]))
    shown = named[:MOST_GROUPS]
    dots = [Dot(name, figure.value, figure.low, figure.high) for name, figure in shown]
    scale = shared_scale(measure.unit, dots)
    rows = [
        [
            {"text": shortened(name), "to": addresses.get(name, "")},
            {"text": figure_text(measure.unit, figure, language), "svg": whisker(dot, scale)},
            interval_text(measure.unit, figure, language),
            f"{figure.n:,}",
        ]
        for (name, figure), dot in zip(shown, dots, strict=True)
    ]
    heads = [head, *(word(language, name) for name in ("value", "interval", "number"))]
    table = dict(_without_empty({"head": heads, "rows": rows}))
    if len(named) > len(shown):
        table["left"] = word(language, "others_left", shown=len(shown), all=len(named))
    return table


def beside(report: Report, measures: Sequence[MeasureReport], language: str) -> list[list[str]]:
    """What stands beside figures: until when the data reach, by which clock, in which version."""
    rows = [[name, text] for name, text in basis(report, language)]
    rows += [[word(language, "doubt"), text] for text in doubts(report, language)]
    if len(measures) == 1:
        [only] = measures
        version = word(language, "version_is", version=only.measure.version)
        rows.append([word(language, "version"), version])
        rows.append([word(language, "number"), f"{only.overall.n:,}"])
    return rows


def dots_of(points: Sequence[Point]) -> list[Dot]:
    """The complete times, for a chart of a word's size."""
    there = (point for point in points if point.is_complete)
    return [Dot(point.label, point.figure.value) for point in there]
