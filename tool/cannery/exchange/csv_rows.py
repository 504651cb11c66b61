"""The rows of a CSV as programs and people write it: commas, semicolons or tabs, any encoding."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from io import StringIO
from typing import NamedTuple

from cannery.exchange.source import UnreadableError
from cannery.util.separated import separator_of

MAX_ROWS, MAX_COLUMNS = 50_000, 200
_MAX_CELL = 100_000


class Row(NamedTuple):
    """A row's cells, and the 1-based line that it begins in."""

    line: int
    cells: Sequence[str]


@lru_cache(maxsize=4)  # each format looks at a file before one reads it
def read_csv(text: str) -> tuple[Row, ...]:
    """The rows that hold anything. Raises UnreadableError for more than a spreadsheet has."""
    return tuple(_rows(text, separator_of(text), MAX_ROWS))


def _rows(text: str, separator: str, most: int) -> list[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    begin = 1
    try:
        for cells in reader:
            if len(rows) >= most:
                raise UnreadableError(f"more than {most:,} rows", begin)
            _refuse_large(cells, begin)
            if any(cell.strip() for cell in cells):
                rows.append(Row(begin, cells))
            begin = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(f"not CSV: {error}", begin) from error
    return rows


def _refuse_large(cells: Sequence[str], line: int) -> None:
    if len(cells) > MAX_COLUMNS:
        raise UnreadableError(f"more than {MAX_COLUMNS} columns", line)
    if any(len(cell) > _MAX_CELL for cell in cells):
        raise UnreadableError(f"a cell of more than {_MAX_CELL:,} characters", line)
