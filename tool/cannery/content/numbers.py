"""Numbers as people write them: `49.00` is 49 to whoever reckons, and stays `49.00` in a reply."""

from __future__ import annotations

import re

from cannery.util.text import narrowed

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,10})?")
_MINUS = "\N{MINUS SIGN}"  # which a Japanese keyboard gives on some systems


class Written:
    """A number that keeps the form in which it was written; arithmetic makes a plain one of it."""

    written = ""

    def __str__(self) -> str:
        return self.written


class Whole(Written, int):
    """As `1,000`, `007` or `49.00`."""


class Broken(Written, float):
    """As `12.50`."""


def written_number(text: str) -> Whole | Broken | None:
    """The number that a text is, in full width too; None for what is none."""
    written = narrowed(text).replace(_MINUS, "-")
    if not _NUMBER.fullmatch(written):
        return None
    number = float(written.replace(",", ""))
    value = Whole(number) if number.is_integer() else Broken(number)
    value.written = written
    return value
