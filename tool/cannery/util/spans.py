"""Pieces of a text between marks, and the lines that they stand on, in one pass over the text.

A pattern such as `<!--.*?-->` looks through all that is left of the text again for each mark that
nothing closes, which a stranger can write a hundred thousand times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_TICKS = re.compile(r"(?<!\\)(\\*+)(`++)")


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


def code_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where code stands in a part of a text: from a run of backticks to the next of its length.

    A backslash before the first run escapes it; in code it is a letter like any other.
    """
    ticks = [*_TICKS.finditer(text, start, end)]
    after: dict[int, int] = {}
    following = [0] * len(ticks)
    for number in range(len(ticks) - 1, -1, -1):
        size = len(ticks[number][2])
        is_escaped = len(ticks[number][1]) % 2
        following[number] = 0 if is_escaped else after.get(size, 0)
        after[size] = number
    number = 0
    while number < len(ticks):
        if closing := following[number]:
            yield ticks[number].start(2), ticks[closing].end()
        number = (closing or number) + 1
