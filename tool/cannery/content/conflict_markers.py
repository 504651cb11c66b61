"""What a merge has left in a text that no one decided: both sides, between Git's markers."""

from __future__ import annotations

from collections.abc import Collection

from cannery.content.fences import fenced_lines
from cannery.content.split import LINE_END
from cannery.util.lazy_pattern import LazyPattern

_OPENING, _MIDDLE, _CLOSING = "<<<<<<<", "=======", ">>>>>>>"
_MARKER = LazyPattern(r"(<{7}|={7}|>{7})(?:$| .)")


def conflict_line(text: str) -> int:
    """The 1-based line of the first conflict; 0 if there is none. An example in code is none.

    One of the three markers alone may be a heading's underline, or a mail quoted seven times.
    """
    if _OPENING not in text or _CLOSING not in text or _MIDDLE not in text:
        return 0
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
            return begun
    return 0
