"""Text and its accepted parts -> the front matter and the body of a macro."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cannery.capture.personal_span import PersonalSpan, Placeholder

_LIQUID = re.compile(r"\{\{|\{%")  # what ends one is text where none has begun


class Draft(NamedTuple):
    """A macro to be: its fields as front matter has them, and its template."""

    fields: list[dict[str, object]]
    body: str


def as_macro(text: str, spans: Sequence[PersonalSpan]) -> Draft:
    """Each part becomes its field; what Liquid would take for its own is told as text."""
    fields: dict[str, dict[str, object]] = {}
    pieces: list[str] = []
    end = 0
    for span in sorted(spans):
        pieces += [_literal(text[end : span.start]), span.template]
        end = span.end
        for field in span.placeholder.fields:
            fields.setdefault(field.name, _field(field))
    return Draft([*fields.values()], "".join([*pieces, _literal(text[end:])]))


def as_article(text: str, spans: Sequence[PersonalSpan]) -> str:
    """An article has no fields: what each part is stands in its place."""
    pieces: list[str] = []
    end = 0
    for span in sorted(spans):
        sign = f"[{span.placeholder.label.lower()}]"
        pieces += [text[end : span.start], span.before, sign, span.after]
        end = span.end
    return "".join([*pieces, text[end:]])


def _field(placeholder: Placeholder) -> dict[str, object]:
    field: dict[str, object] = {"name": placeholder.name, "label": placeholder.label}
    if placeholder.type != "text":
        field["type"] = placeholder.type
    if placeholder.source:
        field["from"] = placeholder.source
    return field


def _literal(text: str) -> str:
    return _LIQUID.sub(lambda mark: f"{{{{ '{mark[0]}' }}}}", text)
