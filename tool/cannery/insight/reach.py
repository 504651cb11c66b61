"""How far the data of each source reach, and where the next import goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_STALE = 30 * 86_400  # seconds that a source may end before the others do


class SourceReach(NamedTuple):
    """A source: its data end at `ends_at`, and came in last at `imported_at`, both in seconds.

    One that `is_over` ended long before the others: nothing comes from it any more, it seems.
    """

    name: str
    ends_at: int
    imported_at: int
    is_over: bool


def cursor_of(database: sqlite3.Connection, source: str) -> str:
    """Where the next import of a source goes on; empty if nothing has come from it."""
    found = database.execute("SELECT cursor FROM source WHERE name = ?", (source,)).fetchone()
    return str(found[0]) if found else ""


def reaches(database: sqlite3.Connection) -> tuple[SourceReach, ...]:
    """All sources, by name."""
    rows = database.execute(
        "SELECT name, ends_at, imported_at FROM source ORDER BY name"
    ).fetchall()
    newest = max((ends_at for _, ends_at, _ in rows), default=0)
    return tuple(
        SourceReach(name, ends_at, imported_at, _is_over(ends_at, newest))
        for name, ends_at, imported_at in rows
    )


def data_end(database: sqlite3.Connection) -> int | None:
    """The end of the data, in seconds; None without any."""
    return end_of([ends_at for (ends_at,) in database.execute("SELECT ends_at FROM source")])


def end_of(ends: Sequence[int]) -> int | None:
    """The end of the data, by the ends of its sources.

    It is that of the source that ends first, of those that aren't over: beyond it not all is known.
    """
    newest = max(ends, default=0)
    return min((end for end in ends if not _is_over(end, newest)), default=None)


def ended(ends: Mapping[str, int], at: int) -> Mapping[str, int]:
    """The sources that are over, of those with these ends, as far as that matters at a time.

    What was open in them has stayed so in the figures ever since: whoever reads these is told.
    """
    newest = min(max(ends.values(), default=0), at)
    return {name: end for name, end in sorted(ends.items()) if _is_over(end, newest)}


def _is_over(end: int, newest: int) -> bool:
    return end < newest - _STALE


def extend(database: sqlite3.Connection, source: str, ends_at: int, cursor: str, now: int) -> None:
    """Note that a source reaches as far as this. An empty cursor leaves the one that is there."""
    database.execute(
        "INSERT INTO source (name, ends_at, cursor, imported_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET ends_at = max(ends_at, excluded.ends_at),"
        " imported_at = excluded.imported_at,"
        " cursor = CASE excluded.cursor WHEN '' THEN cursor ELSE excluded.cursor END",
        (source, ends_at, cursor, now),
    )
