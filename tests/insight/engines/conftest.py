"""The tickets that engines are held to each other with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.insight.engines import ledger

from cannery.insight import store
from cannery.insight.engine import Engine, SqliteEngine
from cannery.insight.engines.tables import write_tables


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database and the Parquet files of it."""
    folder = tmp_path_factory.mktemp("tables")
    ledger.fill(folder / "insight.sqlite3")
    with store.opened(folder / "insight.sqlite3") as database:
        write_tables(database, folder, int)
    return folder


@pytest.fixture
def sqlite(tables: Path) -> Iterator[Engine]:
    with store.opened(tables / "insight.sqlite3") as database:
        yield SqliteEngine(database)
