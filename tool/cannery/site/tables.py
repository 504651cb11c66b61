"""How much room the columns of a table need, where it is wider than its page."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from cannery.content.markdown import Node
from cannery.site.elements import plain

_MUCH, _MORE = 24, 70  # letters of a cell, a wide one counted as two
_ENOUGH = 500  # letters that are looked at


def column_classes(table: Node) -> tuple[str, ...]:
    """A class for the head of each column: empty, or one that keeps it from being squeezed."""
    widths: list[int] = []
    for row in _rows(table):
        for at, cell in enumerate(row.children):
            if at == len(widths):
                widths.append(0)
            widths[at] = max(widths[at], _width(plain(cell.children)[:_ENOUGH]))
    return tuple(map(_class, widths))


def _rows(table: Node) -> Iterator[Node]:
    for part in table.children:
        yield from part.children


def _class(width: int) -> str:
    return "kb-table-long" if width > _MORE else "kb-table-text" if width > _MUCH else ""


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
