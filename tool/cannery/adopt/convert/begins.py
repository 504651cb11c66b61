"""Lines whose beginning would mean something, in a paragraph in which it does not."""

from __future__ import annotations

import re

_BEGINS = re.compile(
    r"^([ \t]*)(?:([*#>+-])(?=[ \t]|$|[#>-])|(\d{1,9})([.)])(?=[ \t])|(!!!|\?\?\?|===|:::|\|))",
    re.MULTILINE,
)


def escaped_begin(text: str) -> str:
    """Lines of a paragraph that Markdown would take for more than that by their beginnings."""
    return _BEGINS.sub(_behind_backslash, text)


def escaped_first(text: str) -> str:
    """A text whose first line Markdown would take for more than a paragraph's."""
    found = _BEGINS.match(text)
    return f"{_behind_backslash(found)}{text[found.end() :]}" if found else text


def _behind_backslash(found: re.Match[str]) -> str:
    blanks, sign, number, dot, words = found.groups()
    if number:
        return f"{blanks}{number}\\{dot}"
    return f"{blanks}\\{sign or words}"
