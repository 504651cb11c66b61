"""Measures of the knowledge base itself, beside those of tickets."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from cannery.git.repository import GitError
from cannery.insight import periods
from cannery.insight.fact import DAY
from cannery.insight.knowledge.reports import census_reports
from cannery.insight.report import MeasureReport
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.knowledge_history import History, Stop, read_history, snapshots
from cannery.workspace import Workspace

_PAST = 2 * 366 * DAY  # that is told by months


def knowledge_reports(
    workspace: Workspace, at: int, zone: ZoneInfo, listener: Listener = ignore
) -> list[MeasureReport]:
    """All of them, as they stood before a time in seconds."""
    try:
        history = read_history(workspace)
        return _census(workspace, history, at, zone, listener)
    except GitError as error:
        listener(Remark(f"No figures of the knowledge base's past: {error.message}"))
        return []


def _census(
    workspace: Workspace, history: History, at: int, zone: ZoneInfo, listener: Listener
) -> list[MeasureReport]:
    begins = history.begins
    if begins is None or begins >= at:
        return []
    months = periods.months(max(begins, at - _PAST), at, zone)
    stops = [_stop(min(month.ends_at, at), zone) for month in months]
    seen = [*snapshots(workspace, history, stops, listener)]
    return census_reports(seen[-1], [*zip(months, seen, strict=True)])


def _stop(at: int, zone: ZoneInfo) -> Stop:
    """The end of a span, which is told with its last day."""
    return Stop(at, datetime.fromtimestamp(at - 1, zone).date().toordinal())
