"""Two years of three desks, counted twice: equal to the second, and ticket by ticket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from tests.insight import desk_years
from tests.insight.clock.counting import CALENDARS, counted
from tests.insight.clock.second_count import (
    HOURS,
    MinuteClock,
    Promise,
    minute_clock,
    outcome,
)
from tests.insight.desk_years import DESKS, Ticket

from cannery.insight.clock.choice import Clocks
from cannery.insight.engine import SqliteEngine
from cannery.model.business_calendar import SlaPolicy, Target
from cannery.model.ticket_event import EventKind

HOUR = 3_600
POLICIES = (
    SlaPolicy(
        "gold",
        Target(4, "h"),
        Target(90, "m"),
        Target(2, "d"),
        pauses=("pending",),
        where={"tier": ("gold",), "region": ("apac", "emea")},
    ),
    SlaPolicy("always", Target(8, "h"), Target(4, "h"), Target(1, "d"), "24x7", where={"region": ("amer",)}),
    SlaPolicy("tokyo", Target(1, "d"), Target(8, "h"), Target(3, "d"), "apac", ()),
)  # fmt: skip


@pytest.fixture(scope="module")
def tickets() -> Sequence[Ticket]:
    return desk_years.tickets()


@pytest.fixture(scope="module")
def clocks(tickets: Sequence[Ticket]) -> Mapping[str, MinuteClock]:
    span = tickets[0].events[0].at, desk_years.end()
    found = {
        desk.region: minute_clock(HOURS[desk.region], desk.zone, desk.country, span)
        for desk in DESKS
    }
    around = dict.fromkeys(range(7), ((0, 1_440),))
    return {**found, "24x7": minute_clock(around, "UTC", "", span)}


@pytest.fixture(scope="module")
def engine(
    tmp_path_factory: pytest.TempPathFactory, tickets: Sequence[Ticket]
) -> Iterator[SqliteEngine]:
    records = list(desk_years.records(tickets))
    all_clocks = Clocks(CALENDARS, POLICIES)
    with counted(tmp_path_factory.mktemp("desk"), records, all_clocks, desk_years.end()) as found:
        yield found


def test_the_calendars_agree_on_every_quarter_of_two_years(
    engine: SqliteEngine, clocks: Mapping[str, MinuteClock]
) -> None:
    for number, desk in enumerate(DESKS):
        clock = clocks[desk.region]
        rows = engine.rows(
            f"SELECT starts_at, is_open, seconds_before FROM working WHERE calendar = {number}"  # noqa: S608 - our own SQL
        )
        first = clock(rows[0][0])
        wrong = [
            (at, is_open, before)
            for at, is_open, before in rows
            if before != clock(at) - first or is_open * 899 != clock(at + 899) - clock(at)
        ]
        assert (len(rows) > 70_000, wrong[:5]) == (True, [])


def test_business_time_is_equal_to_the_second(
    engine: SqliteEngine, tickets: Sequence[Ticket], clocks: Mapping[str, MinuteClock]
) -> None:
    found = engine.rows(
        "SELECT reply_seconds, first_solved_seconds, last_solved_seconds, end_seconds FROM business ORDER BY ticket"
    )
    assert found == [_durations(item, clocks[item.desk.region]) for item in tickets]


def _durations(item: Ticket, clock: MinuteClock) -> tuple[int | None, int | None, int | None, int]:
    opened = clock(item.events[0].at)
    replies, solved = (
        [clock(event.at) - opened for event in item.events if event.kind is kind]
        for kind in (EventKind.REPLY, EventKind.SOLVED)
    )
    return (
        min(replies, default=None),
        min(solved, default=None),
        max(solved, default=None),
        clock(desk_years.end()) - opened,
    )


def test_promises_are_kept_or_not_ticket_by_ticket(
    engine: SqliteEngine, tickets: Sequence[Ticket], clocks: Mapping[str, MinuteClock]
) -> None:
    found = engine.rows(
        "SELECT policy, first_reply_due, first_reply_met, next_reply_due, next_reply_met,"
        " resolution_due, resolution_met FROM promise ORDER BY ticket"
    )
    expected = [_row(item, clocks) for item in tickets]
    assert len({row[0] for row in found}) == 3
    assert {row[5:] for row in found} == {(0, 0), (1, 0), (1, 1)}
    assert found == expected


def _row(item: Ticket, clocks: Mapping[str, MinuteClock]) -> tuple[int, ...]:
    number, promise, clock = _promise(item, clocks)
    found = outcome(item.events, promise, clock, desk_years.end())
    settled = int(found.resolution is not None), int(found.resolution is True)
    return number, *found.first, *found.following, *settled


def _promise(item: Ticket, clocks: Mapping[str, MinuteClock]) -> tuple[int, Promise, MinuteClock]:
    if item.tier == "gold" and item.desk.region != "amer":
        day = {"apac": 9 * HOUR, "emea": 8 * HOUR + HOUR // 2}[item.desk.region]
        promise = Promise(4 * HOUR, 90 * 60, 2 * day, ["pending"])
        return 1, promise, clocks[item.desk.region]
    if item.desk.region == "amer":
        return 2, Promise(8 * HOUR, 4 * HOUR, 24 * HOUR, None), clocks["24x7"]
    return 3, Promise(9 * HOUR, 8 * HOUR, 27 * HOUR, ()), clocks["apac"]
