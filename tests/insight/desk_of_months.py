"""A desk whose figures are known: so many tickets a month, of which so many were solved in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from cannery.insight import store
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord
from cannery.operations.insight_store import events
from cannery.workspace import Workspace

_DAY = 86_400
MONTHS = {"2026-08": (50, 35), "2026-09": (50, 36), "2026-10": (50, 46)}
"""Opened, and solved within a day; the others are never solved."""
END = "2026-11-20"


def fill(
    workspace: Workspace,
    months: Mapping[str, tuple[int, int]] = MONTHS,
    attributes: Mapping[str, tuple[str, ...]] | None = None,
    end: str = END,
) -> None:
    """Keep the tickets; each has one of the values of each attribute by turns."""
    with events(workspace) as database:
        store.add(database, "desk", records(months, attributes or {}, end), b"key")


def records(
    months: Mapping[str, tuple[int, int]], attributes: Mapping[str, tuple[str, ...]], end: str
) -> Iterator[TicketRecord]:
    for month, (opened, solved) in months.items():
        begin = _seconds(f"{month}-02")
        for number in range(opened):
            created = begin + number * _DAY // 2
            happened = [TicketEvent(created, EventKind.CREATED)]
            if number < solved:
                happened.append(TicketEvent(created + _DAY // 2, EventKind.SOLVED))
            has = {name: values[number % len(values)] for name, values in attributes.items()}
            yield TicketRecord(f"{month} {number}", happened, has)
    yield TicketRecord("last", [TicketEvent(_seconds(end), EventKind.CREATED)])


def _seconds(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
