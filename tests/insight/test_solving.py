"""The share of tickets that stand solved N days after they were opened."""

from __future__ import annotations

from collections.abc import Sequence

from tests.insight.desk import report_of

from cannery.insight.fact import DAY, Frame
from cannery.model.figure import Figure
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord


def solved_within(records: Sequence[TicketRecord], at: int) -> Figure:
    return report_of(records, Frame(at, 7)).measures["solved_within_7d"].overall


def ticket(name: str, *events: tuple[EventKind, int], opened: int = 0) -> TicketRecord:
    times = [TicketEvent(opened, EventKind.CREATED)]
    return TicketRecord(name, [*times, *(TicketEvent(at, kind) for kind, at in events)])


def test_tickets_that_are_younger_than_n_days_count_for_nothing() -> None:
    old = [ticket(f"old {number}", (EventKind.SOLVED, DAY)) for number in range(5)]
    young = [ticket(f"young {number}", opened=10 * DAY) for number in range(5)]
    found = solved_within([*old, *young], 12 * DAY)
    assert (found.value, found.n) == (1.0, 5)


def test_what_was_reopened_in_time_and_not_solved_again_is_not_solved() -> None:
    again = [
        ticket(f"{number}", (EventKind.SOLVED, DAY), (EventKind.REOPENED, 2 * DAY))
        for number in range(5)
    ]
    assert solved_within(again, 12 * DAY).value == 0.0


def test_fewer_than_five_are_not_shown() -> None:
    found = solved_within([ticket("1", (EventKind.SOLVED, DAY))], 12 * DAY)
    assert (found.value, found.n, found.why) == (None, 1, "fewer than 5")


def test_where_no_solution_is_ever_told_nothing_is_said_of_solving() -> None:
    """A table without that column has no tickets that were missed: it doesn't know."""
    records = [ticket(str(number)) for number in range(10)]
    told = report_of(records, Frame(12 * DAY, 7)).measures
    names = ("solved_within_7d", "solved_within_7d_km", "resolution_time", "backlog_age")
    assert [(told[name].overall.value, told[name].overall.n) for name in names] == [(None, 0)] * 4
    assert (told["arrivals"].overall.n, told["backlog"].overall.n) == (10, 0)
