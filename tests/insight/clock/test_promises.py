"""What is promised: what counts, when it counts, and what pauses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insight.clock.counting import counted, made

from cannery.insight import store
from cannery.insight.clock.choice import Clocks
from cannery.model.business_calendar import BusinessCalendar, SlaPolicy, Target
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord
from cannery.settings_hours import read_week

HOUR, DAY = 3_600, 86_400
START = int(datetime(2026, 1, 12, 9, tzinfo=UTC).timestamp())  # a Monday at nine
OFFICE = BusinessCalendar("business", "UTC", read_week("mon-fri 09:00-17:00"), "")
PROMISED = SlaPolicy("a", Target(4, "h"), Target(2, "h"), Target(1, "d"))
REPLY, MESSAGE, SOLVED = EventKind.REPLY, EventKind.MESSAGE, EventKind.SOLVED
PAUSED, RESUMED, REOPENED = EventKind.PAUSED, EventKind.RESUMED, EventKind.REOPENED

_ROW = (
    "SELECT policy, first_reply_due, first_reply_met, next_reply_due, next_reply_met,"
    " resolution_due, resolution_met FROM promise WHERE ticket = 1"
)
Steps = Sequence[tuple[EventKind, float]]


def record(steps: Steps, status: str = "pending", **attributes: str) -> TicketRecord:
    """A ticket that is opened at the start; times are hours since."""
    events = [TicketEvent(START, EventKind.CREATED)]
    for kind, hours in steps:
        detail = status if kind is PAUSED else ""
        events.append(TicketEvent(START + round(hours * HOUR), kind, detail=detail))
    return TicketRecord("1", events, attributes)


def promises(
    folder: Path, item: TicketRecord, hours: float, policies: Sequence[SlaPolicy] = (PROMISED,)
) -> tuple[int, ...]:
    """What the table says of a ticket: the number of the promise, then what is due and met."""
    clocks = Clocks((OFFICE,), tuple(policies))
    told = record(((REPLY, 0), (SOLVED, 0)))  # what its source tells of
    other = TicketRecord("2", told.events)
    with counted(folder, [item, other], clocks, START + round(hours * HOUR)) as engine:
        [row] = engine.rows(_ROW) or [()]
        return row


@pytest.mark.parametrize(
    ("steps", "hours", "due", "met"),
    [
        ((), 4, 0, 0),  # its time isn't up: at just four hours it may still be kept
        ((), 4.01, 1, 0),
        (((REPLY, 1),), 2, 0, 0),  # kept, and counts when all of its day have had their time
        (((REPLY, 4),), 5, 1, 1),
        (((REPLY, 4.01),), 5, 1, 0),
        (((SOLVED, 4),), 5, 0, 0),  # no reply was asked for any more
        (((SOLVED, 4.5),), 5, 1, 0),
        (((SOLVED, 1), (REPLY, 4.5)), 5, 0, 0),
        (((REPLY, 24),), 48, 1, 0),  # the next morning is eight hours later
    ],
)
def test_a_first_reply_counts_when_its_time_is_up(
    tmp_path: Path, steps: Steps, hours: float, due: int, met: int
) -> None:
    assert promises(tmp_path, record(steps), hours)[1:3] == (due, met)


@pytest.mark.parametrize(
    ("steps", "hours", "due", "met"),
    [
        (((MESSAGE, 1), (REPLY, 2)), 7, 0, 0),  # that was the first one
        (((REPLY, 1), (MESSAGE, 2), (REPLY, 4)), 7, 1, 1),
        (((REPLY, 1), (MESSAGE, 2), (MESSAGE, 3), (REPLY, 4.5)), 7, 1, 0),  # from the first on
        (((REPLY, 1), (MESSAGE, 2)), 4, 0, 0),
        (((REPLY, 1), (MESSAGE, 2)), 4.5, 1, 0),
        (((REPLY, 1), (MESSAGE, 2), (SOLVED, 3)), 7, 0, 0),
        (((REPLY, 1), (MESSAGE, 2), (REPLY, 3), (MESSAGE, 4), (REPLY, 6.5)), 7.9, 2, 1),
        (((SOLVED, 1), (MESSAGE, 2), (REPLY, 3)), 7, 1, 1),
    ],
)
def test_each_wait_for_a_next_reply_counts(
    tmp_path: Path, steps: Steps, hours: float, due: int, met: int
) -> None:
    assert promises(tmp_path, record(steps), hours)[3:5] == (due, met)


@pytest.mark.parametrize(
    ("steps", "hours", "due", "met"),
    [
        ((), 8, 0, 0),
        ((), 24.5, 1, 0),  # eight hours of business are over the next morning
        (((SOLVED, 1),), 8, 0, 0),
        (((SOLVED, 8),), 24.5, 1, 1),
        (((SOLVED, 24),), 25, 1, 1),  # nine the next morning is still the eighth hour
        (((SOLVED, 24.1),), 25, 1, 0),
        (((SOLVED, 1), (REOPENED, 2), (SOLVED, 3)), 25, 1, 1),
        (((SOLVED, 1), (REOPENED, 2)), 25, 0, 0),  # the hour when it was solved is given back
        (((SOLVED, 1), (REOPENED, 2)), 26, 1, 0),
        (((SOLVED, 1), (REOPENED, 2), (SOLVED, 25)), 25.5, 1, 1),
        (((SOLVED, 1), (REOPENED, 2), (SOLVED, 25.5)), 26, 1, 0),
        (((SOLVED, 1), (REOPENED, 30)), 90, 1, 1),  # it stood solved when its time was up
        (((PAUSED, 1), (RESUMED, 7), (SOLVED, 28)), 50, 1, 1),
        (((PAUSED, 1),), 90, 0, 0),  # waits for the customer all the time
        (((PAUSED, 1), (SOLVED, 90)), 120, 1, 1),
        (((SOLVED, 1), (PAUSED, 1.5)), 25, 1, 1),  # nothing to pause
        (((SOLVED, 1), (REOPENED, 2), (PAUSED, 2)), 90, 0, 0),  # solved, then put on hold
    ],
)
def test_a_resolution_is_settled_when_its_time_is_up(
    tmp_path: Path, steps: Steps, hours: float, due: int, met: int
) -> None:
    assert promises(tmp_path, record(steps), hours)[5:7] == (due, met)


@pytest.mark.parametrize(
    ("pauses", "met"),
    [(None, 1), (("other", "hold"), 1), (("pending",), 0), ((), 0)],
)
def test_statuses_pause_that_the_promise_names(
    tmp_path: Path, pauses: tuple[str, ...] | None, met: int
) -> None:
    policy = SlaPolicy("a", resolution=Target(1, "d"), pauses=pauses)
    waited = record(((PAUSED, 1), (RESUMED, 7), (SOLVED, 28)), status="On Hold")
    assert promises(tmp_path, waited, 50, [policy])[5:7] == (1, met)


def test_the_first_promise_that_fits_holds(tmp_path: Path) -> None:
    gold = SlaPolicy("gold", Target(1, "h"), calendar="24x7", where={"tier": ("GOLD", "plus")})
    other = SlaPolicy("other", Target(30, "h"))
    clocks, late = Clocks((OFFICE,), (gold, other)), record(((REPLY, 2),)).events
    tiers = ("gold", "plus", "basic")
    records = [TicketRecord(tier, late, {"tier": tier}) for tier in tiers]
    with counted(tmp_path, records, clocks, START + 48 * HOUR) as engine:
        rows = engine.rows("SELECT policy, first_reply_due FROM promise ORDER BY ticket")
    assert rows == [(1, 1), (1, 1), (2, 0)]


def test_a_ticket_that_nothing_is_promised_for_has_no_row(tmp_path: Path) -> None:
    gold = SlaPolicy("gold", Target(1, "h"), where={"tier": ("gold",)})
    assert promises(tmp_path, record(()), 48, [gold]) == ()


def test_a_calendar_that_names_no_tickets_is_only_for_promises_that_name_it(
    tmp_path: Path,
) -> None:
    late = BusinessCalendar("late", "UTC", read_week("mon-fri 15:00-23:00"), "")
    clocks = Clocks((late, OFFICE), (SlaPolicy("a", Target(1, "h"), calendar="late"),))
    with counted(tmp_path, [record(((REPLY, 6.5),))], clocks, START + 48 * HOUR) as engine:
        assert engine.rows("SELECT reply_seconds FROM business") == [(6.5 * HOUR,)]
        assert engine.rows("SELECT first_reply_met FROM promise") == [(1,)]


_KINDS = st.sampled_from((PAUSED, RESUMED, SOLVED, REPLY, MESSAGE))
_STEPS = st.lists(st.tuples(_KINDS, st.integers(0, 90 * 4)), max_size=6).map(
    lambda steps: sorted((at / 4, kind) for kind, at in steps)
)


@given(_STEPS, st.integers(0, 90 * 4), st.integers(0, 40 * 4))
@settings(max_examples=40, deadline=None)
def test_a_pause_never_breaks_a_promise(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[float, EventKind]],
    begins: int,
    lasts: int,
) -> None:
    """Of tickets that are not reopened: a later deadline may find one of those open again."""
    plain = [(kind, at) for at, kind in steps if kind not in (PAUSED, RESUMED)]
    paused = [*plain, (PAUSED, begins / 4), (RESUMED, (begins + lasts) / 4)]
    end = START + 120 * HOUR
    with store.opened(tmp_path_factory.mktemp("pause") / "events.sqlite3") as database:
        for name, all_steps in (("plain", plain), ("paused", paused)):
            item = record(all_steps)
            renamed = TicketRecord(name, item.events)
            store.add(database, "desk", [renamed], b"key")
        engine = made(database, Clocks((OFFICE,), (PROMISED,)), end)
        rows = engine.rows("SELECT resolution_due, resolution_met FROM promise ORDER BY ticket")
    without, with_pause = ((due, met) for due, met in rows)
    assert (without, with_pause) != ((1, 1), (1, 0))
    assert with_pause != (1, 0) or without == (1, 0)
