"""Figures of support: measures go out."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from cannery.errors import ContentError
from cannery.insight import store
from cannery.insight.clock.choice import Clocks
from cannery.insight.engine import SqliteEngine
from cannery.insight.fact import Frame
from cannery.insight.looking import make_report
from cannery.insight.periods import starts
from cannery.insight.report import Report
from cannery.operations.insight_store import events
from cannery.workspace import Workspace


def look(workspace: Workspace, at: date | None = None) -> Report:
    """All figures, as they stand at the end of a day, or of the data. Raises ContentError."""
    settings = workspace.settings.insight
    zone = ZoneInfo(settings.time_zone)
    with events(workspace) as database:
        last = store.data_end(database)
        if last is None:
            raise ContentError("no tickets are known yet", "Run `kb insight import FILE`.")
        end = starts(at + timedelta(days=1), zone) if at else last + 1
        frame = Frame(end, settings.solved_days)
        clocks = Clocks(settings.calendars, settings.policies)
        return make_report(SqliteEngine(database), frame, zone, clocks)
