"""What a merge has left in a text that no one decided: both sides, between Git's markers."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cannery.content.fences import fenced_lines
from cannery.content.split import LINE_END
from cannery.util.lazy_pattern import LazyPattern

_OPENING, _MIDDLE, _CLOSING = "<<<<<<<", "=======", ">>>>>>>"
_MARKER = LazyPattern(r"(<{7}|={7}|>{7})(?:$| .)")


def conflict_line(text: str) -> int:
    """The 1-based line of the first conflict; 0 if there is none. An example in code is none.

    One of the three markers alone may be a heading's underline, or a mail quoted seven times.
    """
    return next((first for first, _ in _conflicts(text)), 0)


def without_conflicts(text: str, mark: str) -> str:
    """The text with a paragraph in the place of each conflict. It has as many lines as before."""
    found = [*_conflicts(text)]
    if not found:
        return text
    lines = LINE_END.split(text)
    for first, last in found:
        lines[first - 1 : last] = ["", mark, *[""] * (last - first - 1)]
    return "\n".join(lines)


def _conflicts(text: str) -> Iterator[tuple[int, int]]:
    """The first and the last line of each conflict."""
    if _OPENING not in text or _CLOSING not in text or _MIDDLE not in text:
        return
    lines = LINE_END.split(text)
    code: Collection[int] | None = fenced_lines("\n".join(lines))
    begun = middle = 0
    for number, line in enumerate(lines, 1):
        match = _MARKER.match(line)
        if not match or (code and number in code and not begun):
            continue
        if match[1] == _OPENING:
            begun, middle = number, 0
        elif match[1] == _MIDDLE:
            middle = begun and number
        elif middle:
            yield begun, number
            begun = middle = 0
