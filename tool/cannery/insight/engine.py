"""Where measures run: they are SQL that SQLite and larger engines read alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Protocol


class Engine(Protocol):
    """Has the tables `ticket` and `event` of schema.sql, and makes others for a while.

    The SQL is SQLite's, as far as DuckDB and Spark know it too: no julianday, no strftime, no
    `rowid`; times are seconds, and what depends on a calendar is a table to be joined.
    """

    def make(self, table: str, select: str) -> None:
        """Make a temporary table of a query, in the place of one of that name."""

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Make a temporary table of integers and texts, in the place of one of that name."""

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """What a query answers."""


class SqliteEngine:
    """Measures over the database itself."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def make(self, table: str, select: str) -> None:
        """As Engine says."""
        self._database.execute(f"DROP TABLE IF EXISTS temp.{table}")
        self._database.execute(f"CREATE TEMP TABLE {table} AS {select}")

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """As Engine says."""
        names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        self._database.execute(f"DROP TABLE IF EXISTS temp.{table}")
        self._database.execute(f"CREATE TEMP TABLE {table} ({names})")
        # All rows at once: each by itself is a transaction, which takes ten times as long.
        self._database.execute("SAVEPOINT fill")
        self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own SQL
        self._database.execute("RELEASE fill")
        # SQLite makes no index by itself for what is joined by a sum: 7 s for 5,000 tickets.
        # The other columns are in it, so that the table itself need not be read.
        for name in (column for column in columns if column.endswith("_at")):
            covered = ", ".join([name, *(column for column in columns if column != name)])
            self._database.execute(f"CREATE INDEX temp.{table}_{name} ON {table} ({covered})")

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """As Engine says."""
        return self._database.execute(select).fetchall()
