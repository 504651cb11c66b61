"""The rows of a CSV file, each with its line: separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import lru_cache

from cannery.exchange.json_records import Placed
from cannery.exchange.source import UnreadableError

_SEPARATORS = (",", ";", "\t")
_MAX_ROWS = 50_000
_MAX_COLUMNS = 200
_GAP = re.compile(r"[\s_-]+")


@lru_cache(maxsize=4)  # each format looks at a file before one reads it
def read_csv(text: str) -> tuple[Placed, ...]:
    """The rows below the header, each as a dict of texts by column, in small letters and with `_`.

    Raises UnreadableError for what is no table, with the line.
    """
    separator = max(_SEPARATORS, key=lambda one: _columns(text, one))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Placed] = []
    try:
        names = [column_name(name) for name in next(reader, [])]
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(Placed(line, dict(zip(names, row, strict=False))))
            line = reader.line_num + 1
            if len(rows) > _MAX_ROWS:
                raise UnreadableError(f"more than {_MAX_ROWS:,} rows", line)
    except csv.Error as error:
        raise UnreadableError(f"not CSV: {error}", reader.line_num) from error
    if len(names) > _MAX_COLUMNS:
        raise UnreadableError(f"more than {_MAX_COLUMNS} columns", 1)
    return tuple(rows)


def column_name(written: str) -> str:
    """`Comment Value` is comment_value."""
    return _GAP.sub("_", written.strip().lower())


def _columns(text: str, separator: str) -> int:
    """How many columns the header has with this separator."""
    lines: Iterator[str] = iter([text[: text.find("\n") + 1] or text])
    try:
        return len(next(csv.reader(lines, delimiter=separator), []))
    except csv.Error:
        return 0
