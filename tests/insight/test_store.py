"""Imports: all or nothing, and as far as each reaches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.insight.kept import NOW, all_of, keep

from cannery.insight import store
from cannery.insight.sources.source import Checkpoint, Reading
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

DAY = 86_400


def opened(number: int, at: int, **attributes: str) -> TicketRecord:
    return TicketRecord(str(number), [TicketEvent(at, EventKind.CREATED)], attributes)


def cut_short(*records: TicketRecord) -> Iterator[TicketRecord]:
    yield from records
    raise KeyboardInterrupt


def ends(path: Path) -> int | None:
    with store.opened(path) as database:
        return store.data_end(database)


def test_an_import_that_is_cut_short_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        keep(tmp_path / "db", cut_short(*(opened(number, 5) for number in range(6_000))))
    assert all_of(tmp_path / "db") == []


def test_what_came_before_a_checkpoint_stays(tmp_path: Path) -> None:
    def pages() -> Iterator[TicketRecord | Checkpoint]:
        yield opened(1, 5)
        yield Checkpoint("page 1", 50)
        yield from cut_short(opened(2, 60))

    with pytest.raises(KeyboardInterrupt):
        keep(tmp_path / "db", pages())
    assert len(all_of(tmp_path / "db")) == 1
    with store.opened(tmp_path / "db") as database:
        assert store.cursor_of(database, "desk") == "page 1"
        assert store.data_end(database) == 50


def test_a_dry_run_tells_what_would_come_in_and_keeps_nothing(tmp_path: Path) -> None:
    with store.opened(tmp_path / "db") as database:
        arrival = store.Arrival(now=NOW, is_dry=True)
        added = store.add(database, "desk", [opened(1, 5), Checkpoint("x")], b"k", arrival)
    assert (added.tickets, added.events, all_of(tmp_path / "db")) == (1, 1, [])


def test_the_data_end_where_the_source_ends_that_ends_first(tmp_path: Path) -> None:
    keep(tmp_path / "db", [opened(1, 100 * DAY)], "one")
    keep(tmp_path / "db", [opened(1, 95 * DAY)], "two")
    assert ends(tmp_path / "db") == 95 * DAY


def test_a_source_that_ended_long_ago_does_not_hold_the_others_back(tmp_path: Path) -> None:
    keep(tmp_path / "db", [opened(1, 500 * DAY)], "one")
    keep(tmp_path / "db", [opened(1, 5 * DAY)], "two")
    assert ends(tmp_path / "db") == 500 * DAY
    with store.opened(tmp_path / "db") as database:
        assert [reach.is_over for reach in store.reaches(database)] == [False, True]


def test_an_export_reaches_as_far_as_it_says_itself(tmp_path: Path) -> None:
    reading = Reading()
    reading.ends_at = 77
    keep(tmp_path / "db", [opened(1, 5)], reading=reading)
    assert ends(tmp_path / "db") == 77


def test_another_key_is_refused_as_all_tickets_would_be_there_twice(tmp_path: Path) -> None:
    keep(tmp_path / "db", [opened(1, 5)])
    with store.opened(tmp_path / "db") as database, pytest.raises(store.KeyChangedError):
        store.add(database, "desk", [opened(1, 5)], b"another")


def test_tickets_of_another_desk_under_the_same_numbers_are_refused(tmp_path: Path) -> None:
    keep(tmp_path / "db", [opened(number, 100 * DAY) for number in range(9)])
    before = all_of(tmp_path / "db")
    with pytest.raises(store.OtherTicketsError):
        keep(tmp_path / "db", [opened(number, 200 * DAY) for number in range(9)])
    assert all_of(tmp_path / "db") == before


def test_a_few_that_were_corrected_are_not(tmp_path: Path) -> None:
    keep(tmp_path / "db", [opened(number, 100 * DAY) for number in range(9)])
    corrected = [opened(number, (100 + (number == 0)) * DAY) for number in range(9)]
    assert keep(tmp_path / "db", corrected).counts["changed"] == 1


def test_a_ticket_of_the_future_is_left_out(tmp_path: Path) -> None:
    reading = Reading()
    keep(tmp_path / "db", [opened(1, 5), opened(2, NOW + 5 * DAY)], reading=reading)
    assert (len(all_of(tmp_path / "db")), reading.left_out) == (1, 1)
    assert ends(tmp_path / "db") == 5


@pytest.mark.parametrize("count", [2, 30])
def test_where_all_lie_in_the_future_it_is_the_clock_that_is_wrong(
    tmp_path: Path, count: int
) -> None:
    reading = Reading()
    keep(tmp_path / "db", [opened(n, NOW + 5 * DAY) for n in range(count)], reading=reading)
    assert len(all_of(tmp_path / "db")) == count
    assert "clock" in reading.notes[0]


def test_a_column_with_a_value_for_each_ticket_is_no_way_of_grouping(tmp_path: Path) -> None:
    reading = Reading()
    records = [opened(n, 5, section=f"Customer {n:x}", product=f"P{n % 9}") for n in range(90)]
    keep(tmp_path / "db", records, reading=reading)
    assert {row[2] for row in all_of(tmp_path / "db")} == {""}
    assert {row[3] for row in all_of(tmp_path / "db")} == {f"P{n}" for n in range(9)}
    assert reading.notes[0].startswith("section: 90 values")
