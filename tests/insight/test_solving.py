"""The share of tickets that stand solved N days after they were opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.insight import simulation

from cannery.insight import store
from cannery.insight.engine import SqliteEngine
from cannery.insight.fact import DAY, Frame
from cannery.insight.looking import make_report
from cannery.model.figure import Figure
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord


def solved_within(folder: Path, records: Sequence[TicketRecord], at: int) -> Figure:
    with store.opened(folder / "events.sqlite3") as database:
        store.add(database, "desk", records, b"key")
        report = make_report(SqliteEngine(database), Frame(at, 7), ZoneInfo("UTC"))
        return report.measures["solved_within_7d"].overall


def ticket(name: str, *events: tuple[EventKind, int], opened: int = 0) -> TicketRecord:
    times = [TicketEvent(opened, EventKind.CREATED)]
    return TicketRecord(name, [*times, *(TicketEvent(at, kind) for kind, at in events)])


def test_tickets_that_are_younger_than_n_days_count_for_nothing(tmp_path: Path) -> None:
    old = [ticket(f"old {number}", (EventKind.SOLVED, DAY)) for number in range(5)]
    young = [ticket(f"young {number}", opened=10 * DAY) for number in range(5)]
    found = solved_within(tmp_path, [*old, *young], 12 * DAY)
    assert (found.value, found.n) == (1.0, 5)


def test_what_was_reopened_in_time_and_not_solved_again_is_not_solved(tmp_path: Path) -> None:
    again = [
        ticket(f"{number}", (EventKind.SOLVED, DAY), (EventKind.REOPENED, 2 * DAY))
        for number in range(5)
    ]
    assert solved_within(tmp_path, again, 12 * DAY).value == 0.0


def test_fewer_than_five_are_not_shown(tmp_path: Path) -> None:
    found = solved_within(tmp_path, [ticket("1", (EventKind.SOLVED, DAY))], 12 * DAY)
    assert (found.value, found.n, found.why) == (None, 1, "fewer than 5")


@pytest.mark.parametrize("scenario", simulation.SCENARIOS, ids=lambda item: item.name)
def test_the_share_is_the_true_one_where_a_plain_count_is_far_off(
    tmp_path: Path, scenario: simulation.Scenario
) -> None:
    """One seed: 4,000 tickets, whose own error is 0.7 points; the others are a benchmark."""
    found = simulation.tickets(scenario, 1)
    end = scenario.days * DAY
    records = [_record(item, end) for item in found]
    true = simulation.truth(found).solved_in_time
    assert solved_within(tmp_path, records, end).value == pytest.approx(true, abs=0.02)
    assert simulation.naive_share_in_time(found, end) > true + 0.05


def _record(item: simulation.Ticket, end: int) -> TicketRecord:
    events = [
        TicketEvent(item.created, EventKind.CREATED),
        *(TicketEvent(at, EventKind.REPLY) for at in item.replies),
        *(TicketEvent(at, EventKind.SOLVED) for at in item.solved),
        *(TicketEvent(at, EventKind.REOPENED) for at in item.reopened),
    ]
    return TicketRecord(str(item.number), [event for event in events if event.at <= end])
