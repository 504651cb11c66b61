"""Tickets to which anything happens at any time, also at once: counted twice, with one result."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.insight.clock.counting import counted
from tests.insight.clock.second_count import Promise, minute_clock, outcome

from cannery.insight.clock.choice import Clocks
from cannery.model.business_calendar import BusinessCalendar, SlaPolicy, Target
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord
from cannery.settings_hours import read_week

HOUR = 3_600
START = int(datetime(2025, 10, 24, tzinfo=UTC).timestamp())  # clocks go back within
END = START + 12 * 24 * HOUR
KINDS = (
    EventKind.MESSAGE, EventKind.REPLY, EventKind.PAUSED, EventKind.RESUMED, EventKind.REOPENED,
    EventKind.SOLVED,
)  # fmt: skip
NIGHT = "mon-sun 22:00-06:00"  # over midnight: in minutes of the local day, two spans
SPANS = dict.fromkeys(range(7), ((0, 360), (1_320, 1_440)))


def tickets(seed: int) -> Iterator[TicketRecord]:
    draw = random.Random(seed)  # noqa: S311 - a simulation
    for number in range(250):
        created = START + draw.randrange(10 * 24) * HOUR
        events = [TicketEvent(created, EventKind.CREATED)]
        for _ in range(draw.randrange(9)):
            at = created + draw.choice((0, 1, 2, 8, 20, 30, 31, 50, 90)) * HOUR
            kind = draw.choice(KINDS)
            status = draw.choice(("pending", "hold")) if kind is EventKind.PAUSED else ""
            events.append(TicketEvent(at, kind, detail=status))
        unique = dict.fromkeys(event for event in events if event.at < END)
        yield TicketRecord(str(number), list(unique))


@pytest.mark.parametrize("pauses", [None, ("pending",), ()])
def test_whatever_happens_is_counted_the_same(
    tmp_path: Path, pauses: tuple[str, ...] | None
) -> None:
    records = list(tickets(24))
    night = BusinessCalendar("business", "Europe/Berlin", read_week(NIGHT), NIGHT)
    policy = SlaPolicy("a", Target(3, "h"), Target(1, "h"), Target(2, "d"), pauses=pauses)
    clock = minute_clock(SPANS, "Europe/Berlin", "", (START, END))
    promise = Promise(3 * HOUR, HOUR, 16 * HOUR, pauses)
    with counted(tmp_path, records, Clocks((night,), (policy,)), END) as engine:
        found = engine.rows(
            "SELECT first_reply_due, first_reply_met, next_reply_due, next_reply_met,"
            " resolution_due, resolution_met FROM promise ORDER BY ticket"
        )
    expected = [outcome(record.events, promise, clock, END) for record in records]
    assert found == [
        (*each.first, *each.following, int(each.resolution is not None), int(each.resolution is True))
        for each in expected
    ]  # fmt: skip
