"""What is kept of records, as tests look at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cannery.insight import store
from cannery.insight.sources.source import Checkpoint, Reading
from cannery.model.ticket_event import EventKind, TicketRecord

KEY = b"k" * 32
NOW = 2_000_000_000


def keep(
    path: Path,
    records: Iterable[TicketRecord | Checkpoint],
    source: str = "desk",
    reading: Reading | None = None,
) -> store.Added:
    """Import records into the database at a path."""
    arrival = store.Arrival(now=NOW, reading=reading or Reading())
    with store.opened(path) as database:
        return store.add(database, source, records, KEY, arrival)


def events(path: Path) -> list[tuple[str, int]]:
    """All events by kind and time, of all tickets together."""
    with store.opened(path) as database:
        rows = database.execute("SELECT kind, at FROM event ORDER BY at, kind").fetchall()
    return [(EventKind(kind).name, at) for kind, at in rows]


def all_of(path: Path) -> Sequence[tuple[object, ...]]:
    """All that measures see, whatever numbers its tickets have."""
    with store.opened(path) as database:
        return database.execute(
            "SELECT key, created_at, section, product, at, kind, detail, value"
            " FROM ticket LEFT JOIN event ON event.ticket = ticket.id ORDER BY 1, 5, 6, 7"
        ).fetchall()
