"""The patterns of fields: a stranger's regular expressions, within bounds."""

from __future__ import annotations

import re

MAX_PATTERN = 500
_MAX_ATOMS = 10_000  # with each repeat spelt out: a compiled one takes memory for them
_PIECE = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?:\d{0,20},)?(?P<most>\d{1,20})(?:,)?\}|.", re.DOTALL
)


def is_too_large(pattern: str) -> bool:
    """Whether it is too long, or repeats too much, to be tried at all."""
    return len(pattern) > MAX_PATTERN or _atoms(pattern) > _MAX_ATOMS


def _atoms(pattern: str) -> int:
    """How many single characters it asks for, with each repeat spelt out."""
    open_groups: list[int] = []
    total = last = 0
    for piece in _PIECE.finditer(pattern):
        text = piece[0]
        if text == "(":
            open_groups.append(total)
            total = last = 0
        elif text == ")":
            last = max(1, total)
            total = last + (open_groups.pop() if open_groups else 0)
        elif piece["most"]:
            total += last * (int(piece["most"]) - 1)
            last *= int(piece["most"])
        else:
            last = 1
            total += 1
    return max(total, *open_groups, 0)
