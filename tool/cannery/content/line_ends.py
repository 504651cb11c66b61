"""Line ends of a macro, which are line ends in the mail that it becomes.

In Markdown a single line end is a blank. So it is written with a backslash before it, which all
formats and all other programs take for one; an editor shows it without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from cannery.content.inline_html import BREAK
from cannery.content.markdown import parse

if TYPE_CHECKING:
    from cannery.content.markdown import Token

_SINGLE = re.compile(r"[^\n]\n[^\n]")
_BREAK = "\\"


def kept(text: str) -> str:
    """The text with each single line end in a paragraph as one that is meant."""
    return _changed(text, "softbreak", lambda line: line.rstrip(" \t") + _BREAK)


def plain(text: str) -> str:
    """The text as it was before `kept`."""
    return _changed(text, "hardbreak", _without_break)


def _without_break(line: str) -> str:
    """The line as an editor shows it: a blank one would end its paragraph, and keeps the break."""
    shorter = line.removesuffix(_BREAK)
    return shorter if shorter.strip(" \t>") else line


def _changed(text: str, kind: str, change: Callable[[str], str]) -> str:
    """The text with the lines changed that end in a break of a kind."""
    text = with_newlines(text)
    if not _SINGLE.search(text):
        return text
    lines = text.split("\n")
    # An address may hold what would begin code.
    for token in parse(text, bare_links="`" in text):
        for number in line_numbers(token, kind, lines):
            lines[number] = change(lines[number])
    return "\n".join(lines)


def with_newlines(text: str) -> str:
    """The text with the line ends that the parser counts its lines by."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def line_numbers(token: Token, kind: str, lines: Sequence[str]) -> Iterator[int]:
    """The 0-based lines that end in a break of a kind, of the block that has the token inside."""
    if not token.map or not token.children:
        return
    first, behind = token.map
    while first < behind and not lines[first].strip():
        first += 1  # full-width blanks, which the block has lost
    seen, is_broken = 0, False
    for child in token.children:
        if child.type in ("softbreak", "hardbreak"):
            at = int(child.meta["at"])
            first += token.content.count("\n", seen, at)
            seen = at
            if child.type == kind and child.markup != BREAK and not is_broken:
                yield first
        is_broken = child.markup == BREAK  # the line ends there already
