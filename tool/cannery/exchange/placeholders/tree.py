"""A desk's text as a tree: what is text, what the desk fills in, what steers it, what is broken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Text(NamedTuple):
    written: str


class Literal(NamedTuple):
    """Text that looks like a placeholder and is none: in code, or in `{% raw %}`."""

    written: str
    shown: str


class Filter(NamedTuple):
    """A filter and its arguments, each a name, a number or a text between quotes."""

    name: str
    arguments: tuple[str, ...] = ()


class Value(NamedTuple):
    """What a desk fills in: a name, or a text between quotes. `fallback` is for want of it."""

    head: str
    filters: tuple[Filter, ...] = ()
    fallback: str | None = None
    written: str = ""


class Token(NamedTuple):
    """A word of a tag: a `path`, a `string` with its quotes, a `number` or a `sign`."""

    kind: str
    text: str


class Tag(NamedTuple):
    """`{% if a == b %}`: its name, and the rest as words."""

    name: str
    tokens: tuple[Token, ...]
    written: str


class Broken(NamedTuple):
    """What was meant for a placeholder, and no desk can read. `head` is a name that it tells."""

    written: str
    why: str
    head: str = ""


Node = Text | Literal | Value | Tag | Broken
Tree = tuple[Node, ...]


def as_written(tree: Sequence[Node]) -> str:
    """The text that a tree was read from, letter by letter, or was made to be."""
    return "".join(node.written for node in tree)


def joined(nodes: Sequence[Node]) -> Tree:
    """The nodes without empty texts, those that meet as one."""
    tree: list[Node] = []
    for node in nodes:
        last = tree[-1] if tree else None
        if isinstance(node, Text) and isinstance(last, Text):
            tree[-1] = Text(last.written + node.written)
        elif node.written:
            tree.append(node)
    return tuple(tree)
