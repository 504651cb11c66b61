"""An entry in words: what `kb show`, the picker and other front ends say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from cannery.model.entry import Entry, Field, Macro
from cannery.util.plain import clean
from cannery.workspace import Settings

_TAG_LINE = re.compile(r"^(\{%.*?%\})[ \t]*", re.MULTILINE)


def facts(entry: Entry, languages: Iterable[str]) -> str:
    """Id, shortcut, languages (its own in brackets), status and audience, in one line."""
    shown = ", ".join(
        f"[{name}]" if name == entry.at.language else name for name in sorted(languages)
    )
    parts = [entry.at.id, shown, entry.header.status.value, entry.header.audience.value]
    if isinstance(entry, Macro) and entry.shortcut:
        parts.insert(1, entry.shortcut)
    return clean(" · ".join(parts))


def age(entry: Entry, settings: Settings, today: date) -> str:
    """Owner and review date, and whether a review is overdue; empty if it has neither."""
    parts = [entry.header.owner] if entry.header.owner else []
    if reviewed := entry.header.reviewed:
        due = reviewed + (entry.header.review_every or settings.review_every)
        late = (today - due).days
        state = f"overdue by {late} days" if late > 0 else f"due {due}"
        parts.append(f"reviewed {reviewed}, {state}")
    return clean(" · ".join(parts))


def readable(body: str) -> str:
    """The body as Markdown to be shown: cleaned, each Liquid tag in a paragraph of its own."""
    return _TAG_LINE.sub(r"\n\1\n\n", clean(body))


def field_line(item: Field) -> str:
    """A field in one line: name, label, type, whether it is required, default and source."""
    kind = item.type
    if item.choices:
        kind += f" of {', '.join(choice.value for choice in item.choices)}"
    notes = [kind, "required" if item.required else "optional"]
    if item.default is not None:
        notes.append(f"default {item.default}")
    if item.source:
        notes.append(f"from {item.source}")
    label = f"  {item.label}" if item.label else ""
    return clean(f"{item.name}{label}  ({'; '.join(notes)})")
