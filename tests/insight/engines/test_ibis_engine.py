"""Measures on DuckDB are those of SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.insight.engines import ledger
from tests.insight.engines.same import differences

from cannery.errors import ContentError
from cannery.insight import store
from cannery.insight.engine import Engine, SqliteEngine
from cannery.insight.engines.ibis_engine import connected
from cannery.insight.engines.tables import write_tables

_SO_FAR = """SELECT ticket, at, SUM(kind) OVER (PARTITION BY ticket ORDER BY at, kind, detail
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far FROM event
    ORDER BY ticket, at, kind, detail LIMIT 500"""
_BEFORE = """SELECT ticket, LAG(at) OVER (PARTITION BY ticket ORDER BY at, kind, detail) AS before
    FROM event ORDER BY ticket, at, kind, detail LIMIT 500"""


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


@pytest.fixture
def duckdb(tables: Path) -> Iterator[Engine]:
    with connected("duckdb://", tables) as engine:
        yield engine


def test_all_figures_are_the_same(sqlite: Engine, duckdb: Engine) -> None:
    expected = ledger.report(sqlite)
    assert differences(expected, ledger.report(duckdb)) == []
    assert all(each.overall.n for each in expected.measures.values())


@pytest.mark.parametrize(
    "select",
    [
        "SELECT CAST(7 AS REAL) / 2",
        "SELECT (CAST(7 AS REAL) * 3 - 1) / 4 * 1.5",
        "SELECT 7 % 3, -7 % 3",
        "SELECT SUM(n), AVG(n), MIN(n), COUNT(*), COUNT(n) FROM (SELECT NULL AS n UNION ALL SELECT 5)",
        "SELECT n FROM (SELECT NULL AS n UNION ALL SELECT 5 UNION ALL SELECT -5) AS rows_ ORDER BY n",
        "SELECT n FROM (SELECT NULL AS n UNION ALL SELECT 5) AS rows_ ORDER BY n DESC",
        "SELECT MAX(5, NULL), MIN(5, 3), MAX(2, 9)",
        "SELECT CAST(4000000000 AS INTEGER) * 4",
        "SELECT SUM(at) FROM event",
        "SELECT SUM(1.5 * kind), SUM(0.1 * (at % 7)) FROM event",
        "SELECT MIN(actor), MAX(actor), COUNT(DISTINCT actor) FROM event WHERE actor <> x''",
        "SELECT MIN(section), MAX(section), COUNT(DISTINCT section) FROM ticket",
        "SELECT section, COUNT(*) FROM ticket GROUP BY section ORDER BY section",
        _SO_FAR,
        _BEFORE,
    ],
)
def test_a_query_means_the_same(sqlite: Engine, duckdb: Engine, select: str) -> None:
    expected = sqlite.rows(select)
    assert _rounded(duckdb.rows(select)) == _rounded(expected)


def _rounded(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [
        tuple(round(value, 6) if isinstance(value, float) else value for value in row)
        for row in rows
    ]


@pytest.mark.parametrize(
    "select", ["SELECT at / 60 FROM event", "SELECT SUM(kind) / COUNT(*) FROM event"]
)
def test_a_division_of_integers_is_refused(duckdb: Engine, select: str) -> None:
    with pytest.raises(ValueError, match="must be a REAL"):
        duckdb.rows(select)


def test_a_table_takes_the_place_of_one_of_its_name(duckdb: Engine) -> None:
    for count in (3, 2):
        duckdb.fill(
            "slot", ("number", "label"), ((number, f"'{number}") for number in range(count))
        )
        duckdb.make("fact", "SELECT number, label FROM slot")
    assert duckdb.rows("SELECT number, label FROM fact ORDER BY number") == [(0, "'0"), (1, "'1")]


def test_a_table_without_rows_has_its_columns(duckdb: Engine) -> None:
    duckdb.fill("slot", ("number",), [])
    assert duckdb.rows("SELECT COUNT(*), SUM(number) FROM slot") == [(0, None)]


def test_tables_may_be_the_engines_own(tables: Path, tmp_path: Path) -> None:
    import duckdb

    with duckdb.connect(tmp_path / "own.duckdb") as own:
        for name in ("ticket", "event", "source"):
            own.read_parquet(f"{tables}/{name}.parquet").create(name)
    with (
        connected(f"duckdb://{tmp_path}/own.duckdb") as engine,
        sqlite3.connect(tables / "insight.sqlite3") as database,
    ):
        select = "SELECT COUNT(*), SUM(ticket), SUM(at) FROM event"
        assert engine.rows(select) == database.execute(select).fetchall()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgres://me:secret@127.0.0.1/desk", "not an engine"),
        ("duckdb:///no/such/folder/secret.duckdb?token=secret", "duckdb: "),
        ("secret", "not an engine"),
    ],
)
def test_what_cannot_be_reached_is_told_without_its_secrets(address: str, reason: str) -> None:
    with pytest.raises(ContentError, match=reason) as caught, connected(address):
        pass
    assert "=secret" not in f"{caught.value} {caught.value.hint}"
    assert "me:secret" not in f"{caught.value} {caught.value.hint}"


def test_an_engine_without_the_tables_says_what_is_missing() -> None:
    with pytest.raises(ContentError, match="event"), connected("duckdb://") as engine:
        engine.rows("SELECT * FROM event")
