"""Two years of desks come out of Zendesk's exports as they went in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tests.insight import desk_years

from cannery.insight.sources.source import Options
from cannery.insight.sources.zendesk import files
from cannery.model.ticket_event import EventKind, TicketEvent

_KINDS = frozenset(EventKind) - {EventKind.ASSIGNED}  # a first assignee is told in other ways


def test_the_course_of_every_ticket_is_the_same(tmp_path: Path) -> None:
    tickets = desk_years.tickets()
    path = tmp_path / "export.json"
    path.write_text(json.dumps(desk_years.zendesk(tickets)), encoding="utf-8")
    found = {item.ticket: _course(item.events) for item in files.records(path, Options())}
    expected = {str(item.number): _course(item.events) for item in tickets}
    other = [number for number, course in expected.items() if found[number] != course]
    [waits_when_solved] = other  # Zendesk has no such thing: a ticket is reopened to wait
    assert set(found[waits_when_solved]) - set(expected[waits_when_solved]) == {
        (at, EventKind.REOPENED, "") for at, kind, _ in expected[waits_when_solved] if kind == EventKind.PAUSED
    }  # fmt: skip


def _course(events: Sequence[TicketEvent]) -> list[tuple[int, EventKind, str]]:
    return sorted((event.at, event.kind, event.detail) for event in events if event.kind in _KINDS)
