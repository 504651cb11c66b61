"""Figures by team, section, product and the like, and of no person."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.errors import ContentError, UsageError
from cannery.insight.parts import make_parts
from cannery.insight.report import Report
from cannery.model.ticket_event import DIMENSIONS
from cannery.operations.insight import NO_TICKETS, reaching
from cannery.operations.insight_facts import ALL, Asked, opened_facts
from cannery.workspace import Workspace

# What names a person in exports, beside what people call them.
_PERSONS = frozenset(
    """actor agent agents assignee assignees assigned_to author customer customers employee owner
    people person persons reporter requester staff user users worker""".split()  # noqa: SIM905 - a list of words is read
)
_NO_RANKING = (
    "Who takes the hard tickets would come last. Few tickets tell nothing of one person, and a"
    " ranking is gamed. Choose a team or a section."
)


def look_by(workspace: Workspace, dimension: str, asked: Asked = ALL) -> Mapping[str, Report]:
    """A report for each value of a dimension. Raises ContentError, UsageError."""
    known = dimension_named(dimension)
    with opened_facts(workspace, asked) as facts:
        if facts is None:
            raise ContentError(*NO_TICKETS)
        parts = make_parts(facts.look, known)
        return {value: reaching(report, facts.last) for value, report in parts.items()}


def dimension_named(name: str) -> str:
    """A dimension that figures may be told by. Raises UsageError: persons are none."""
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if plain in DIMENSIONS:
        return plain
    if plain in _PERSONS or plain.removesuffix("_id") in _PERSONS:
        raise UsageError("figures are not told by person", _NO_RANKING)
    raise UsageError(f"no dimension named {name}", f"Choose one of {', '.join(DIMENSIONS)}.")


def chosen_measure(reports: Mapping[str, Report], name: str) -> str:
    """A measure by its name, or the first one; empty without any. Raises UsageError."""
    names = list(dict.fromkeys(each for report in reports.values() for each in report.measures))
    if name and name not in names:
        raise UsageError(f"no measure named {name}", f"Choose one of {', '.join(names)}.")
    return name or next(iter(names), "")
