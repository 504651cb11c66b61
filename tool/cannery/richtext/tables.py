"""A table of HTML -> one of Markdown: a line of headings, and cells of one paragraph each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cannery.content.markdown import Node
from cannery.richtext.elements import Element
from cannery.richtext.inline import inline_nodes

_ALIGN = re.compile(r"(?:^|;)\s{0,9}text-align\s{0,9}:\s{0,9}(left|center|right)\b")
_BLOCKS = frozenset(("p", "div", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4"))
_BREAK = Element("br")
_MOST = 100  # columns


def table(item: Element) -> Iterator[Node]:
    """A table, below what it is called."""
    rows = [*_rows(item)]
    for caption in (child for child in item.children if child.name == "caption"):
        if words := inline_nodes(caption.children):
            yield Node("paragraph", children=words, tag="p")
    width = min(max((len(row) for row in rows), default=0), _MOST)
    if not width:
        return
    head, *body = [_row(row, width) for row in rows]
    aligned = [_alignment(cell) for cell in head]
    first = Node("tr", children=_cells(head, aligned, "th"), tag="tr")
    rest = tuple(Node("tr", children=_cells(row, aligned, "td"), tag="tr") for row in body)
    parts = [Node("thead", children=(first,), tag="thead")]
    if rest:
        parts.append(Node("tbody", children=rest, tag="tbody"))
    yield Node("table", children=tuple(parts), tag="table")


def _rows(item: Element) -> Iterator[list[Element]]:
    for child in item.children:
        if child.name == "tr":
            yield [cell for cell in child.children if cell.name in ("td", "th")]
        elif child.name in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _row(cells: Sequence[Element], width: int) -> list[Element]:
    return [*cells[:width], *(Element("td") for _ in range(width - len(cells)))]


def _cells(row: Sequence[Element], aligned: Sequence[str], name: str) -> tuple[Node, ...]:
    return tuple(
        Node(name, children=inline_nodes(_flat(cell.children)), attrs=_style(align), tag=name)
        for cell, align in zip(row, aligned, strict=True)
    )


def _style(align: str) -> dict[str, str]:
    return {"style": f"text-align:{align}"} if align else {}


def _alignment(cell: Element) -> str:
    found = _ALIGN.search(cell.attributes.get("style", "").lower())
    return found[1] if found else ""


def _flat(items: Sequence[Element]) -> list[Element]:
    """What stands in a cell, blocks as lines of it."""
    made: list[Element] = []
    for item in items:
        if item.name not in _BLOCKS:
            made.append(item if item.name in ("", "a", "code") else _flattened(item))
            continue
        for inner in (_BREAK, *_flat(item.children), _BREAK):
            if inner is not _BREAK or (made and made[-1] is not _BREAK):
                made.append(inner)
    return made


def _flattened(item: Element) -> Element:
    return replace(item, children=_flat(item.children))
