"""The rows of a CSV as programs and people write it: commas, semicolons or tabs, any encoding."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from io import StringIO
from typing import NamedTuple

from cannery.exchange.source import UnreadableError

MAX_ROWS, MAX_COLUMNS = 50_000, 200
_SEPARATORS = ",;\t"
_LOOKED_AT = 20  # rows by which the separator is told
_MAX_CELL = 100_000


class Row(NamedTuple):
    """A row's cells, and the 1-based line that it begins in."""

    line: int
    cells: Sequence[str]


@lru_cache(maxsize=4)  # each format looks at a file before one reads it
def read_csv(text: str) -> tuple[Row, ...]:
    """The rows that hold anything. Raises UnreadableError for more than a spreadsheet has."""
    separator = max(_SEPARATORS, key=lambda sign: _fitness(text, sign))
    return tuple(_rows(text, separator, MAX_ROWS))


def _fitness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first rows have as many cells as the first one, and how many these are.

    Where the rows can't be told apart, how often the separator stands in the text.
    """
    try:
        rows = _rows(text, separator, _LOOKED_AT, cut=True)
    except UnreadableError:
        return 0, text.count(separator)
    widths = [len(row.cells) for row in rows]
    if not widths or widths[0] == 1:
        return 0, 0
    return widths.count(widths[0]), widths[0]


def _rows(text: str, separator: str, most: int, *, cut: bool = False) -> list[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    begin = 1
    try:
        for cells in reader:
            if len(rows) >= most:
                if cut:
                    break
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
