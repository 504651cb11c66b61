"""`:::note`, as Docusaurus, Starlight and VitePress write boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.adopt.convert.elements import Element, Rule, Shape, Tag
from cannery.adopt.convert.fences import code_blocks
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.regions import Regions
from cannery.adopt.convert.shapes import KINDS, alert, details, one_line, tab

NAME = ":::"
_LINE = re.compile(r"^[ \t]*+(:{3,}+)[ \t]*+(?:([^\W\d_][\w-]*+)([^\n]*+))?$", re.MULTILINE)
_LABEL = re.compile(r"[ \t]*+\[([^\n]*)\][ \t]*+(?:\{[^{}\n]*+\})?[ \t]*+")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*+\}[ \t]*+$")
_TITLE = re.compile(r"title=(?:\"([^\"]*+)\"|'([^']*+)')")
_PLAIN = frozenset(("raw", "v-pre", "code-group-item", "center", "left", "right"))


def container_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """The first and the last lines of containers; a last line ends the nearest one."""
    for found in _LINE.finditer(text):
        start = found.start(1)
        if kept.around(start):
            continue
        if not found[2]:
            yield Tag(start, found.end(), NAME, Shape.CLOSING)
            continue
        yield Tag(start, found.end(), NAME, Shape.OPENING, {"kind": found[2], "rest": found[3]})


def _container(element: Element, notes: Notes) -> str:
    kind, rest = element.attributes["kind"].lower(), element.attributes["rest"]
    title = title_of(rest)
    inside = element.inner
    if not element.has_inner:
        notes.lose(element.line, element.source, "nothing closes it")
        return f"**{one_line(title or kind.capitalize())}**"
    if kind == "details":
        return details(title or "Details", inside, is_open="{open}" in rest)
    if kind == "code-group":
        return "\n\n".join(tab(block.label, block.text) for block in code_blocks(inside)) or inside
    if kind in _PLAIN:
        return tab(title, inside) if kind == "code-group-item" and title else inside
    if kind not in KINDS:
        notes.lose(element.line, element.source, "no box is called so; its text is kept")
        return f"**{one_line(title)}**\n\n{inside}" if title.strip() else inside
    return alert(kind, title, inside)


def title_of(rest: str) -> str:
    """The title behind a container's kind: `[Title]`, `Title` or `{title="Title"}`."""
    if found := _LABEL.fullmatch(rest):
        return found[1].strip()
    if named := _TITLE.search(rest):
        return (named[1] or named[2] or "").strip()
    return _ATTRIBUTES.sub("", rest).strip()


CONTAINER = Rule(_container)
