"""Reports of some of the tickets: those of one value of a dimension."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from cannery.insight.engine import SqliteEngine
from cannery.insight.fact import Frame
from cannery.insight.looking import make_report
from cannery.insight.pages.site import dimensions, top_groups
from cannery.insight.report import Report
from cannery.model.event import Listener, counting, ignore
from cannery.model.ticket_event import DIMENSIONS
from cannery.operations.insight_store import events
from cannery.workspace import Workspace

# A report of each of 100 values takes 15 s with so many tickets; with more, tables have to do.
_MOST_TICKETS = 50_000


def reports_of_parts(
    workspace: Workspace, report: Report, listener: Listener = ignore
) -> Mapping[str, Mapping[str, Report]]:
    """A report for each value of each dimension, those with the most tickets; by both."""
    with events(workspace) as database:
        [(count,)] = database.execute("SELECT count(*) FROM ticket").fetchall()
        if count > _MOST_TICKETS:
            return {}
        wanted = [
            (name, value) for name in dimensions(report) for value in top_groups(report, name)
        ]
        found: dict[str, dict[str, Report]] = {}
        for name, value in counting(wanted, len(wanted), "Counting", listener):
            days = workspace.settings.insight.solved_days
            frame = Frame(int(report.at.timestamp()), days)
            part = _part(database, name, value, frame, report.time_zone)
            found.setdefault(name, {})[value] = part
        return found


def _part(
    database: sqlite3.Connection, dimension: str, value: str, frame: Frame, zone: str
) -> Report:
    """A table of the same name takes the place of all tickets meanwhile."""
    if dimension not in DIMENSIONS:
        raise ValueError(dimension)
    engine = SqliteEngine(database)
    engine.fill("chosen", ("value",), [(value,)])
    engine.make(
        "ticket",
        "SELECT ticket.* FROM main.ticket AS ticket"  # noqa: S608 - a name of ours
        f" INNER JOIN chosen ON chosen.value = ticket.{dimension}",
    )
    try:
        return make_report(engine, frame, ZoneInfo(zone))
    finally:
        database.execute("DROP TABLE temp.ticket")
