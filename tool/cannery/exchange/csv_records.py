"""A CSV whose first row names its columns, as records: a dict for each row below."""

from __future__ import annotations

import re
from functools import lru_cache

from cannery.exchange.csv_rows import read_csv
from cannery.exchange.json_records import Placed

_GAP = re.compile(r"[\s_-]+")


@lru_cache(maxsize=4)  # each format looks at a file before one reads it
def csv_records(text: str) -> tuple[Placed, ...]:
    """The rows as texts by column, with their lines. Raises UnreadableError for what is no CSV."""
    rows = read_csv(text)
    names = [column_name(name) for name in rows[0].cells] if rows else []
    return tuple(Placed(row.line, dict(zip(names, row.cells, strict=False))) for row in rows[1:])


def column_name(written: str) -> str:
    """`Comment Value` is comment_value."""
    return _GAP.sub("_", written.strip().lower())
