"""Loops of a desk's template, over what only the desk has: each becomes one value to be given."""

from __future__ import annotations

from cannery.exchange.placeholders.tree import Broken, Node, Tag, Tree, as_written

LOOP = "a loop over what only the desk has"


def without_loops(tree: Tree) -> Tree:
    """The tree with each `{% for %}` to its end as one broken placeholder, named for its list."""
    nodes: list[Node] = []
    first, depth = 0, 0
    for number, node in enumerate(tree):
        opens = isinstance(node, Tag) and node.name == "for"
        closes = isinstance(node, Tag) and node.name == "endfor"
        first = number if opens and not depth else first
        depth += opens - (closes and depth > 0)
        if closes and not depth and isinstance(loop := tree[first], Tag) and loop.name == "for":
            written = as_written(tree[first : number + 1])
            head = loop.tokens[-1].text if len(loop.tokens) == 3 else "list"  # noqa: PLR2004 - a in b
            nodes.append(Broken(written, LOOP, head))
        elif not depth:
            nodes.append(node)
    return (*nodes, *tree[first:]) if depth else tuple(nodes)
