"""The line of each key of a front matter, also of those within others: a fault is told there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import yaml

from cannery.content.split import LINE_END, split
from cannery.content.yamltext import LOADER, UnreadableError, even, read
from cannery.util.text import composed

# `"` and `'` may stand before a key that needs them; a block's inner lines are indented.
KEY = re.compile(r"""^(["']?)([^\s#:"'-][^:"']*+)\1[ \t]*:(?=\s|$)""")
_STEP = re.compile(r"[^.\[\]]+")
_SWALLOWED = re.compile(
    r"[ \t]++(#[^\s#!][^\r\n]{0,40})"
)  # people put a blank behind a comment's sign


def key_lines(text: str) -> dict[str, int]:
    """The 1-based line in the file of each top-level key of its front matter."""
    lines_by_key: dict[str, int] = {}
    parts = split(text)
    for number, line in enumerate(LINE_END.split(parts.header), start=parts.header_line):
        if match := KEY.match(line):
            lines_by_key.setdefault(match[2].rstrip(), number)
    return lines_by_key


def line_of(text: str, key: str) -> int:
    """The 1-based line of a front matter key; a dotted one lies within others."""
    top, lines = key.split(".", maxsplit=1)[0], key_lines(text)
    parts = split(text)
    inner = InnerLines(parts.header, parts.header_line).line(key) if top != key else None
    return inner or lines.get(top, 1)


def swallowed(header: str, first: int) -> Iterator[tuple[int, str]]:
    """What stands behind values without quotes, and is a comment to YAML: `Order #12` is Order.

    Each with its 1-based line; `first` is the header's.
    """
    if " #" not in header and "\t#" not in header:
        return
    with suppress(yaml.YAMLError):  # told elsewhere
        for event in yaml.parse(even(header), Loader=LOADER):
            if isinstance(event, yaml.ScalarEvent) and event.value and not event.style:
                mark: Any = event.end_mark
                if match := _SWALLOWED.match(header, mark.index):
                    yield mark.line + first, match[1]


class InnerLines:
    """The lines of values within others: `fields.slot.choices[1]`, `tags[2]`, `actions.status`."""

    def __init__(self, text: str, first: int) -> None:
        """Of a text that begins in the 1-based line `first`; none where it is no YAML."""
        self._first = first
        self._root: Any = None
        with suppress(UnreadableError):  # told elsewhere; what can be read is no danger to compose
            read(text)
            self._root = yaml.compose(even(text), Loader=LOADER)

    def line(self, key: str) -> int | None:
        """The 1-based line of a key, or of the nearest one that it belongs to; None if unknown."""
        node, line = self._root, None
        for step in _STEP.findall(key):
            node, at = _within(node, step)
            if node is None:
                break
            line = at
        return None if line is None else line + self._first


def _within(node: yaml.Node | None, step: str) -> tuple[yaml.Node | None, int]:
    """The node that a step leads to, and its 0-based line: that of its key, if it has one."""
    if isinstance(node, yaml.MappingNode):
        pairs = [pair for pair in node.value if composed(str(pair[0].value)) == step]
        if not pairs and step.isdigit():
            pairs = node.value[int(step) :]
        return (pairs[0][1], pairs[0][0].start_mark.line) if pairs else (None, 0)
    if isinstance(node, yaml.SequenceNode):
        items = [item for item in node.value if _name(item) == step]
        if not items and step.isdigit():
            items = node.value[int(step) :]
        return (items[0], items[0].start_mark.line) if items else (None, 0)
    return None, 0


def _name(item: yaml.Node) -> str:
    """What an item of a list of fields calls itself."""
    if isinstance(item, yaml.MappingNode):
        names = [value.value for key, value in item.value if key.value == "name"]
        return composed(str(names[0])) if names else ""
    return composed(str(item.value)) if isinstance(item, yaml.ScalarNode) else ""
