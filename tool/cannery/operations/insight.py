"""Figures of support: measures go out."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from cannery.errors import ContentError
from cannery.insight.clock.choice import Clocks
from cannery.insight.fact import Frame
from cannery.insight.looking import make_report
from cannery.insight.periods import starts
from cannery.insight.reach import end_of
from cannery.insight.report import Report
from cannery.operations.insight_engine import EngineAt, opened_engine
from cannery.workspace import Workspace


def look(workspace: Workspace, at: date | None = None, other: EngineAt | None = None) -> Report:
    """All figures, as they stand at the end of a day, or of the data. Raises ContentError.

    They are reckoned in the database of the knowledge base, or on another engine.
    """
    settings = workspace.settings.insight
    zone = ZoneInfo(settings.time_zone)
    with opened_engine(workspace, other) as engine:
        last = end_of([ends_at for (ends_at,) in engine.rows("SELECT ends_at FROM source")])
        if last is None:
            raise ContentError("no tickets are known yet", "Run `kb insight import FILE`.")
        end = starts(at + timedelta(days=1), zone) if at else last + 1
        frame = Frame(end, settings.solved_days)
        clocks = Clocks(settings.calendars, settings.policies)
        return make_report(engine, frame, zone, clocks)
