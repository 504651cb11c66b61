"""Text that looks like a placeholder to a desk, and must stay as it is.

Desks fill in what agents write: a customer's own words, quoted in an answer, would be a template
there, and could tell what only agents may read.
"""

from __future__ import annotations

import re

JOINER = "\u2060"  # no width, and no end of a line
_BEGINNING = re.compile(r"\{(?=[{%])|#(?=\{)")  # of {{, {% and #{
_CODE = (("<code", "</code>"), ("<pre", "</pre>"))


def unfilled_html(html: str) -> str:
    """The HTML with a word joiner in each such sign, but for code, which desks leave alone."""
    pieces: list[str] = []
    at = 0
    while at < len(html):
        start, end = _next_code(html, at)
        pieces += (unfilled(html[at:start]), html[start:end])
        at = end
    return "".join(pieces)


def unfilled_markdown(text: str) -> str:
    """The Markdown with a word joiner in each such sign, but for what is between backticks."""
    pieces = text.split("`")
    last = len(pieces) - 1  # no backtick closes what comes after the last one
    return "`".join(
        piece if number % 2 and number < last else unfilled(piece)
        for number, piece in enumerate(pieces)
    )


def unfilled(text: str) -> str:
    return _BEGINNING.sub(rf"\g<0>{JOINER}", text)


def _next_code(html: str, at: int) -> tuple[int, int]:
    """Where the next code begins and ends; the end twice where none follows that has an end."""
    starts = [(html.find(begin, at), end) for begin, end in _CODE]
    start, end = min((one for one in starts if one[0] >= 0), default=(len(html), ""))
    stop = html.find(end, start) if end else -1
    return (start, stop + len(end)) if stop >= 0 else (len(html), len(html))
