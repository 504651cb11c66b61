"""Whether the events are those that a report was made of."""

from __future__ import annotations

import secrets
import sqlite3

_TABLE = "CREATE TABLE IF NOT EXISTS revision (number INTEGER NOT NULL)"
_BITS = 62


def change(database: sqlite3.Connection) -> None:
    """Note within a transaction that the events are others now. Raises sqlite3.Error.

    By a number that no other database has, either: one may be put in the place of another.
    """
    database.execute(_TABLE)
    database.execute("DELETE FROM revision")
    database.execute("INSERT INTO revision VALUES (?)", (1 + secrets.randbits(_BITS),))


def revision(database: sqlite3.Connection) -> int:
    """The number of the events that are there; 0 as long as nothing has come in."""
    known = "SELECT count(*) FROM sqlite_master WHERE name = 'revision'"
    if not database.execute(known).fetchone()[0]:
        return 0
    [(number,)] = database.execute("SELECT coalesce(max(number), 0) FROM revision")
    return int(number)
