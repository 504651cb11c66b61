"""Which lines of a text are fenced code, without parsing it."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(?!.*`)|[ \t]+(`{3,}|~{3,})(?!.*`)| {0,3}(~{3,})")
_ODD = re.compile(r"[ \t>*+\-\d.)]*+(?:`{3,}|~{3,})")


def fenced_lines(text: str) -> frozenset[int] | None:
    """The 1-based lines of fenced blocks, at the margin or indented in lists.

    None where only a parser can tell: fences in quotes, or behind the sign of a list.
    """
    numbers: set[int] = set()
    fence, is_deep = "", False
    for number, line in enumerate(text.split("\n"), 1):
        if "```" not in line and "~~~" not in line:
            if fence and is_deep and line[:1].strip():
                return None  # the list that the fence stands in is over
            if fence:
                numbers.add(number)
            continue
        opens = _FENCE.match(line)
        mark = (opens[1] or opens[2] or opens[3]) if opens else ""
        if fence:
            numbers.add(number)
            if mark.startswith(fence) and not line.strip(" \t`~"):
                fence = ""
            elif is_deep and line[:1].strip():
                return None
        elif opens:
            numbers.add(number)
            fence, is_deep = mark, opens[2] is not None
        elif _ODD.match(line):
            return None
    return frozenset(numbers)
