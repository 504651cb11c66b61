"""The facts that figures are told of: which tickets, as they stood when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cannery.errors import UsageError
from cannery.insight.clock.choice import Clocks
from cannery.insight.fact import Frame
from cannery.insight.look import Look
from cannery.insight.periods import starts
from cannery.insight.reach import end_of, ended
from cannery.insight.ticket_report import prepared
from cannery.model.event import Listener, ignore
from cannery.model.insight_settings import InsightSettings
from cannery.operations.insight_engine import EngineAt, opened_engine
from cannery.workspace import Workspace

_YEARS = range(1971, 2200)  # of a day that figures are asked for


class Asked(NamedTuple):
    """Figures as they stood at the end of the day `at`, None for the end of the data.

    Of tickets that were opened on the day `since` or later. `other`: where they are reckoned.
    """

    at: date | None = None
    since: date | None = None
    other: EngineAt | None = None


ALL = Asked()


class Facts(NamedTuple):
    """A look at the facts; the end of the data, and of sources that are over, in seconds."""

    look: Look
    last: int
    ended: Mapping[str, int]


@contextmanager
def opened_facts(
    workspace: Workspace, asked: Asked, listener: Listener = ignore
) -> Iterator[Facts | None]:
    """The facts; None where no ticket is known. Raises ContentError, UsageError."""
    settings = workspace.settings.insight
    zone = ZoneInfo(settings.time_zone)
    for day in (asked.at, asked.since):
        if day and day.year not in _YEARS:
            raise UsageError(f"{day} is out of range", "Choose a day of your tickets.")
    with opened_engine(workspace, asked.other) as engine:
        ends = dict(engine.rows("SELECT name, ends_at FROM source"))
        last = end_of([*ends.values()])
        if last is None:
            yield None
            return
        frame = frame_at(end_of_day(asked, zone) or last + 1, settings)
        if asked.since:
            frame = _since(frame, asked.since, zone)
        clocks = Clocks(settings.calendars, settings.policies)
        look = prepared(engine, frame, zone, clocks, listener)
        yield Facts(look, last, ended(ends, frame.at))


def frame_at(end: int, settings: InsightSettings) -> Frame:
    """What a look is made with at the end of the data, as kb.toml says."""
    return Frame(end, settings.solved_days, settings.reply_hours)


def end_of_day(asked: Asked, zone: ZoneInfo) -> int | None:
    """The second in which the day that is asked for is over."""
    return starts(asked.at + timedelta(days=1), zone) if asked.at else None


def _since(frame: Frame, day: date, zone: ZoneInfo) -> Frame:
    since = starts(day, zone)
    if since >= frame.at:
        raise UsageError(f"the data end before {day}", "Choose an earlier day with --since.")
    return frame._replace(since=since)
