"""Pieces of a text between marks, and the lines that they stand on, in one pass over the text.

A pattern such as `<!--.*?-->` looks through all that is left of the text again for each mark that
nothing closes, which a stranger can write a hundred thousand times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping


class Lines:
    """Tells the lines of places in a text: fast where they are asked for in rising order."""

    def __init__(self, text: str, first: int = 1) -> None:
        self._text, self._first = text, first
        self._at, self._line = 0, first

    def of(self, index: int) -> int:
        """The number of the line that a place is on; `first` is that of the first line."""
        if index < self._at:
            self._at, self._line = 0, self._first
        self._line += self._text.count("\n", self._at, index)
        self._at = index
        return self._line


def between(text: str, marks: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Where pieces stand, from each opening mark to the first closing one of its own behind it.

    What nothing closes is no piece.
    """
    opening = re.compile("|".join(map(re.escape, marks)))
    unclosed: set[str] = set()
    at = 0
    while match := opening.search(text, at):
        at = match.end()
        if match[0] in unclosed:
            continue
        closing = marks[match[0]]
        end = text.find(closing, at)
        if end < 0:
            unclosed.add(match[0])  # nor is any that comes later
            continue
        at = end + len(closing)
        yield match.start(), at
