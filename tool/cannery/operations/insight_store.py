"""The database of figures of support, among what `kb` keeps for a knowledge base."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from cannery.errors import ContentError
from cannery.insight import store
from cannery.util import trust
from cannery.workspace import Workspace

EVENTS, KEY = "insight.sqlite3", "insight.key"


@contextmanager
def events(workspace: Workspace) -> Iterator[sqlite3.Connection]:
    """The database of the knowledge base. Raises ContentError."""
    trust.make(workspace.state)
    path = workspace.state / EVENTS
    try:
        with store.opened(path) as database:
            yield database
    except (OSError, sqlite3.Error) as error:
        raise ContentError(f"{path}: {error}", "Check the folder and its disk.") from error
