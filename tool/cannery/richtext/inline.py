"""Elements within a paragraph -> nodes of Markdown, with blanks where Markdown can have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from cannery.content.markdown import Node
from cannery.richtext.elements import Element

NOTE = "fn-"
BACK = "fnref-"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_MARKS = ("strong", "em", "s")
_BREAK = Node("hardbreak", tag="br")


def inline_nodes(elements: Sequence[Element]) -> tuple[Node, ...]:
    """The nodes of a paragraph, without blanks at its ends and beside breaks."""
    return _trimmed(_joined([node for item in elements for node in _nodes(item, ())]))


def _nodes(item: Element, inside: tuple[str, ...]) -> Iterator[Node]:
    """The nodes of an element; `inside` are the marks that it already has."""
    if not item.name:
        yield Node("text", _BLANKS.sub(" ", item.text))
    elif writer := _SPECIAL.get(item.name):
        yield from writer(item, inside)
    elif (name := _MARKS_OF.get(item.name)) and name not in inside:
        yield from _marked(name, _children(item, (*inside, name)))
    else:
        yield from _children(item, inside)


def _children(item: Element, inside: tuple[str, ...]) -> list[Node]:
    return _joined([node for child in item.children for node in _nodes(child, inside)])


def _marked(name: str, children: list[Node]) -> Iterator[Node]:
    """The children between marks, with the blanks at their ends outside of them."""
    before, inner, after = _apart(children)
    if before:
        yield Node("text", before)
    if name == "strong" and len(inner) == 1 and inner[0].type == "em":
        # In Markdown both are three stars, which are read as the strong inside of the other.
        yield replace(
            inner[0], children=(Node("strong", children=inner[0].children, tag="strong"),)
        )
    elif inner:
        yield Node(name, children=tuple(inner), tag=name)
    if after:
        yield Node("text", after)


def _apart(nodes: list[Node]) -> tuple[str, list[Node], str]:
    """The blanks before some nodes, the nodes without them, and those after."""
    before = after = ""
    nodes = [*nodes]
    if nodes and nodes[0].type == "text":
        text = nodes[0].content
        before = " " if text.startswith(" ") else ""
        nodes[0] = replace(nodes[0], content=text.lstrip(" "))
    if nodes and nodes[-1].type == "text":
        text = nodes[-1].content
        after = " " if text.endswith(" ") else ""
        nodes[-1] = replace(nodes[-1], content=text.rstrip(" "))
    return before, [node for node in nodes if node.type != "text" or node.content], after


def _link(item: Element, inside: tuple[str, ...]) -> Iterator[Node]:
    address = item.attributes.get("href", "")
    if "link" in inside:
        yield from _children(item, inside)
        return
    if address.startswith(f"#{BACK}"):
        return
    told = {"href": address, **_title(item)}
    before, inner, after = _apart(_children(item, (*inside, "link")))
    yield from (Node("text", before),) if before else ()
    if inner:
        yield Node("link", children=tuple(inner), attrs=told, tag="a")
    yield from (Node("text", after),) if after else ()


def _title(item: Element) -> dict[str, str]:
    title = _BLANKS.sub(" ", item.attributes.get("title", "")).strip()
    return {"title": title} if title else {}


def _image(item: Element, _: tuple[str, ...]) -> Iterator[Node]:
    label = _BLANKS.sub(" ", item.attributes.get("alt", "")).strip()
    children = (Node("text", label),) if label else ()
    told = {"src": item.attributes.get("src", ""), **_title(item)}
    yield Node("image", label, children, told, "img")


def _code(item: Element, _: tuple[str, ...]) -> Iterator[Node]:
    text = plain_text(item).replace("\r\n", " ").replace("\n", " ")
    if text.strip():
        yield Node("code_inline", text, tag="code")


def _raised(item: Element, inside: tuple[str, ...]) -> Iterator[Node]:
    """A reference to a footnote, or what is raised."""
    only = [child for child in item.children if child.name or child.text.strip()]
    address = only[0].attributes.get("href", "") if len(only) == 1 else ""
    if address.startswith(f"#{NOTE}"):
        yield Node("footnote_ref", meta={"label": address.removeprefix(f"#{NOTE}")})
    else:
        yield from _marked("sup", _children(item, inside))


def _break(_: Element, __: tuple[str, ...]) -> Iterator[Node]:
    yield _BREAK


def plain_text(item: Element) -> str:
    """The text of an element as it stands there, with its line ends."""
    if item.name == "br":
        return "\n"
    return item.text + "".join(map(plain_text, item.children))


_MARKS_OF = {"strong": "strong", "em": "em", "del": "s", "kbd": "kbd", "sub": "sub"}
_SPECIAL: Mapping[str, Callable[[Element, tuple[str, ...]], Iterator[Node]]] = {
    "a": _link,
    "img": _image,
    "code": _code,
    "pre": _code,
    "sup": _raised,
    "br": _break,
}


def _joined(nodes: Sequence[Node]) -> list[Node]:
    """The nodes, where texts that meet are one, and marks of a kind that meet, too."""
    made: list[Node] = []
    for node in nodes:
        last = made[-1] if made else None
        if last and node.type == last.type == "text":
            made[-1] = replace(last, content=_BLANKS.sub(" ", last.content + node.content))
        elif last and node.type == last.type and node.type in _MARKS:
            children = tuple(_joined([*last.children, *node.children]))
            made[-1] = replace(last, children=children)
        elif node.type != "text" or node.content:
            made.append(node)
    return made


def _trimmed(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes without blanks beside breaks and at the ends, and without breaks at the ends."""
    made: list[Node] = []
    for number, node in enumerate(nodes):
        if node.type == "text":
            content = node.content
            if not made or made[-1].type == "hardbreak":
                content = content.lstrip(" ")
            if number + 1 == len(nodes) or nodes[number + 1].type == "hardbreak":
                content = content.rstrip(" ")
            if content:
                made.append(replace(node, content=content))
        elif made or node.type != "hardbreak":
            made.append(node)
    while made and made[-1].type == "hardbreak":
        made.pop()
    return tuple(made)
