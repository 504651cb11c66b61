"""Which numbered lists are steps, each with what belongs to it: a text, a picture, a command."""

from __future__ import annotations

from cannery.content.markdown import Node

_INLINE = frozenset(("paragraph", "bullet_list", "ordered_list"))


def is_steps(node: Node) -> bool:
    """Whether an ordered list, which begins with 1, has an item of several blocks."""
    is_from_one = node.attrs.get("start", "1") == "1"
    return is_from_one and len(node.children) > 1 and any(map(_has_more, node.children))


def _has_more(item: Node) -> bool:
    """Whether an item has more than one paragraph, or something that is neither text nor list."""
    kinds = [child.type for child in item.children]
    return kinds.count("paragraph") > 1 or not _INLINE.issuperset(kinds)
