"""Texts and attributes of the tree that Python-Markdown's engines work on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from markdown.util import AMP_SUBSTITUTE

from cannery.content.markdown import Node

_REFERENCE = re.compile(r"&(?=#?[0-9A-Za-z]+;)")


def escaped(text: str) -> str:
    """A text of an attribute: what reads like a reference is text, as it was written."""
    return _REFERENCE.sub(f"{AMP_SUBSTITUTE}amp;", text)


def add_text(parent: Element, text: str) -> None:
    """Behind what is in an element; what reads like a reference is text there, too."""
    text = escaped(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def plain(nodes: Iterable[Node]) -> str:
    """The text of nodes, without what marks it up."""
    return "".join(node.content or plain(node.children) for node in nodes)
