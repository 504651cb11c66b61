"""What two texts in Markdown have to have alike to say the same, however each is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cannery.content.markdown import Node, own_text

_BLANKS = re.compile(r"[ \t\n]+")
_SAME = {"code_block": "fence"}
_UNTOLD = ("footnote_anchor", "alert_title")
_ATTRIBUTES = ("href", "src", "title", "start", "class", "style", "open")
_ADDRESSES = ("href", "src")  # which Markdown's parser writes in ASCII
_META = ("checked", "kind", "id", "label")


def comparable(nodes: Sequence[Node]) -> tuple[Any, ...]:
    """The nodes as values that are equal if a reader sees the same."""
    made: list[Any] = []
    for node in nodes:
        if node.type in _UNTOLD or (node.type == "text" and not node.content):
            continue
        last = made[-1] if made else None
        if node.type == "text" and last and last[0] == "text":
            made[-1] = ("text", _BLANKS.sub(" ", last[1] + node.content))
        elif node.type == "text":
            made.append(("text", _BLANKS.sub(" ", node.content)))
        else:
            made.append(_one(node))
    return tuple(made)


def _one(node: Node) -> tuple[Any, ...]:
    kind = _SAME.get(node.type, node.type)
    meta = {key: node.meta[key] for key in _META if key in node.meta}
    attributes = {key: value for key, value in node.attrs.items() if key in _ATTRIBUTES and value}
    attributes |= {key: own_text(attributes[key])[0] for key in _ADDRESSES if key in attributes}
    children = comparable(node.children)
    if kind.endswith("_title"):
        attributes = {}
    if kind == "box":
        words = [word for word in attributes.get("class", "").split() if word != "admonition"]
        attributes["class"] = " ".join(words)
    if kind == "heading":
        attributes = {}
    if kind in ("footnote", "footnote_ref"):
        meta.pop("id", None)
    if kind == "image":
        children = ("".join(_words(child) for child in node.children),)
    told = node.info if kind in ("fence", "box") else ""
    hidden = node.hidden and kind == "paragraph"
    tag = node.tag if kind == "heading" else ""
    values = (sorted(attributes.items()), sorted(meta.items()))
    content = node.content if kind in ("fence", "code_inline") else ""
    return (kind, tag, told, hidden, *map(tuple, values), content, children)


def _words(node: Node) -> str:
    return node.content or "".join(map(_words, node.children))
