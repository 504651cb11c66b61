"""Where figures of support are reckoned: in the database itself, or on another engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cannery.errors import ContentError
from cannery.insight.engine import Engine, SqliteEngine
from cannery.operations.insight_store import events
from cannery.workspace import Workspace

INSTALL = 'Run `pip install "cannery[engines]"`.'


class EngineAt(NamedTuple):
    """Another engine: an address that Ibis connects to, and a folder of tables for it to read.

    Without a folder the engine has the tables itself.
    """

    address: str
    folder: Path | None = None


@contextmanager
def opened_engine(workspace: Workspace, other: EngineAt | None) -> Iterator[Engine]:
    """The engine with the tables of tickets. Raises ContentError."""
    if other is None:
        with events(workspace) as database:
            yield SqliteEngine(database)
        return
    try:
        from cannery.insight.engines.ibis_engine import connected
    except ImportError as error:
        raise ContentError("measures on another engine need Ibis", INSTALL) from error
    with connected(other.address, other.folder) as engine:
        yield engine
