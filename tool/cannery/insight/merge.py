"""What came in, merged with what is there: the order of imports makes no difference.

But for an attribute that only additions tell, and tell differently: the first one stays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from cannery.insight.pseudonyms import ATTRIBUTES

_SQL = Path(__file__).with_name("merge.sql")


def merge(database: sqlite3.Connection, source: str, ends_at: int) -> Mapping[str, int]:
    """Merge the staged records, within a transaction; how many records met which fate.

    `new`, `changed`, `same`, `older` (what is known is newer), `added` (to what is known),
    `double` (a newer one came with it); and `events`, those that are there now and weren't.
    """
    values = {"source": source, "ends_at": ends_at}
    events = 0
    for statement in _statements():
        changed = database.execute(statement, values).rowcount
        # A count of all would read all, for each page of a desk.
        events += _SIGNS.get(_verb(statement), 0) * changed
    counts = dict(database.execute("SELECT fate, count(*) FROM fate GROUP BY fate").fetchall())
    database.execute("DROP TABLE fate")
    return {**counts, "events": events}


_SIGNS = {"INSERT INTO event": 1, "DELETE FROM event": -1}


def _verb(statement: str) -> str:
    """How a statement begins, as far as it tells what becomes of events."""
    lines = (line for line in statement.splitlines() if line and not line.startswith("--"))
    return " ".join(next(lines, "").replace(" OR IGNORE", "").split()[:3])


def _statements() -> list[str]:
    text = _SQL.read_text("utf-8").format(
        attributes=", ".join(ATTRIBUTES),
        told=", ".join(f"coalesce({name}, '')" for name in ATTRIBUTES),
        newest=", ".join(f"{name} = coalesce(i.{name}, ticket.{name})" for name in ATTRIBUTES),
        filled=", ".join(_filled(name) for name in ATTRIBUTES),
    )
    return [part for part in text.split(";\n") if part.strip()]


def _filled(name: str) -> str:
    """The newest value that additions tell: where it is empty, or they are newer than it."""
    return f"""{name} = coalesce((
        SELECT i.{name} FROM fate f JOIN incoming i ON i.n = f.n
        WHERE f.ticket = ticket.id AND f.fate = 'added' AND i.{name} <> ''
            AND (ticket.{name} = '' OR (ticket.updated_at = 0 AND i.updated_at >= ticket.seen_at))
        ORDER BY i.updated_at DESC, i.n DESC LIMIT 1), ticket.{name})"""  # noqa: S608 - our own names
