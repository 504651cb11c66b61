"""A reply's text with what is missing in it."""

from __future__ import annotations

import re

from textual.content import Content

from cannery.reply.form import HOLE
from cannery.util.plain import clean

_HOLE = re.compile(f"({HOLE[0]}[^{HOLE[0]}{HOLE[1]}]*+{HOLE[1]})")


def with_holes(text: str) -> Content:
    """The text, with what is missing marked in its place."""
    pieces = _HOLE.split(clean(text))
    return Content.assemble(
        *((piece[1:-1], "reverse") if number % 2 else piece for number, piece in enumerate(pieces))
    )
