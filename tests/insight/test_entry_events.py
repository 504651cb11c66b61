"""What events tell of entries, whatever else they tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.insight.kept import KEY

from cannery.insight import entry_events, store
from cannery.insight.pseudonyms import Pseudonymizer
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

DAY = 86_400
ENTRIES = ("articles/a", "macros/m")


def _record(ticket: str, created: int, *uses: tuple[int, EventKind, str]) -> TicketRecord:
    events = [TicketEvent(created, EventKind.CREATED)]
    events += [TicketEvent(at, kind, detail=detail) for at, kind, detail in uses]
    return TicketRecord(ticket, events)


_RECORDS = (
    _record(
        "1",
        DAY,
        (2 * DAY, EventKind.LINKED, "articles/a"),
        (4 * DAY, EventKind.LINKED, "articles/a"),
    ),
    _record("2", 3 * DAY, (4 * DAY, EventKind.MACRO, "macros/m")),
    _record("3", 3 * DAY, (4 * DAY, EventKind.LINKED, "https://elsewhere.example/1")),
    _record("4", 3 * DAY, (4 * DAY, EventKind.REPLY, "")),
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with store.opened(tmp_path / "db") as database:
        arrival = store.Arrival(lambda name: name if name in ENTRIES else "", now=9 * DAY)
        store.add(database, "desk", _RECORDS, KEY, arrival)
        yield database


def _key(ticket: str) -> bytes:
    return Pseudonymizer("desk", KEY).ticket_key(ticket)


def test_an_entry_is_used_once_in_a_ticket(database: sqlite3.Connection) -> None:
    found = {tuple(use) for use in entry_events.uses_by_day(database, 9 * DAY)}
    assert {("articles/a", 2, 1), ("macros/m", 4, 1)} <= found
    assert len(found) == 3


def test_later_uses_are_not_seen(database: sqlite3.Connection) -> None:
    assert [*entry_events.uses_by_day(database, 3 * DAY)] == [("articles/a", 2, 1)]


def test_a_use_is_known_from_the_first_to_the_last_time(database: sqlite3.Connection) -> None:
    assert ("articles/a", 2 * DAY, 4 * DAY) in [*entry_events.spans(database)]


def test_an_article_is_first_asked_for_when_its_ticket_is_created(
    database: sqlite3.Connection,
) -> None:
    assert dict(entry_events.first_asked(database, 9 * DAY))["articles/a"] == DAY


def test_a_ticket_is_answered_by_an_entry_and_not_by_any_other_link(
    database: sqlite3.Connection,
) -> None:
    found = entry_events.answered_tickets(database, 0)
    assert found == {_key("1").hex(), _key("2").hex()}
    assert entry_events.answered_tickets(database, 2 * DAY) == {_key("2").hex()}


def test_a_ticket_is_known_once_it_has_come_in(database: sqlite3.Connection) -> None:
    assert entry_events.is_known(database, _key("4"))
    assert not entry_events.is_known(database, _key("5"))
