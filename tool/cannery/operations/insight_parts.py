"""Reports of some of the tickets: those of one value of a dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from cannery.insight.clock.choice import Clocks
from cannery.insight.engine import SqliteEngine
from cannery.insight.pages.site import dimensions, top_groups
from cannery.insight.parts import make_parts
from cannery.insight.periods import starts
from cannery.insight.report import Report
from cannery.insight.ticket_report import make_report, prepared
from cannery.model.event import Listener, counting, ignore
from cannery.operations.insight_facts import frame_at
from cannery.operations.insight_store import events
from cannery.workspace import Workspace

# All parts of so many tickets take a minute; with more, tables have to do.
_MOST_TICKETS = 500_000


def reports_of_parts(
    workspace: Workspace, report: Report, listener: Listener = ignore
) -> Mapping[str, Mapping[str, Report]]:
    """A report for each value of each dimension, those with the most tickets; by both."""
    settings = workspace.settings.insight
    zone, clocks = ZoneInfo(report.time_zone), Clocks(settings.calendars, settings.policies)
    frame = frame_at(int(report.at.timestamp()), settings)
    found: dict[str, Mapping[str, Report]] = {}
    names = dimensions(report)
    with events(workspace) as database:
        engine = SqliteEngine(database)
        [(tickets,)] = engine.rows("SELECT COUNT(*) FROM ticket")
        if tickets > _MOST_TICKETS or not names:
            return {}
        facts = prepared(engine, frame, zone, clocks, listener)
        for name in counting(names, len(names), "Counting", listener):
            parts = make_parts(facts, name)
            found[name] = {
                value: replace(parts[value], data_until=report.data_until, ended=report.ended)
                for value in top_groups(report, name)
                if value in parts
            }
    return found


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
            frame = frame_at(at, settings)._replace(since=since)
            found[month] = make_report(SqliteEngine(database), frame, zone, clocks)
    return found
