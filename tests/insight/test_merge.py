"""Exports of one desk, imported one after another in any order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from tests.insight.kept import all_of, events, keep

from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

CREATED, REPLY = EventKind.CREATED, EventKind.REPLY
REOPENED, SOLVED = EventKind.REOPENED, EventKind.SOLVED
Times = Mapping[EventKind, int]


def record(updated_at: int, times: Times, **more: object) -> TicketRecord:
    happened = [TicketEvent(at, kind) for kind, at in times.items()]
    return TicketRecord("1", happened, updated_at=updated_at, **more)  # type: ignore[arg-type]


def state(updated_at: int, times: Times) -> TicketRecord:
    return record(updated_at, times, is_state=True)


def test_the_same_export_changes_nothing_the_second_time(tmp_path: Path) -> None:
    one = record(50, {CREATED: 1, SOLVED: 9})
    keep(tmp_path / "db", [one])
    added = keep(tmp_path / "db", [one])
    assert dict(added.counts) == {"same": 1, "events": 0}


def test_a_newer_export_replaces_events_and_attributes(tmp_path: Path) -> None:
    old = record(50, {CREATED: 1, SOLVED: 9}, attributes={"section": "a", "product": "p"})
    new = record(60, {CREATED: 1, SOLVED: 20}, attributes={"section": "b"})
    keep(tmp_path / "db", [old])
    added = keep(tmp_path / "db", [new])
    assert added.counts["changed"] == 1
    assert [row[2:6] for row in all_of(tmp_path / "db")] == [("b", "p", 1, 10), ("b", "p", 20, 75)]


def test_an_older_export_changes_nothing(tmp_path: Path) -> None:
    keep(tmp_path / "db", [record(60, {CREATED: 1, SOLVED: 20})])
    before = all_of(tmp_path / "db")
    added = keep(tmp_path / "db", [record(50, {CREATED: 1}, attributes={"section": "a"})])
    assert added.counts["older"] == 1
    assert all_of(tmp_path / "db") == before


def test_additions_stay_when_the_record_that_holds_is_replaced(tmp_path: Path) -> None:
    keep(tmp_path / "db", [record(50, {CREATED: 1, SOLVED: 9})])
    keep(tmp_path / "db", [record(0, {REPLY: 5}, is_whole=False)])
    keep(tmp_path / "db", [record(60, {CREATED: 1})])
    assert events(tmp_path / "db") == [("CREATED", 1), ("REPLY", 5)]


def test_an_addition_that_is_known_adds_nothing(tmp_path: Path) -> None:
    more = record(0, {REPLY: 5}, is_whole=False)
    keep(tmp_path / "db", [more])
    assert keep(tmp_path / "db", [more]).events == 0


def test_a_ticket_known_by_additions_alone_is_none_yet(tmp_path: Path) -> None:
    keep(tmp_path / "db", [record(0, {REPLY: 5}, is_whole=False)])
    assert all_of(tmp_path / "db")[0][1] is None
    keep(tmp_path / "db", [record(50, {CREATED: 1})])
    assert all_of(tmp_path / "db")[0][1] == 1


def test_a_row_that_is_open_again_keeps_the_solution_and_that_it_was_reopened(
    tmp_path: Path,
) -> None:
    """It was reopened after the export in which it stood solved: at the earliest just then."""
    keep(tmp_path / "db", [state(50, {CREATED: 1, SOLVED: 9})])
    keep(tmp_path / "db", [state(90, {CREATED: 1})])
    assert events(tmp_path / "db") == [("CREATED", 1), ("SOLVED", 9), ("REOPENED", 51)]


def test_of_a_row_solved_again_both_solutions_are_kept(tmp_path: Path) -> None:
    keep(tmp_path / "db", [state(50, {CREATED: 1, SOLVED: 9})])
    keep(tmp_path / "db", [state(90, {CREATED: 1, SOLVED: 80})])
    found = [("CREATED", 1), ("SOLVED", 9), ("REOPENED", 51), ("SOLVED", 80)]
    assert events(tmp_path / "db") == found


def test_a_history_that_is_whole_ends_what_was_worked_out_of_rows(tmp_path: Path) -> None:
    keep(tmp_path / "db", [state(50, {CREATED: 1, SOLVED: 9})])
    keep(tmp_path / "db", [state(60, {CREATED: 1})])
    keep(tmp_path / "db", [record(70, {CREATED: 1, SOLVED: 10})])
    assert events(tmp_path / "db") == [("CREATED", 1), ("SOLVED", 10)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=str)
def test_a_history_holds_before_a_row_of_its_age(tmp_path: Path, order: tuple[int, ...]) -> None:
    whole = record(50, {CREATED: 1, SOLVED: 9, REOPENED: 20})
    records = [state(50, {CREATED: 1}), whole]
    for number in order:
        keep(tmp_path / "db", [records[number]])
    assert ("SOLVED", 9) in events(tmp_path / "db")
    keep(tmp_path / "at once", [records[number] for number in order])
    assert events(tmp_path / "at once") == events(tmp_path / "db")


ROWS = (
    state(50, {CREATED: 1, SOLVED: 9}),
    state(60, {CREATED: 1}),
    state(70, {CREATED: 1, SOLVED: 65}),
    record(0, {REPLY: 100}, is_whole=False),
)


ORDERS = [order for order in permutations(range(len(ROWS))) if 3 in (order[0], order[3])]


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_the_order_of_imports_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    for number in order:
        keep(tmp_path / "db", [ROWS[number]])
    assert events(tmp_path / "db") == [
        ("CREATED", 1),
        ("SOLVED", 9),
        ("REOPENED", 51),
        ("SOLVED", 65),
        ("REPLY", 100),
    ]


def test_of_two_rows_of_one_ticket_in_one_export_the_newer_holds(tmp_path: Path) -> None:
    rows = [record(60, {CREATED: 1, SOLVED: 20}), record(50, {CREATED: 1})]
    assert keep(tmp_path / "db", rows).counts["double"] == 1
    assert events(tmp_path / "db") == [("CREATED", 1), ("SOLVED", 20)]


def test_a_record_without_a_time_of_its_own_is_as_old_as_its_export(tmp_path: Path) -> None:
    newest = TicketRecord("2", [TicketEvent(99, CREATED)])
    keep(tmp_path / "db", [record(0, {CREATED: 1, SOLVED: 9}), newest])
    keep(tmp_path / "db", [record(0, {CREATED: 1})])  # its export ended at 1
    assert ("SOLVED", 9) in events(tmp_path / "db")


def test_a_whole_record_without_events_is_a_ticket_that_is_gone(tmp_path: Path) -> None:
    keep(tmp_path / "db", [record(50, {CREATED: 1, SOLVED: 9})])
    keep(tmp_path / "db", [record(60, {})])
    assert [row[1] for row in all_of(tmp_path / "db")] == [None]


def test_a_ticket_that_was_told_in_additions_alone_is_gone_as_well(tmp_path: Path) -> None:
    keep(tmp_path / "db", [replace(record(50, {CREATED: 1, SOLVED: 9}), is_whole=False)])
    keep(tmp_path / "db", [record(40, {})])
    assert [row[1] for row in all_of(tmp_path / "db")] == [None]
    assert events(tmp_path / "db") == []


def test_two_sources_may_have_tickets_of_one_number(tmp_path: Path) -> None:
    keep(tmp_path / "db", [record(50, {CREATED: 1})], "one")
    assert keep(tmp_path / "db", [record(50, {CREATED: 1})], "two").tickets == 1
