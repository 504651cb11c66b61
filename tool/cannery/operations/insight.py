"""Figures of support: measures go out."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cannery.errors import ContentError
from cannery.insight.clock.choice import Clocks
from cannery.insight.fact import Frame
from cannery.insight.looking import make_report
from cannery.insight.periods import starts
from cannery.insight.reach import end_of
from cannery.insight.report import Report
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.insight_engine import EngineAt, opened_engine
from cannery.operations.insight_knowledge import knowledge_reports
from cannery.workspace import Workspace


def look(
    workspace: Workspace,
    at: date | None = None,
    other: EngineAt | None = None,
    listener: Listener = ignore,
) -> Report:
    """All figures, as they stand at the end of a day, or of the data. Raises ContentError.

    Those of tickets are reckoned in the database of the knowledge base, or on another engine.
    """
    zone = ZoneInfo(workspace.settings.insight.time_zone)
    end = starts(at + timedelta(days=1), zone) if at else None
    report = _of_tickets(workspace, end, other)
    end = end or (int(report.at.timestamp()) if report else int(time.time()))
    knowledge = knowledge_reports(workspace, end, zone, listener)
    if report is None:
        if not knowledge:
            raise ContentError("no tickets are known yet", "Run `kb insight import FILE`.")
        listener(Remark("No tickets are known yet: run `kb insight import FILE`."))
        report = Report(datetime.fromtimestamp(end, zone), zone.key, {})
    own = {each.measure.name: each for each in knowledge}
    return replace(report, measures={**report.measures, **own})


def _of_tickets(workspace: Workspace, end: int | None, other: EngineAt | None) -> Report | None:
    """Measures of tickets before `end`, or of all data; None where no ticket is known."""
    settings = workspace.settings.insight
    zone = ZoneInfo(settings.time_zone)
    with opened_engine(workspace, other) as engine:
        last = end_of([ends_at for (ends_at,) in engine.rows("SELECT ends_at FROM source")])
        if last is None:
            return None
        frame = Frame(end or last + 1, settings.solved_days)
        clocks = Clocks(settings.calendars, settings.policies)
        return make_report(engine, frame, zone, clocks)
