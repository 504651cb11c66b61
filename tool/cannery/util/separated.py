"""Which sign separates the cells of a text: programs write commas, semicolons or tabs."""

from __future__ import annotations

import csv
from io import StringIO

_SEPARATORS = ",;\t"
_LOOKED_AT = 20  # rows by which the separator is told
_MOST_COLUMNS = 200


def separator_of(text: str) -> str:
    """The separator of a table, by its first rows."""
    return max(_SEPARATORS, key=lambda sign: _fitness(text, sign))


def _fitness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first rows have as many cells as the first one, and how many these are.

    Where the rows can't be told apart, how often the separator stands in the text.
    """
    widths: list[int] = []
    try:
        for cells in csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True):
            if any(cell.strip() for cell in cells):
                widths.append(len(cells))
            if len(widths) >= _LOOKED_AT:
                break
    except csv.Error:
        return 0, text.count(separator)
    if not widths or widths[0] == 1 or widths[0] > _MOST_COLUMNS:
        return 0, 0
    return widths.count(widths[0]), widths[0]
