"""Text and its accepted parts -> the front matter and the body of a macro."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cannery.capture.personal_span import Part

_LIQUID = re.compile(r"\{\{|\{%|\}\}|%\}")
_GREETING_LINES = 3


class Draft(NamedTuple):
    """A macro to be: its fields as front matter has them, and its template."""

    fields: list[dict[str, object]]
    body: str


def as_macro(text: str, parts: Sequence[Part]) -> Draft:
    """Each part becomes its field; what Liquid would take for its own is told as text."""
    fields: dict[str, dict[str, object]] = {}
    pieces: list[str] = []
    end = 0
    for part in sorted(parts):
        pieces += [_literal(text[end : part.start]), part.template]
        end = part.end
        if part.wish.is_field:
            fields.setdefault(part.wish.name, _field(part))
    return Draft([*fields.values()], "".join([*pieces, _literal(text[end:])]))


def as_article(text: str, parts: Sequence[Part]) -> str:
    """An article has no fields: what each part is stands in its place."""
    pieces: list[str] = []
    end = 0
    for part in sorted(parts):
        pieces += [text[end : part.start], f"[{part.wish.label.lower()}]"]
        end = part.end
    return "".join([*pieces, text[end:]])


def _field(part: Part) -> dict[str, object]:
    wish = part.wish
    found: dict[str, object] = {"name": wish.name, "label": wish.label}
    if wish.type != "text":
        found["type"] = wish.type
    if wish.source:
        found["from"] = wish.source
    return found


def _literal(text: str) -> str:
    return _LIQUID.sub(lambda mark: f"{{{{ '{mark[0]}' }}}}", text)
