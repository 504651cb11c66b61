"""Keywords that a desk keeps as one text."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COMMA = re.compile(r"[,;、]")


def words(keywords: Iterable[str]) -> str:
    """The keywords as one text; a comma tells that one of several words is one."""
    kept = [*keywords]
    joined = ", ".join(kept)
    return f"{joined}," if len(kept) == 1 and " " in joined else joined


def listed(text: str) -> list[str]:
    """The keywords of a text, between commas if it has some, else between blanks."""
    found = _COMMA.split(text) if _COMMA.search(text) else text.split()
    return sorted({word.strip() for word in found if word.strip()})
