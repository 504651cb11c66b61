"""Rows as CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from cannery.util.plain import clean

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CALLS = frozenset("=|!(")  # a comparison, another program, another sheet, a function


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with a heading; None is an empty cell."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return table.getvalue()


def _cell(value: object) -> object:
    """A text that no spreadsheet takes for a formula: with an apostrophe, as OWASP advises."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) and not _is_list(text) else text


def _is_list(text: str) -> bool:
    """Whether it begins as a list does, and has nothing by which a formula would do anything."""
    return text.startswith("- ") and _CALLS.isdisjoint(text)
