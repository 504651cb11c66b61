"""The tables that measures look at, as Parquet files: how an engine gets them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from cannery.model.ticket_event import DIMENSIONS, EventKind

# Whom a ticket was handed to, by a number within it; in the order of those it stands for.
_HOLDER = f"""
CASE WHEN kind = {EventKind.ASSIGNED:d} AND detail <> '' THEN '#' || (
    SELECT 100000 + count(DISTINCT other.detail) FROM event AS other
    WHERE other.ticket = event.ticket AND other.kind = event.kind AND other.detail <= event.detail
) ELSE detail END"""  # noqa: S608 - our own number
_ROWS = 100_000  # of a batch, in memory at once
# No hashes of the desk's ids: numbers are enough to join by. Nothing tells of persons beyond one
# ticket, so that nobody can rank them: no measure asks for actors.
TABLES: Mapping[str, pa.Schema] = {
    "ticket": pa.schema(
        [
            ("id", pa.int64()),
            ("created_at", pa.int64()),
            *((name, pa.string()) for name in DIMENSIONS),
        ]
    ),
    "event": pa.schema(
        [
            ("ticket", pa.int64()),
            ("at", pa.int64()),
            ("kind", pa.int64()),
            ("detail", pa.string()),
            ("value", pa.float64()),
        ]
    ),
    "source": pa.schema([("name", pa.string()), ("ends_at", pa.int64())]),
}


def write_tables(
    database: sqlite3.Connection, folder: Path, told: Callable[[int], object]
) -> Mapping[str, int]:
    """Write a file for each table, and how many rows it has; `told` hears of each batch's.

    Raises OSError, sqlite3.Error.
    """
    return {name: _write(database, name, folder / f"{name}.parquet", told) for name in TABLES}


def _write(
    database: sqlite3.Connection, table: str, path: Path, told: Callable[[int], object]
) -> int:
    schema, count = TABLES[table], 0
    names = ", ".join(_HOLDER if name == "detail" else name for name in schema.names)
    rows = database.execute(f"SELECT {names} FROM {table}")  # noqa: S608 - our own names
    with ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := rows.fetchmany(_ROWS):
            columns = zip(schema, zip(*batch, strict=True), strict=True)
            arrays = [pa.array(values, type=field.type) for field, values in columns]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(batch)
            told(len(batch))
    return count
