"""Texts of desks that mark a value by one pair of signs: `#{name}`, `%{name}`, `{%name%}`.

What looks like Liquid in them means nothing to the desk, and is told apart all the same: here it
would be filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cannery.exchange.placeholders import liquid_marks
from cannery.exchange.placeholders.tree import Broken, Node, Text, Tree, Value, joined


def parse(text: str, pattern: re.Pattern[str], read: Callable[[re.Match[str]], Node]) -> Tree:
    """The text as a tree: `read` makes a node of each match of the pattern."""
    return joined([*_nodes(text, pattern, read)])


def _nodes(
    text: str, pattern: re.Pattern[str], read: Callable[[re.Match[str]], Node]
) -> Iterator[Node]:
    at = 0
    for match in pattern.finditer(text):
        yield from liquid_marks.parse(text[at : match.start()], fills_code=True)
        yield read(match)
        at = match.end()
    yield from liquid_marks.parse(text[at:], fills_code=True)


def closed(match: re.Match[str], node: Value | None) -> Node:
    """The node of a match, which is broken if it has no end or nothing that can be read."""
    if node is not None:
        return node
    if match[0][-1:] != "}":
        return Broken(match[0], "nothing closes it", match["open"] or "")
    return Broken(match[0], "no desk can read it") if match[0].strip("#%{} ") else Text(match[0])
