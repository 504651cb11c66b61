"""A kind of personal part: what it looks like, and what it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cannery.capture.personal_span import PersonalSpan, Placeholder

Test = Callable[[re.Match[str]], bool]

# Letters as Japanese keyboards also write them; each stays one, so that places stay what they are.
_NARROW = {code: code - 0xFEE0 for code in map(ord, "０１２３４５６７８９，＃＠／－．：＋＝？＆＿")}
_NARROW |= {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_NARROW |= {ord("￥"): ord("¥"), ord("‐"): ord("-"), ord("−"): ord("-"), ord("‑"): ord("-")}
_NEAR = 60  # letters that a word may stand before what it tells of


class Kind(NamedTuple):
    """`pattern` has a group `v` for the part, and may have `p` for what of it is to change.

    `accepts` tells whether a match is one; `proves`, whether the text shows that it is the fact of
    the ticket that the placeholder names.
    """

    placeholder: Placeholder
    pattern: re.Pattern[str]
    accepts: Test = bool
    proves: Test = bool


def narrow(text: str) -> str:
    """The text with half-width letters, each in its place."""
    return text.translate(_NARROW)


def spans(kind: Kind, text: str, narrowed: str) -> Iterator[PersonalSpan]:
    """The parts of a kind. Patterns look at `narrowed`; the parts have what was written."""
    for match in kind.pattern.finditer(narrowed):
        if kind.accepts(match):
            placeholder = kind.placeholder
            if placeholder.source and not kind.proves(match):
                placeholder = placeholder._replace(source="")
            yield span_of(match, placeholder, text)


def span_of(match: re.Match[str], placeholder: Placeholder, text: str = "") -> PersonalSpan:
    """The span of the match's group `v`, of which `p` changes if there is such a group."""
    text = text or match.string
    start, end = match.span("v")
    first, last = match.span("p") if "p" in match.re.groupindex else (-1, -1)
    if first < 0:
        first, last = start, end
    return PersonalSpan(start, end, text[start:end], placeholder, text[start:first], text[last:end])


def before(match: re.Match[str], length: int = _NEAR) -> str:
    """What stands before a part in its line."""
    start = match.start("v")
    begin = max(match.string.rfind("\n", 0, start) + 1, start - length)
    return match.string[begin:start]


def after(match: re.Match[str], length: int = _NEAR) -> str:
    """What stands behind a part in its line."""
    end = match.end("v")
    line = match.string.find("\n", end)
    return match.string[end : min(len(match.string) if line < 0 else line, end + length)]


def line_of(match: re.Match[str]) -> str:
    """The part's line, as far as it is near."""
    return before(match) + match["v"] + after(match)


def pattern(source: str) -> re.Pattern[str]:
    """Of letters, digits and edges as ASCII has them: beside Japanese ones, a word ends too."""
    return re.compile(source, re.MULTILINE | re.ASCII)
