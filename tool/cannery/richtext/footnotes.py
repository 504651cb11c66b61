"""Footnotes of an article's HTML: only what a text refers to is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cannery.content.markdown import Node

_LABEL = re.compile(r"[\w-]{1,100}")


@dataclass(slots=True)
class _Notes:
    """The notes of an article by label, and those that are referred to, in order."""

    by_label: Mapping[str, Node]
    numbers: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)


def with_notes(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes with their footnotes at the end, in the order of the first references to them.

    A reference to nothing is its text, and what nothing refers to is a list.
    """
    found = [*_found(nodes)]
    notes = _Notes({str(note.meta["label"]): note for note in found if _is_named(note)})
    body = _all(nodes, notes)
    made: list[Node] = []
    while len(made) < len(notes.order):  # a note may refer to others
        label = notes.order[len(made)]
        note = notes.by_label[label]
        meta = {"label": label, "id": notes.numbers[label]}
        made.append(replace(note, children=_all(note.children, notes), meta=meta))
    rest = [note for note in found if note.meta["label"] not in notes.numbers]
    items = tuple(Node("list_item", children=_all(note.children, notes)) for note in rest)
    lists = [Node("ordered_list", children=items, tag="ol")] if items else []
    blocks = [Node("footnote_block", children=tuple(made))] if made else []
    return (*body, *lists, *blocks)


def _found(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.type == "footnote":
            yield node
        yield from _found(node.children)


def _is_named(note: Node) -> bool:
    return _LABEL.fullmatch(str(note.meta["label"])) is not None


def _all(nodes: Sequence[Node], notes: _Notes) -> tuple[Node, ...]:
    """The nodes with numbers at their references, and without the notes."""
    return tuple(_one(node, notes) for node in nodes if node.type != "footnote_block")


def _one(node: Node, notes: _Notes) -> Node:
    if node.type != "footnote_ref":
        return replace(node, children=_all(node.children, notes)) if node.children else node
    label = str(node.meta["label"])
    if label not in notes.by_label:
        return Node("sup", children=(Node("text", label or "*"),), tag="sup")
    if label not in notes.numbers:
        notes.numbers[label] = len(notes.order)
        notes.order.append(label)
    return replace(node, meta={"label": label, "id": notes.numbers[label]})
