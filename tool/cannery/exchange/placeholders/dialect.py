"""How one desk writes what it fills in: what `exchange/placeholders` has a file for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cannery.exchange.placeholders.named import Name
from cannery.exchange.placeholders.tree import Node, Tree, Value


def _nothing_special(_: str) -> Name | None:
    return None


def _as_it_is(tree: Tree) -> Sequence[Node]:
    return tree


def _nothing_there(_: str) -> str:
    return ""


def _same(value: Value) -> Value:
    return value


class Dialect(NamedTuple):
    """A desk's placeholders, read and written.

    `desk` and `kind` name its row in `content/desk_names.json`. `write` is the placeholder for a
    value, its fallback included; it raises ValueError for what the desk has no way to say. `name`
    knows names that no table can list, and `there` the way back. `together` makes one value of
    several nodes that mean one, `value` rewrites one that the desk writes in its own way. `tags`
    tells whether the desk has Liquid's; `lacks` are names of ours that its row has for other
    reasons.
    """

    desk: str
    kind: str
    parse: Callable[[str], Tree]
    write: Callable[[Value], str]
    name: Callable[[str], Name | None] = _nothing_special
    together: Callable[[Tree], Sequence[Node]] = _as_it_is
    value: Callable[[Value], Value] = _same
    there: Callable[[str], str] = _nothing_there
    tags: bool = False
    lacks: frozenset[str] = frozenset()
