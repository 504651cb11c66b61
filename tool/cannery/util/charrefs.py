"""Character references of HTML, such as `&#65;` and `&lt;`, with bounds.

Python's own way makes a number of any digits that stand there, and raises ValueError for thousands
of them: one word in one article ended each search. Parsers that call it are given `bounded` text.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False  # what searches loads this
if TYPE_CHECKING:
    from re import Match

_LONG = re.compile(r"&#(?:([0-9]{20,}+)|([xX])([0-9a-fA-F]{20,}+));?")
_MOST = 8  # digits of a number that may be a character's


def bounded(text: str) -> str:
    """The text without references whose numbers have no end: as a browser reads them."""
    return _LONG.sub(_short, text) if "&#" in text else text


def unescape(text: str) -> str:
    """The text with characters in the place of their references."""
    if "&" not in text:
        return text
    from html import unescape as resolve

    return resolve(bounded(text))


def _short(match: Match[str]) -> str:
    digits = (match[1] or match[3]).lstrip("0")
    return f"&#{match[2] or ''}{digits or '0'};" if len(digits) <= _MOST else "\ufffd"
