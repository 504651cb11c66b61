"""The database of figures of support, among what `kb` keeps for a knowledge base."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cannery.errors import ContentError
from cannery.insight import database as files
from cannery.util import notices, trust
from cannery.util.state import set_aside
from cannery.workspace import Workspace

EVENTS, KEY = "insight.sqlite3", "insight.key"
_JOURNALS = ("-journal", "-wal", "-shm")
_AGAIN = "Import the exports again, and ask the desks: `kb insight import`."
_REASONS = {
    sqlite3.SQLITE_FULL: ("the disk is full", "Make room, and run the command again."),
    sqlite3.SQLITE_READONLY: ("it can't be written to", "Check whose the file is, and its folder."),
    sqlite3.SQLITE_CANTOPEN: ("it can't be opened", "Check whose the file is, and its folder."),
    sqlite3.SQLITE_BUSY: ("another process is at work on it", "Try again when it has finished."),
}


@contextmanager
def events(workspace: Workspace) -> Iterator[sqlite3.Connection]:
    """The database of the knowledge base. Raises ContentError.

    One that is damaged is set aside under another name, which a notice tells.
    """
    path = workspace.state / EVENTS
    try:
        _prepare(path)
        with files.opened(path) as database:
            yield database
    except sqlite3.Error as error:
        raise _failed(path, error) from error
    except files.NewerError as error:
        from cannery.installation import how_to_upgrade

        hint = f"Run `{how_to_upgrade()}`, or move the file away and import again."
        raise ContentError(f"{path}: {error}", hint) from error


def known_key(workspace: Workspace) -> bytes | None:
    """The key that ids were hashed with; None where nothing was imported, or it is gone."""
    try:
        return (workspace.state / KEY).read_bytes()
    except OSError:
        return None


@contextmanager
def events_if_any(workspace: Workspace) -> Iterator[sqlite3.Connection | None]:
    """The same; None where nothing was imported, so that a look makes no database."""
    if (workspace.state / EVENTS).is_file():
        with events(workspace) as database:
            yield database
    else:
        yield None


def _prepare(path: Path) -> None:
    """Set a damaged file aside: it costs the figures until they are imported again, no command."""
    try:
        trust.make(path.parent)
        with files.opened(path):
            return
    except OSError as error:
        raise ContentError(f"{path}: {error.strerror}", "Check the folder and its disk.") from error
    except sqlite3.DatabaseError as error:
        if not files.is_spoilt(error):
            raise
        notices.add(_set_aside(path, error))


def _set_aside(path: Path, error: sqlite3.Error) -> str:
    """Move the database away, with what belongs to it; what there is to say of it."""
    _, notice = set_aside(path, str(error), _JOURNALS)
    return f"{notice}. {_AGAIN}"


def _failed(path: Path, error: sqlite3.Error) -> ContentError:
    if files.is_spoilt(error):
        return ContentError(_set_aside(path, error), _AGAIN)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    reason, hint = _REASONS.get(code, (str(error), "Check the folder and its disk."))
    return ContentError(f"{path}: {reason}", f"Nothing was changed. {hint}")
