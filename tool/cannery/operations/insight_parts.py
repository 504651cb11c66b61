"""Reports of some of the tickets: those of one value of a dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from cannery.insight.clock.choice import Clocks
from cannery.insight.engine import SqliteEngine
from cannery.insight.fact import Frame
from cannery.insight.looking import make_report
from cannery.insight.pages.site import dimensions, top_groups
from cannery.insight.periods import starts
from cannery.insight.report import Report
from cannery.model.event import Listener, counting, ignore
from cannery.model.ticket_event import DIMENSIONS
from cannery.operations.insight_store import events
from cannery.workspace import Workspace

# 48,000 tickets in 16 parts take 14 s of a processor; with more, tables have to do.
_MOST_TICKETS = 50_000


def reports_of_parts(
    workspace: Workspace, report: Report, listener: Listener = ignore
) -> Mapping[str, Mapping[str, Report]]:
    """A report for each value of each dimension, those with the most tickets; by both."""
    settings = workspace.settings.insight
    zone, clocks = ZoneInfo(report.time_zone), Clocks(settings.calendars, settings.policies)
    frame = Frame(int(report.at.timestamp()), settings.solved_days)
    wanted = [(name, value) for name in dimensions(report) for value in top_groups(report, name)]
    found: dict[str, dict[str, Report]] = {}
    with events(workspace) as database:
        engine = SqliteEngine(database)
        [(tickets,)] = engine.rows("SELECT COUNT(*) FROM ticket")
        if tickets > _MOST_TICKETS:
            return {}
        for part in counting(wanted, len(wanted), "Counting", listener):
            name, value = part
            found.setdefault(name, {})[value] = _report(engine, part, frame, zone, clocks)
    return found


def _report(
    engine: SqliteEngine, part: tuple[str, str], frame: Frame, zone: ZoneInfo, clocks: Clocks
) -> Report:
    """A table of the same name takes the place of all tickets meanwhile."""
    dimension, value = part
    if dimension not in DIMENSIONS:
        raise ValueError(dimension)
    engine.fill("chosen", ("value",), [(value,)])
    engine.make(
        "ticket",
        "SELECT ticket.* FROM main.ticket AS ticket"  # noqa: S608 - a name of ours
        f" INNER JOIN chosen ON chosen.value = ticket.{dimension}",
    )
    return make_report(engine, frame, zone, clocks)


def reports_since(
    workspace: Workspace, report: Report, months: Sequence[str]
) -> Mapping[str, Report]:
    """A report of the tickets opened from each month on, such as 2026-01."""
    settings = workspace.settings.insight
    zone, clocks = ZoneInfo(report.time_zone), Clocks(settings.calendars, settings.policies)
    at = int(report.at.timestamp())
    found = {}
    with events(workspace) as database:
        for month in months:
            since = starts(date.fromisoformat(f"{month}-01"), zone)
            frame = Frame(at, settings.solved_days, since=since)
            found[month] = make_report(SqliteEngine(database), frame, zone, clocks)
    return found
