"""The team's own pages: their prose, with a chart or table for each query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cannery.insight.charts.points import Dot
from cannery.insight.charts.scale import Scale, Size
from cannery.insight.charts.small import shared_scale
from cannery.insight.pages.addresses import address, group_path, measure_path, team_path
from cannery.insight.pages.parts import Series, beside, chart, group_table
from cannery.insight.report import MeasureReport, Point, Report
from cannery.insight.wording import shortened, word
from cannery.insight.words import title, words
from cannery.model.figure_page import FigurePage
from cannery.model.measure_query import MeasureQuery, QueryPage, meant_measure

_MOST_CHARTS = 9  # side by side
MOST_MONTHS = 24  # of all pages: each is a look at all tickets since then
_LOW = 90  # pixels of each of them


@dataclass(frozen=True)
class Sources:
    """Reports that queries are answered from.

    `parts` are of the tickets of one value alone, by dimension and value; `since` are of the
    tickets opened from a month on, by month.
    """

    report: Report
    parts: Mapping[str, Mapping[str, Report]] = field(default_factory=dict)
    since: Mapping[str, Report] = field(default_factory=dict)


def team_page(page: QueryPage, sources: Sources, language: str) -> FigurePage:
    """The page in a language: that of its text, or another one that has no text of its own."""
    inside = {name: _shown(query, name, sources, language) for name, query in page.queries.items()}
    values = {"inside": inside, "beside": beside(sources.report, [], language)}
    above = (("", word(language, "title")),)
    path = team_path(page.name)
    return FigurePage(path, language, page.title, "", values, page.body, above, source=page.source)


def _shown(query: MeasureQuery, id_: str, sources: Sources, language: str) -> dict[str, Any]:
    report = sources.report
    names = ((name, each.measure.key) for name, each in report.measures.items())
    each = report.measures.get(meant_measure(query.measure, names))
    if each is None:
        return {"problem": word(language, "unknown", measure=shortened(query.measure))}
    if _is_left_out(query, sources):
        return {"problem": word(language, "months_left", month=query.since, most=MOST_MONTHS)}
    shown = _figures(query, each, id_, sources, language)
    heading, to = title(each.measure, language), address(measure_path(each.measure.name))
    return {**shown, "title": heading, "to": to}


def _is_left_out(query: MeasureQuery, sources: Sources) -> bool:
    """Whether a table is of tickets since a month that no report was made of."""
    is_table = query.dimension and not query.period
    return bool(is_table and query.since) and query.since not in sources.since


def _figures(
    query: MeasureQuery, each: MeasureReport, id_: str, sources: Sources, language: str
) -> dict[str, Any]:
    name = title(each.measure, language)
    if query.dimension and not each.groups.get(query.dimension):
        called = words(language)["dimensions"][query.dimension]
        return {"problem": word(language, "no_values", dimension=called.lower())}
    if query.dimension and query.period:
        return {"charts": _side_by_side(query, each, id_, sources, language)}
    if query.dimension:
        return {"table": _by_dimension(query, each, sources, language)}
    series = _series(query, each)
    return {"charts": [chart(series, name, id_, language)]}


def _series(query: MeasureQuery, each: MeasureReport) -> Series:
    kind = "weeks" if query.period == "week" else "months"
    points = each.weeks if kind == "weeks" else each.months
    return Series(each.measure, kind, [point for point in points if _is_since(point, query)])


def _is_since(point: Point, query: MeasureQuery) -> bool:
    """A week belongs to the month that its Monday is in."""
    if not query.since or "W" not in point.label:
        return point.label >= query.since
    year, week = point.label.split("-W")
    return date.fromisocalendar(int(year), int(week), 1).isoformat()[:7] >= query.since


def _by_dimension(
    query: MeasureQuery, each: MeasureReport, sources: Sources, language: str
) -> Mapping[str, Any]:
    measure, dimension = each.measure, query.dimension
    report = sources.since[query.since] if query.since else sources.report
    found = report.measures.get(measure.name)
    groups = found.groups.get(dimension, {}) if found else {}
    parts = sources.parts.get(dimension, {})
    to = {value: address(group_path(dimension, value)) for value in parts}
    return group_table(measure, groups, words(language)["dimensions"][dimension], language, to)


def _side_by_side(
    query: MeasureQuery, each: MeasureReport, id_: str, sources: Sources, language: str
) -> list[Mapping[str, Any]]:
    """A small chart for each value, all on one axis; those with the most tickets first."""
    parts = sources.parts.get(query.dimension, {})
    found = {
        value: _series(query, report.measures[each.measure.name])
        for value, report in list(parts.items())[:_MOST_CHARTS]
        if each.measure.name in report.measures
    }
    scale = _scale(found, each)
    return [
        {
            **chart(series, shortened(value), f"{id_}-{number}", language, Size(_LOW, scale)),
            "is_small": True,
        }
        for number, (value, series) in enumerate(found.items(), 1)
    ]


def _scale(found: Mapping[str, Series], each: MeasureReport) -> Scale:
    figures = [point.figure for series in found.values() for point in series.points]
    dots = [Dot("", figure.value, figure.low, figure.high) for figure in figures]
    return shared_scale(each.measure.unit, dots)
