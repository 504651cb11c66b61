"""Figures by team, section, product and the like, and of no person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from cannery.errors import ContentError, UsageError
from cannery.insight.parts import keys_of, make_parts
from cannery.insight.report import MeasureReport, Report
from cannery.model.event import Listener, ignore
from cannery.model.measure_query import meant_measure
from cannery.model.persons import names_person
from cannery.model.ticket_event import DIMENSIONS
from cannery.operations.insight import NO_TICKETS, look, reaching
from cannery.operations.insight_facts import ALL, Asked, Facts, opened_facts
from cannery.workspace import Workspace

_NO_RANKING = (
    "Who takes the hard tickets would come last. Few tickets tell nothing of one person, and a"
    " ranking is gamed. Choose a team or a section."
)


class ByValue(NamedTuple):
    """A measure by its name, and a report for each value of a dimension that has it."""

    measure: str
    reports: Mapping[str, Report]


def look_by(
    workspace: Workspace,
    dimension: str,
    measure: str = "",
    asked: Asked = ALL,
    listener: Listener = ignore,
) -> ByValue:
    """One measure, the first if none is named, by a dimension. Raises ContentError, UsageError."""
    known = dimension_named(dimension)
    with opened_facts(workspace, asked, listener) as facts:
        there = keys_of(facts.look) if facts else {}
        chosen = meant_measure(measure, there.items()) if measure else next(iter(there), "")
        if facts and chosen:
            parts = make_parts(facts.look, known, chosen)
            reports = {value: _alone(parts[value], chosen, facts) for value in parts}
            return ByValue(chosen, reports)
    if not measure:
        raise ContentError(*NO_TICKETS)
    return _of_knowledge(known, measure, look(workspace, asked, listener))


def _of_knowledge(dimension: str, measure: str, report: Report) -> ByValue:
    """A measure of the knowledge base, whose groups stand as they are at the time."""
    there = [(name, each.measure.key) for name, each in report.measures.items()]
    known = meant_measure(measure, there)
    if not known:
        names = ", ".join(report.measures)
        raise UsageError(f"no measure named {measure}", f"Choose one of {names}.")
    each = report.measures[known]
    if not each.groups.get(dimension):
        names = ", ".join(name for name, group in each.groups.items() if group)
        hint = f"Choose one of {names}." if names else "It is told for all entries alone."
        raise UsageError(f"{known} has no figures by {dimension}", hint)
    return ByValue(
        known,
        {
            value: replace(report, measures={known: MeasureReport(each.measure, figure)})
            for value, figure in each.groups[dimension].items()
        },
    )


def _alone(report: Report, measure: str, facts: Facts) -> Report:
    return reaching(replace(report, measures={measure: report.measures[measure]}), facts)


def dimension_named(name: str) -> str:
    """A dimension that figures may be told by. Raises UsageError: persons are none."""
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if plain in DIMENSIONS:
        return plain
    if names_person(name):
        raise UsageError("figures are not told by person", _NO_RANKING)
    raise UsageError(f"no dimension named {name}", f"Choose one of {', '.join(DIMENSIONS)}.")
