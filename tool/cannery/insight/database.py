"""The file that events are kept in: made, brought up to date, or found unreadable."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_SCHEMA = Path(__file__).with_name("schema.sql")
VERSION = 2
# What brings a database of a version to the next one. Those of the first had no number.
_STEPS = {
    1: """
ALTER TABLE ticket RENAME TO ticket_1;
ALTER TABLE event RENAME TO event_1;
ALTER TABLE source RENAME TO source_1;
{schema}
INSERT INTO ticket
SELECT id, key, created_at, updated_at, source,
    section, language, product, region, tier, channel, team, 0, 1, 0 FROM ticket_1;
INSERT INTO event SELECT ticket, at, kind, detail, actor, value, 0 FROM event_1;
INSERT INTO source SELECT name, ends_at, cursor, 0 FROM source_1;
DROP TABLE event_1;
DROP TABLE ticket_1;
DROP TABLE source_1;
"""
}
_FLAGS = getattr(os, "O_NOFOLLOW", 0)
_SPOILT = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
_PATIENCE = 5.0  # seconds that another process may take to write
_STEPS_A_TICK = 200_000  # of SQLite's machine, after which ^C is looked for
_CACHE = 64_000  # kibibytes


class NewerError(Exception):
    """The database is of a newer version of this program."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, made if it is missing. Raises OSError, sqlite3.Error, NewerError."""
    uri = f"{path.absolute().as_uri()}?mode={_mode(path)}"
    connected = sqlite3.connect(uri, timeout=_PATIENCE, isolation_level=None, uri=True)
    with closing(connected) as database:
        database.execute(f"PRAGMA cache_size = -{_CACHE}")
        database.set_progress_handler(_tick, _STEPS_A_TICK)
        with _interrupted():
            _bring_up_to_date(database)
            yield database


def is_spoilt(error: sqlite3.Error) -> bool:
    """Whether the file itself is damaged, or something else."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _SPOILT


def _mode(path: Path) -> str:
    """Whether it can be written to: on a disk that can't, figures can still be looked at."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | _FLAGS, 0o600))
    except OSError:
        os.close(os.open(path, os.O_RDONLY | _FLAGS))
        return "ro"
    return "rw"


def _tick() -> int:
    """Let Python see ^C: one that comes here stops the statement."""
    return 0


@contextmanager
def _interrupted() -> Iterator[None]:
    """What ^C has stopped within SQLite goes on as a KeyboardInterrupt."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from error
        raise


def _bring_up_to_date(database: sqlite3.Connection) -> None:
    if _version(database) == VERSION:
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        _run(database, _script(_version(database)))  # another process may have been sooner
        database.execute(f"PRAGMA user_version = {VERSION}")
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def _script(version: int) -> str:
    """What is to be done with a database of this version; 0 for an empty one."""
    if version > VERSION:
        raise NewerError(f"it is of version {version}, and this kb knows {VERSION}")
    schema = _SCHEMA.read_text("utf-8")
    if version == 0:
        return schema
    return "".join(_STEPS[number].format(schema=schema) for number in range(version, VERSION))


def _version(database: sqlite3.Connection) -> int:
    number = int(database.execute("PRAGMA user_version").fetchone()[0])
    tables = "SELECT count(*) FROM sqlite_master WHERE name = 'ticket'"
    return number or int(database.execute(tables).fetchone()[0])


def _run(database: sqlite3.Connection, script: str) -> None:
    """Run statements within the transaction: `executescript` would end it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            database.execute(statement)
            statement = ""
