"""Business time and promises counted a second time: minute by minute, ticket by ticket.

Nothing of the program is used but the kinds of events. pandas knows the zones, `holidays` the days
off, and the hours are written here once more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import holidays
import numpy as np
import pandas as pd

from cannery.model.ticket_event import EventKind, TicketEvent

DAY_MINUTES = 1_440
# By desk: the minutes of the hours, by the day of the week from Monday on.
HOURS: Mapping[str, Mapping[int, Sequence[tuple[int, int]]]] = {
    "apac": dict.fromkeys(range(5), ((540, 1_080),)),
    "emea": dict.fromkeys(range(5), ((480, 720), (780, 1_050))),
    "amer": {**dict.fromkeys(range(4), ((480, 1_200),)), 4: ((480, 1_020),)},
}


class MinuteClock:
    """Seconds that count until a time, from a table of all minutes."""

    def __init__(self, is_open: Sequence[bool], begins_at: int) -> None:
        self.begins_at = begins_at
        self.is_open = is_open
        self.before = list(accumulate((60 * open_ for open_ in is_open), initial=0))

    def __call__(self, at: int) -> int:
        minute, second = divmod(at - self.begins_at, 60)
        return self.before[minute] + (second if self.is_open[minute] else 0)


def minute_clock(
    hours: Mapping[int, Sequence[tuple[int, int]]], zone: str, country: str, span: tuple[int, int]
) -> MinuteClock:
    """The clock of a place for the days around a span."""
    first, last = (pd.Timestamp(at, unit="s", tz="UTC").floor("D") for at in span)
    utc = pd.date_range(first - pd.Timedelta(days=1), last + pd.Timedelta(days=2), freq="min")
    local = utc.tz_convert(zone)
    minute = local.hour * 60 + local.minute
    is_open: Any = np.zeros(len(local), dtype=bool)
    for weekday, spans in hours.items():
        for start, end in spans:
            is_open |= (local.day_of_week == weekday) & (minute >= start) & (minute < end)
    years = range(local[0].year, local[-1].year + 1)
    free = list(holidays.country_holidays(country, years=years)) if country else []
    is_open &= ~local.tz_localize(None).normalize().isin(pd.DatetimeIndex(free))
    return MinuteClock(is_open.tolist(), int(utc[0].timestamp()))


class Promise(NamedTuple):
    """Seconds; `pauses` None is every status."""

    first_reply: int
    next_reply: int
    resolution: int
    pauses: Collection[str] | None


class Outcome(NamedTuple):
    """How many replies were due, and in time; whether the resolution was, None if not settled."""

    first: tuple[int, int]
    following: tuple[int, int]
    resolution: bool | None


def outcome(
    events: Sequence[TicketEvent], promise: Promise, clock: MinuteClock, end: int
) -> Outcome:
    """What became of a ticket's promises."""
    seen = [event for event in events if event.at < end]
    return Outcome(
        _replies(seen, [seen[0].at], promise.first_reply, clock, end),
        _replies(seen, _questions(seen), promise.next_reply, clock, end),
        _resolution([seen[0], *_in_order(seen, promise)], promise, clock, end),
    )


def _questions(events: Sequence[TicketEvent]) -> Sequence[int]:
    """When customers began to wait again."""
    found, is_answered = [], False
    for event in sorted(events, key=lambda item: (item.at, item.kind)):
        if event.kind in (EventKind.REPLY, EventKind.SOLVED):
            is_answered = True
        elif event.kind is EventKind.MESSAGE and is_answered:
            found.append(event.at)
            is_answered = False
    return found


def _replies(
    events: Sequence[TicketEvent], waits: Sequence[int], target: int, clock: MinuteClock, end: int
) -> tuple[int, int]:
    due = met = 0
    for since in waits:
        if clock(end) - clock(since) <= target:
            continue
        soon = {
            event.kind
            for event in events
            if event.at >= since and clock(event.at) - clock(since) <= target
        }
        if EventKind.REPLY in soon:
            due, met = due + 1, met + 1
        elif EventKind.SOLVED not in soon:
            due += 1
    return due, met


def _in_order(events: Sequence[TicketEvent], promise: Promise) -> Sequence[TicketEvent]:
    """Of one second: reopened, then put into a status, one that pauses last, then solved."""
    rank = {EventKind.REOPENED: 0, EventKind.PAUSED: 1, EventKind.RESUMED: 2, EventKind.SOLVED: 3}
    changes = [event for event in events if event.kind in rank]
    return sorted(changes, key=lambda item: (item.at, rank[item.kind], _pauses(item, promise)))


def _pauses(event: TicketEvent, promise: Promise) -> bool:
    return event.kind is EventKind.PAUSED and (
        promise.pauses is None or event.detail in promise.pauses
    )


def _resolution(
    changes: Sequence[TicketEvent], promise: Promise, clock: MinuteClock, end: int
) -> bool | None:
    """Walk along a ticket's life from its creation on, until it is settled.

    Both times stand still in a pause; the one that is used also while the ticket is solved.
    """
    used = passed = 0
    is_solved = is_paused = False
    for event, following in zip(changes, [*changes[1:], None], strict=True):
        is_solved = event.kind is EventKind.SOLVED or (
            is_solved and event.kind is not EventKind.REOPENED
        )
        is_paused = _pauses(event, promise)
        seconds = clock(following.at if following else end) - clock(event.at)
        if is_solved and passed + seconds > promise.resolution:
            return used <= promise.resolution
        passed += seconds if is_solved or not is_paused else 0
        used += seconds if not is_solved and not is_paused else 0
    return False if used > promise.resolution else None
