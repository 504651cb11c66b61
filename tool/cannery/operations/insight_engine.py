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


class EngineAt(NamedTuple):
    """Another engine: an address that Ibis connects to, and a folder of tables for it to read.

    Without a folder the engine has the tables itself.
    """

    address: str
    folder: Path | None = None


def without_engines(message: str) -> ContentError:
    """The error for who wants what the extra does that isn't installed."""
    from cannery.installation import how_to_add

    return ContentError(message, f"Run `{how_to_add('engines')}`.")


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
        raise without_engines("measures on another engine need Ibis") from error
    with connected(other.address, other.folder) as engine:
        yield engine
