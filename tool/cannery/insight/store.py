"""The events of tickets in SQLite, without anything that tells who a customer or an agent is."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path

from cannery.insight.sources.source import Checkpoint
from cannery.model.ticket_event import DIMENSIONS, EventKind, TicketEvent, TicketRecord

_SCHEMA = Path(__file__).with_name("schema.sql")
_KEY_BYTES, _HASH_BYTES = 32, 12
_ATTRIBUTES = DIMENSIONS[1:]  # the source is not the record's to tell


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, made if it is missing. Raises OSError, sqlite3.Error."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(_SCHEMA.read_text("utf-8"))
        yield database


def local_key(path: Path) -> bytes:
    """The key that ids are hashed with, made if it is missing. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
        return path.read_bytes()


class Added:
    """How many tickets and events came in, and until when they reach."""

    tickets = 0
    events = 0
    ends_at = 0


def add(
    database: sqlite3.Connection,
    source: str,
    records: Iterable[TicketRecord | Checkpoint],
    key: bytes,
) -> Added:
    """Keep records, all or nothing between checkpoints; those that are known change nothing.

    Raises sqlite3.Error.
    """
    added = Added()
    database.execute("BEGIN IMMEDIATE")
    try:
        for record in records:
            if isinstance(record, Checkpoint):
                _reach(database, source, max(added.ends_at, record.ends_at), record.cursor)
                database.execute("COMMIT")
                database.execute("BEGIN IMMEDIATE")
            else:
                _add_one(database, source, record, key, added)
        if added.ends_at:
            _reach(database, source, added.ends_at)
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise
    return added


def cursor_of(database: sqlite3.Connection, source: str) -> str:
    """Where the next import of a source goes on; empty if nothing has come from it."""
    found = database.execute("SELECT cursor FROM source WHERE name = ?", (source,)).fetchone()
    return str(found[0]) if found else ""


def _reach(database: sqlite3.Connection, source: str, ends_at: int, cursor: str = "") -> None:
    database.execute(
        "INSERT INTO source (name, ends_at, cursor) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET ends_at = max(ends_at, excluded.ends_at),"
        " cursor = CASE excluded.cursor WHEN '' THEN cursor ELSE excluded.cursor END",
        (source, ends_at, cursor),
    )


def _add_one(
    database: sqlite3.Connection, source: str, record: TicketRecord, key: bytes, added: Added
) -> None:
    ticket_key = _hashed(key, f"{source}\0{record.ticket}")
    known = database.execute(
        "SELECT id, updated_at FROM ticket WHERE key = ?", (ticket_key,)
    ).fetchone()
    if known and record.is_whole and record.updated_at < known[1]:
        return
    created = min(event.at for event in record.events if event.kind is EventKind.CREATED)
    attributes = [record.attributes.get(name, "") for name in _ATTRIBUTES]
    if known:
        number = known[0]
        if record.is_whole:
            database.execute("DELETE FROM event WHERE ticket = ?", (number,))
    else:
        marks = ", ".join("?" * (4 + len(_ATTRIBUTES)))
        number = database.execute(
            f"INSERT INTO ticket (key, created_at, updated_at, source, {', '.join(_ATTRIBUTES)})"  # noqa: S608 - our own names
            f" VALUES ({marks})",
            (ticket_key, created, record.updated_at, source, *attributes),
        ).lastrowid
        added.tickets += 1
    database.executemany(
        "INSERT OR IGNORE INTO event (ticket, at, kind, detail, actor, value)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [_row(number, event, key) for event in record.events],
    )
    added.events += len(record.events)
    added.ends_at = max(added.ends_at, *(event.at for event in record.events))


def _row(number: int, event: TicketEvent, key: bytes) -> tuple[object, ...]:
    actor = _hashed(key, event.actor) if event.actor else b""
    return number, event.at, int(event.kind), event.detail, actor, event.value


def _hashed(key: bytes, text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=_HASH_BYTES).digest()


def data_end(database: sqlite3.Connection) -> int | None:
    """The end of the data, in seconds: of the source that ends first; None without any."""
    found: int | None = database.execute("SELECT min(ends_at) FROM source").fetchone()[0]
    return found
