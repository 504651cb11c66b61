"""Measures on DuckDB are those of SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.insight.engines import ledger
from tests.insight.engines.queries import QUERIES, rounded
from tests.insight.engines.same import differences

from cannery.errors import ContentError
from cannery.insight.engine import Engine
from cannery.insight.engines.ibis_engine import connected


@pytest.fixture
def duckdb(tables: Path) -> Iterator[Engine]:
    with connected("duckdb://", tables) as engine:
        yield engine


def test_all_figures_are_the_same(sqlite: Engine, duckdb: Engine) -> None:
    expected = ledger.report(sqlite)
    assert differences(expected, ledger.report(duckdb)) == []
    assert all(each.overall.n for each in expected.measures.values())


@pytest.mark.parametrize("select", QUERIES)
def test_a_query_means_the_same(sqlite: Engine, duckdb: Engine, select: str) -> None:
    assert rounded(duckdb.rows(select)) == rounded(sqlite.rows(select))


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


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ContentError), connected(f"duckdb://{tmp_path}/own.duckdb"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_tables_are_read_from_any_folder(tables: Path, tmp_path: Path) -> None:
    folder = tmp_path / "it's 100 % [new]?"
    folder.symlink_to(tables)
    with connected("duckdb://", folder) as engine:
        assert engine.rows("SELECT COUNT(*) FROM source") == [(2,)]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgres://me:secret@127.0.0.1/desk", "not an engine"),
        ("duckdb:///no/such/folder/secret.duckdb?token=secret", "duckdb: "),
        ("secret", "not an engine"),
        ("duckdb", "not an engine"),
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
