"""Footnotes as HTML: what refers to one, and what leads back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, SubElement

from cannery.content.markdown import Node
from cannery.site.elements import add_text

_Write = Callable[[Element, Sequence[Node]], None]


def footnote_ref(parent: Element, node: Node) -> None:
    number = int(node.meta["id"]) + 1
    place = SubElement(parent, "sup", {"id": _place(node)})
    SubElement(place, "a", {"class": "footnote-ref", "href": f"#fn:{number}"}).text = f"{number}"


def footnotes(parent: Element, node: Node, write: _Write) -> None:
    frame = SubElement(parent, "div", {"class": "footnote"})
    SubElement(frame, "hr")
    write(SubElement(frame, "ol"), node.children)


def footnote(parent: Element, node: Node, write: _Write) -> None:
    element = SubElement(parent, "li", {"id": f"fn:{int(node.meta['id']) + 1}"})
    write(element, node.children)


def footnote_anchor(parent: Element, node: Node) -> None:
    add_text(parent, " ")
    back = {"class": "footnote-backref", "href": f"#{_place(node)}"}
    SubElement(parent, "a", back).text = "\u21a9"


def _place(node: Node) -> str:
    """The id of one of the places that refer to a footnote."""
    again = int(node.meta.get("subId", 0))
    return f"fnref{again + 1 if again else ''}:{int(node.meta['id']) + 1}"
