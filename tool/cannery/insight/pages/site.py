"""All pages of figures in a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cannery.insight.pages.addresses import address, dimension_path, group_path, measure_path
from cannery.insight.pages.cards import cards, without_data
from cannery.insight.pages.feed import NAME, Source, feed
from cannery.insight.pages.parts import (
    MOST_GROUPS,
    Series,
    beside,
    chart,
    group_table,
)
from cannery.insight.report import MeasureReport, Report
from cannery.insight.sentence import headline, sentence
from cannery.insight.wording import shortened, word
from cannery.insight.words import title, words
from cannery.model.figure_page import FigurePage

_HIDDEN = ("source",)  # a file's name says nothing of support


@dataclass(frozen=True)
class Shown:
    """What pages are made of.

    `parts` are reports of the tickets of one value alone, by dimension and value. `definitions` has
    the Markdown of the manual's pages, by the measure's `page`; `team` the team's own pages.
    """

    report: Report
    source: Source
    parts: Mapping[str, Mapping[str, Report]] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    team: Sequence[FigurePage] = ()


def figure_pages(shown: Shown, language: str) -> Iterator[FigurePage]:
    """The first page, one for each measure, for each dimension and its values, and the team's."""
    yield _first_page(shown, language)
    for each in shown.report.measures.values():
        yield _measure_page(shown, each, language)
    for dimension in dimensions(shown.report):
        yield _dimension_page(shown, dimension, language)
        for value, report in shown.parts.get(dimension, {}).items():
            yield _part_page(report, dimension, value, language)
    yield from shown.team


def dimensions(report: Report) -> list[str]:
    """Those by which the tickets can be told apart."""
    found = dict.fromkeys(
        name for each in report.measures.values() for name, group in each.groups.items() if group
    )
    return [name for name in found if name not in _HIDDEN]


def top_groups(report: Report, dimension: str) -> list[str]:
    """The values with the most tickets: each has a page of its own."""
    numbers: dict[str, int] = {}
    for each in report.measures.values():
        for value, figure in each.groups.get(dimension, {}).items():
            numbers[value] = max(numbers.get(value, 0), figure.n)
    ordered = sorted(numbers, key=lambda value: (-numbers[value], value))
    return ordered[:MOST_GROUPS]


def _first_page(shown: Shown, language: str) -> FigurePage:
    report = shown.report
    values = {**_overview(report, language), "links": _links(shown, language), "feed": NAME}
    title_, summary = word(language, "title"), _summary(report, language)
    files = {NAME: feed(report, shown.source, language)}
    return FigurePage("", language, title_, summary, values, files=files)


def _part_page(report: Report, dimension: str, value: str, language: str) -> FigurePage:
    path, name = group_path(dimension, value), words(language)["dimensions"][dimension]
    heading = word(language, "only", dimension=name, value=shortened(value))
    values = {**_overview(report, language), "about": word(language, "only_about")}
    above = (_first(language), _dimension(dimension, language))
    return FigurePage(path, language, heading, _summary(report, language), values, above=above)


def _overview(report: Report, language: str) -> dict[str, Any]:
    return {
        **_headline(report, language),
        "cards": cards(report, language),
        "missing": {
            "title": word(language, "missing"),
            "links": without_data(report, language),
        },
        "beside": beside(report, [*report.measures.values()], language),
    }


def _headline(report: Report, language: str) -> dict[str, Any]:
    """What the first measure that can be told says."""
    first = headline(report)
    return _said(first, report, language) if first else {}


def _said(each: MeasureReport, report: Report, language: str) -> dict[str, Any]:
    said = sentence(each, report.at, language)
    return {
        "headline": said.sentence,
        "verdict": said.verdict,
        "verdict_word": said.verdict_word,
    }


def _summary(report: Report, language: str) -> str:
    return str(_headline(report, language).get("headline", word(language, "about")))


def _measure_page(shown: Shown, each: MeasureReport, language: str) -> FigurePage:
    measure, name = each.measure, title(each.measure, language)
    kinds = {"months": each.months, "weeks": each.weeks}
    charts = [
        chart(Series(measure, kind, points), word(language, kind), f"chart-{kind}", language)
        for kind, points in kinds.items()
        if points
    ]
    said = _said(each, shown.report, language)
    values = {
        **said,
        "charts": charts,
        "tables": [_table(shown, each, dimension, language) for dimension in _of(each)],
        "beside": beside(shown.report, [each], language),
        "definition": word(language, "definition"),
    }
    body = shown.definitions.get(measure.page, "")
    above, path = (_first(language),), measure_path(measure.name)
    return FigurePage(path, language, name, said["headline"], values, body, above)


def _of(each: MeasureReport) -> list[str]:
    return [name for name, group in each.groups.items() if group and name not in _HIDDEN]


def _table(shown: Shown, each: MeasureReport, dimension: str, language: str) -> dict[str, Any]:
    head = words(language)["dimensions"][dimension]
    parts = shown.parts.get(dimension, {})
    to = {value: address(group_path(dimension, value)) for value in parts}
    table = group_table(each.measure, each.groups[dimension], head, language, to)
    return {"title": _dimension(dimension, language)[1], "table": table}


def _dimension_page(shown: Shown, dimension: str, language: str) -> FigurePage:
    report = shown.report
    tables = [
        {
            **_table(shown, each, dimension, language),
            "title": title(each.measure, language),
            "to": address(measure_path(each.measure.name)),
        }
        for each in report.measures.values()
        if each.groups.get(dimension)
    ]
    heading = _dimension(dimension, language)[1]
    values = {"tables": tables, "beside": beside(report, [*report.measures.values()], language)}
    path, above = dimension_path(dimension), (_first(language),)
    return FigurePage(path, language, heading, word(language, "about"), values, above=above)


def _first(language: str) -> tuple[str, str]:
    return "", word(language, "title")


def _dimension(dimension: str, language: str) -> tuple[str, str]:
    name = words(language)["dimensions"][dimension].lower()
    return dimension_path(dimension), word(language, "groups", dimension=name)


def _links(shown: Shown, language: str) -> list[dict[str, Any]]:
    """Lists of links below a title: to the parts of each dimension, and to the team's pages."""
    groups = []
    for dimension in dimensions(shown.report):
        path, heading = _dimension(dimension, language)
        parts = shown.parts.get(dimension, {})
        links = [[shortened(each), address(group_path(dimension, each))] for each in parts]
        groups.append({"title": heading, "to": address(path), "links": links})
    if shown.team:
        links = [[page.title, address(page.path)] for page in shown.team]
        groups.append({"title": word(language, "team_pages"), "to": "", "links": links})
    return groups
