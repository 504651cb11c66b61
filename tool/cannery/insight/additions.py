"""Events that this machine knows of tickets, beside those that desks and exports tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from cannery.model.ticket_event import EventKind

_ADD = """
INSERT OR IGNORE INTO event (ticket, at, kind, detail, origin)
SELECT id, ?, ?, ?, 1 FROM ticket WHERE key = ? AND created_at <= ?"""


class Addition(NamedTuple):
    """An event of the ticket that has a key; `detail` is an entry's id."""

    key: bytes
    at: int
    kind: EventKind
    detail: str


def add_known(database: sqlite3.Connection, additions: Iterable[Addition]) -> None:
    """Add events to tickets that are there; nothing to others, and nothing twice.

    They say nothing of how far the data of a source reach. Raises sqlite3.Error.
    """
    rows = [(item.at, int(item.kind), item.detail, item.key, item.at) for item in additions]
    database.execute("BEGIN IMMEDIATE")
    try:
        database.executemany(_ADD, rows)
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise
