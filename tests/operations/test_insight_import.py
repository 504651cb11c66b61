"""Tickets come in from a file or a desk."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tests.conftest import Base

from cannery.errors import CanneryError
from cannery.insight.sources import table
from cannery.insight.sources.source import Checkpoint, DeskSource, Options
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord
from cannery.operations.insight_import import ImportRequest, import_events
from cannery.operations.insight_store import events
from cannery.rest.client import Client

DESK = '[desks.front]\naddress = "https://api2.frontapp.com"\n'


@pytest.fixture
def cursors(base: Base, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cursors that a desk was asked with, which goes away within its second page."""
    base.write("kb.toml", DESK)
    monkeypatch.setenv("CANNERY_DESK_FRONT_TOKEN", "token")
    monkeypatch.setenv("CANNERY_DESK_FRONT_ADDRESS", "https://api2.frontapp.com")
    asked: list[str] = []

    def records(_: Client, cursor: str, __: Options) -> Iterator[TicketRecord | Checkpoint]:
        asked.append(cursor)
        yield TicketRecord(f"after {cursor}", [TicketEvent(50, EventKind.CREATED)])
        yield Checkpoint(f"page {len(asked)}", 100)
        yield TicketRecord("lost", [TicketEvent(60, EventKind.CREATED)])
        raise CanneryError("the desk went away", "Try again.")

    monkeypatch.setattr(table, "DESKS", {"front": DeskSource("front", records)})
    return asked


def test_an_import_from_a_desk_goes_on_where_the_last_checkpoint_was(
    base: Base, cursors: list[str]
) -> None:
    for _ in range(2):
        with pytest.raises(CanneryError, match="went away"):
            import_events(base.workspace, ImportRequest("front"))
    assert cursors == ["", "page 1"]


def test_what_came_after_the_last_checkpoint_is_not_kept(base: Base, cursors: list[str]) -> None:
    with pytest.raises(CanneryError, match="went away"):
        import_events(base.workspace, ImportRequest("front"))
    with events(base.workspace) as database:
        assert database.execute("SELECT count(*) FROM ticket").fetchone() == (len(cursors),)


def test_a_row_that_cannot_be_read_costs_itself_alone(base: Base) -> None:
    path = base.root / "tickets.csv"
    path.write_text("id,created_at\n1,2026-01-05\n2,some day\n3,2026-01-06\n")
    _, added, reading = import_events(base.workspace, ImportRequest(str(path)))
    assert (added.tickets, reading.left_out, reading.faults[0].line) == (2, 1, 3)


def test_parts_of_tickets_that_nothing_else_tells_of_count_nowhere_and_that_is_told(
    base: Base,
) -> None:
    path = base.root / "events.json"
    event = {"id": 1, "ticket_id": 7, "metric": "reply_time", "type": "fulfill"}
    row = {**event, "instance_id": 1, "time": "2026-01-05T09:00:00Z"}
    path.write_text(json.dumps({"ticket_metric_events": [row]}), encoding="utf-8")
    found = import_events(base.workspace, ImportRequest(str(path)))
    note = "No ticket of zendesk is known to be created: import the tickets, too"
    assert found.reading.notes == [note]
