"""Measures over tables of DuckDB or Spark, which Ibis connects to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import ibis
import pyarrow as pa

from cannery.errors import ContentError
from cannery.insight.engines.dialect import translated
from cannery.insight.engines.tables import TABLES
from cannery.installation import how_to_install

Backend = Any  # Ibis' classes of engines have no types


class Kind(NamedTuple):
    """What differs from engine to engine.

    `errors`: the module and the class of what it raises. `options` are those of a connection to an
    address. `read` gives a Parquet file a name, `put`
    rows in memory. `keep` are the statements that make a {table} of a {select}.
    """

    errors: tuple[str, str]
    options: Callable[[str], Mapping[str, object]]
    read: Callable[[Backend, str, str], object]
    put: Callable[[Backend, str, pa.Table], object]
    keep: Sequence[str]
    fetch: Callable[[Any], Iterable[Sequence[Any]]]


def _put_view(backend: Backend, table: str, rows: pa.Table) -> None:
    backend.create_view(table, ibis.memtable(rows), overwrite=True)


def _view_parquet(backend: Backend, table: str, path: str) -> None:
    quoted = path.replace("'", "''")
    backend.raw_sql(f"CREATE TEMP VIEW {table} AS SELECT * FROM read_parquet('{quoted}')")  # noqa: S608 - our own name


def _only_to_read(address: str) -> Mapping[str, object]:
    """A file of DuckDB's is left as it is, and none is made where there was none."""
    return {"read_only": True} if urlsplit(address).path.strip("/") else {}


KINDS: Mapping[str, Kind] = {
    "duckdb": Kind(
        ("duckdb", "Error"),
        _only_to_read,
        # Not Ibis' own ways, which call what DuckDB has given up.
        _view_parquet,
        lambda backend, table, rows: backend.con.register(table, rows),
        ("DROP TABLE IF EXISTS {table}", "CREATE TEMP TABLE {table} AS {select}"),
        lambda answer: answer.fetchall(),
    ),
    "pyspark": Kind(
        ("pyspark.errors", "PySparkException"),
        lambda _: {},
        lambda backend, table, path: backend.read_parquet(path, table_name=table),
        _put_view,
        # A view that all workers keep the rows of: Spark has no temporary tables.
        ("DROP VIEW IF EXISTS {table}", "CACHE TABLE {table} AS {select}"),
        lambda answer: answer.collect(),
    ),
}


class IbisEngine:
    """An engine that Ibis is connected to."""

    def __init__(self, backend: Backend, kind: Kind) -> None:
        self._backend, self._kind = backend, kind

    def make(self, table: str, select: str) -> None:
        """As Engine says."""
        query = translated(select, self._backend.dialect)
        for statement in self._kind.keep:
            self._backend.raw_sql(statement.format(table=table, select=query))

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """As Engine says."""
        values = list(zip(*rows, strict=True)) or [()] * len(columns)
        arrays = [_array(each) for each in values]
        self._kind.put(self._backend, table, pa.table(arrays, names=list(columns)))

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """As Engine says."""
        answer = self._backend.raw_sql(translated(select, self._backend.dialect))
        return [tuple(_plain(value) for value in row) for row in self._kind.fetch(answer)]


def _array(values: Sequence[object]) -> pa.Array:
    array = pa.array(values)
    return array.cast(pa.int64()) if pa.types.is_null(array.type) else array


def _plain(value: object) -> object:
    """Numbers as SQLite has them: a sum of integers may be a decimal fraction without places."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


@contextmanager
def connected(address: str, folder: Path | None = None) -> Iterator[IbisEngine]:
    """The engine at an address such as duckdb:///tickets.duckdb or pyspark://.

    Its tables are its own, or the Parquet files of a folder. Raises ContentError, which leaves out
    what an address has for secrets.
    """
    scheme, is_address, _ = address.partition("://")
    kind = KINDS.get(scheme) if is_address else None
    if kind is None:
        hint = "Give an address that begins with " + " or ".join(f"{name}://" for name in KINDS)
        raise ContentError("not an engine that measures run on", f"{hint}.")
    try:
        errors = getattr(import_module(kind.errors[0]), kind.errors[1])
    except ImportError as error:
        hint = f"Run `{how_to_install(f'ibis-framework[{scheme}]')}`."
        raise ContentError(f"{scheme} is not installed", hint) from error
    try:
        backend = ibis.connect(address, **kind.options(address))
        try:
            if folder:
                for table in TABLES:
                    kind.read(backend, table, str(folder / f"{table}.parquet"))
            yield IbisEngine(backend, kind)
        finally:
            backend.disconnect()
    except errors as error:
        hint = "Check its address, and that it has the tables `ticket`, `event` and `source`."
        raise ContentError(f"{scheme}: {_without_secrets(str(error), address)}", hint) from None


def _without_secrets(text: str, address: str) -> str:
    """The first line, without what an address has behind its path or for a password."""
    parts = urlsplit(address)
    secrets = [parts.query, parts.password, *(value for _, value in parse_qsl(parts.query))]
    line = text.strip().partition("\n")[0]
    for secret in filter(None, secrets):
        line = line.replace(secret, "...")
    return line
