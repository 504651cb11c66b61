"""Figures of support, of the events that came in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cannery.errors import ContentError
from cannery.insight import store
from cannery.insight.engine import SqliteEngine
from cannery.insight.fact import Frame, make_facts
from cannery.insight.report import figures
from cannery.model.figure import Figure
from cannery.operations.insight_store import events
from cannery.workspace import Workspace


class Insight(NamedTuple):
    """The figures by the measures' names; `at` is the end of the data, in the team's zone."""

    at: datetime
    measures: Mapping[str, Figure]


def look(workspace: Workspace, at: date | None = None) -> Insight:
    """All figures, as they stand at the end of a day, or of the data. Raises ContentError."""
    settings = workspace.settings.insight
    zone = ZoneInfo(settings.time_zone)
    with events(workspace) as database:
        end = _end_of(at, zone) if at else store.data_end(database)
        if end is None:
            raise ContentError("no tickets are known yet", "Run `kb insight import FILE`.")
        engine, frame = SqliteEngine(database), Frame(end, settings.solved_days)
        make_facts(engine, frame)
        return Insight(datetime.fromtimestamp(end, zone), figures(engine, frame))


def _end_of(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day + timedelta(days=1), time(), zone).timestamp())
