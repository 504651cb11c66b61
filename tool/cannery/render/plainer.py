"""Nodes -> nodes that every target knows: boxes, tabs, alerts, footnotes and tasks as plain text.

A box becomes a quote below its title, or in plain text what it holds below its title; tabs stand
one below the other; footnotes have numbers in brackets, and stand at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cannery.content.markdown import Node
from cannery.util.raised import raised

_BREAK = Node("hardbreak", tag="br")


class Form(NamedTuple):
    """What a target shows: how a task is marked, and whether a box is a quote.

    `has_tags` for the elements that HTML has and plain text has not.
    """

    tasks: tuple[str, str]
    is_quote: bool
    has_tags: bool = False


def plainer(nodes: Sequence[Node], form: Form) -> tuple[Node, ...]:
    """The nodes as the target shows them."""
    return tuple(made for node in nodes for made in _made(node, form))


def _made(node: Node, form: Form) -> Sequence[Node]:
    children = plainer(node.children, form)
    if writer := _WRITERS.get(node.type):
        return tuple(writer(replace(node, children=children), form))
    return (replace(node, children=children) if node.children else node,)


def _box(node: Node, form: Form) -> Iterator[Node]:
    inner = _below_title(node)
    if form.is_quote:
        yield Node("blockquote", children=inner)
    else:
        yield from inner


def _tab(node: Node, _: Form) -> Iterator[Node]:
    yield from _below_title(node)


def _below_title(node: Node) -> tuple[Node, ...]:
    """What a box holds, its title in the line above."""
    first, *rest = node.children or (Node("paragraph"),)
    if not first.type.endswith("_title"):
        return node.children
    title = (Node("strong", children=tuple(_without_strong(first.children))),)
    if rest and rest[0].type == "paragraph":
        return (_beginning_with((*title, _BREAK), rest[0]), *rest[1:])
    return (Node("paragraph", children=title), *rest)


def _without_strong(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        children = tuple(_without_strong(node.children))
        if node.type == "strong":
            yield from children
        else:
            yield replace(node, children=children)


def _beginning_with(words: Sequence[Node], paragraph: Node) -> Node:
    return replace(paragraph, children=(*words, *paragraph.children))


def _item(node: Node, form: Form) -> Iterator[Node]:
    """A list's item, a task with its sign."""
    if "checked" not in node.meta:
        yield node
        return
    sign = Node("text", f"{form.tasks[bool(node.meta['checked'])]} ")
    first, *rest = node.children
    yield replace(node, children=(_beginning_with((sign,), first), *rest))


def _reference(node: Node, form: Form) -> Iterator[Node]:
    number = Node("text", f"[{_number(node)}]")
    yield Node("sup", children=(number,), tag="sup") if form.has_tags else number


def _number(node: Node) -> int:
    return int(node.meta["id"]) + 1


def _footnotes(node: Node, _: Form) -> Iterator[Node]:
    yield Node("hr")
    for note in node.children:
        number = f"[{_number(note)}]"
        first, *rest = note.children or (Node("paragraph"),)
        if first.type == "paragraph":
            yield _beginning_with((Node("text", f"{number} "),), first)
        else:
            yield from (Node("paragraph", children=(Node("text", number),)), first)
        yield from rest


def _nothing(_: Node, __: Form) -> Iterator[Node]:
    return iter(())


def _element(node: Node, form: Form) -> Iterator[Node]:
    """Words between two tags; where no tags are, raised and lowered digits as such letters."""
    if form.has_tags:
        yield node
        return
    if all(child.type == "text" for child in node.children):
        yield Node("text", raised("".join(child.content for child in node.children), node.type))
    else:
        yield from node.children


_WRITERS: Mapping[str, Callable[[Node, Form], Iterator[Node]]] = {
    "box": _box,
    "alert": _box,
    "tab": _tab,
    "list_item": _item,
    "footnote_ref": _reference,
    "footnote_block": _footnotes,
    "footnote_anchor": _nothing,
    "kbd": _element,
    "sub": _element,
    "sup": _element,
}
