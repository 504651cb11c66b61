"""The signs of boxes: a shape for each kind, as colours alone tell not everyone what is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement

_DISC = "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z"
_SHAPES: Mapping[str, str] = {
    "info": f"{_DISC}M11 7h2v2h-2zm0 4h2v6h-2z",
    "tip": "M12 2a7 7 0 0 0-4 12.7V17h8v-2.3A7 7 0 0 0 12 2zM9 19h6v1.5L13.5 22h-3L9 20.5z",
    "success": f"{_DISC}M10.4 16.4 6 12l1.4-1.4 3 3 6.2-6.2L18 8.8z",
    "warning": "M12 2.5 1 21.5h22zM11 9.5h2v6h-2zm0 7.5h2v2h-2z",
    "danger": "M8 2h8l6 6v8l-6 6H8l-6-6V8zM11 7v7h2V7zm0 9v2h2v-2z",
    "question": f"{_DISC}M11 16h2v2h-2zM12 6a4 4 0 0 1 2.2 7.3C13.4 13.9 13 14.3 13 15h-2"
    "c0-1.7 1-2.5 1.9-3.2A2 2 0 1 0 10 10H8a4 4 0 0 1 4-4z",
    "example": "M4 5h16v2H4zM4 11h16v2H4zM4 17h10v2H4z",
    "quote": "M4 17v-6a6 6 0 0 1 6-6v2.5A3.5 3.5 0 0 0 6.5 11H10v6z"
    "M14 17v-6a6 6 0 0 1 6-6v2.5A3.5 3.5 0 0 0 16.5 11H20v6z",
}
# What MkDocs' themes call the kinds, too.
_KINDS: Mapping[str, str] = {
    name: kind
    for kind, names in {
        "info": "note info todo seealso abstract summary tldr",
        "tip": "tip hint important",
        "success": "success check done",
        "warning": "warning attention caution",
        "danger": "danger error failure fail missing bug",
        "question": "question help faq",
        "example": "example",
        "quote": "quote cite",
    }.items()
    for name in names.split()
}
PLAY = "M8 5v14l11-7z"


def box_kind(classes: Iterable[str]) -> str:
    """The kind of a box by its classes: one of those that have a sign."""
    return next((_KINDS[name] for name in classes if name in _KINDS), "info")


def add_sign(parent: Element, kind: str) -> None:
    """The sign of a kind, which is for the eye alone: the title says it in words."""
    add_shape(parent, _SHAPES[kind])


def add_shape(parent: Element, shape: str) -> None:
    drawing = {"class": "kb-icon", "viewBox": "0 0 24 24", "aria-hidden": "true"}
    SubElement(SubElement(parent, "svg", drawing), "path", {"d": shape})
