"""Events of tickets go out, as files that other engines read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from cannery.errors import ContentError
from cannery.model.event import Listener, Progress, ignore
from cannery.operations.insight_engine import without_engines
from cannery.operations.insight_store import events
from cannery.util import atomic
from cannery.workspace import Workspace


def export_tables(
    workspace: Workspace, folder: Path, listener: Listener = ignore
) -> Mapping[str, int]:
    """Write a Parquet file for each table into a new folder; how many rows each has.

    All or nothing. Raises ContentError.
    """
    try:
        from cannery.insight.engines.tables import write_tables
    except ImportError as error:
        raise without_engines("Parquet files need Ibis and Arrow") from error
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ContentError(f"{folder} holds something", "Give a new folder.")
    with events(workspace) as database:
        told = _counted(database, listener)
        try:
            with atomic.new_folder(folder.absolute(), ".insight-") as draft:
                # The folder may be within a repository, and what tells of tickets is not for it.
                atomic.replace(draft / ".gitignore", b"*\n")
                return write_tables(database, draft, told)
        except OSError as error:
            raise ContentError(f"{folder}: {error}", "Nothing was exported.") from error


def _counted(database: sqlite3.Connection, listener: Listener) -> Callable[[int], None]:
    """What tells the listener of rows that were written, of those of the largest table."""
    total = int(database.execute("SELECT count(*) FROM event").fetchone()[0])
    done = 0

    def wrote(rows: int) -> None:
        nonlocal done
        done = min(done + rows, total)
        listener(Progress("Exporting", done, total))

    wrote(0)
    return wrote
