"""An entry in words: what `kb show` and the picker tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from rich.console import Console
from rich.markdown import Markdown

from cannery.model.entry import Entry, Field, Macro
from cannery.util.plain import clean
from cannery.workspace import Settings

_TAG_LINE = re.compile(r"^(\{%.*?%\})[ \t]*", re.MULTILINE)


def facts(entry: Entry, languages: Iterable[str]) -> str:
    """Its id, shortcut, languages, state and audience, in one line."""
    shown = ", ".join(
        f"[{name}]" if name == entry.at.language else name for name in sorted(languages)
    )
    found = [entry.at.id, shown, entry.header.status.value, entry.header.audience.value]
    if isinstance(entry, Macro) and entry.shortcut:
        found.insert(1, entry.shortcut)
    return clean(" · ".join(found))


def age(entry: Entry, settings: Settings, today: date) -> str:
    """Who answers for it, and since when nobody has vouched for it."""
    found = [entry.header.owner] if entry.header.owner else []
    if reviewed := entry.header.reviewed:
        due = reviewed + (entry.header.review_every or settings.review_every)
        late = (today - due).days
        state = f"overdue by {late} days" if late > 0 else f"due {due}"
        found.append(f"reviewed {reviewed}, {state}")
    return clean(" · ".join(found))


def markdown(body: str) -> Markdown:
    """The body as a terminal shows Markdown, Liquid's tags on lines of their own."""
    return Markdown(_TAG_LINE.sub(r"\n\1\n\n", clean(body)), hyperlinks=False)


def on_terminal(body: str, width: int, *, colour: bool) -> str:
    """The body in lines of a width, in columns."""
    console = Console(width=width, force_terminal=colour, no_color=not colour, highlight=False)
    with console.capture() as captured:
        console.print(markdown(body))
    return captured.get()


def field_line(item: Field) -> str:
    """A field's name, type and what becomes of it when nobody fills it in."""
    kind = item.type.value
    if item.choices:
        kind += f" of {', '.join(choice.value for choice in item.choices)}"
    notes = [kind, "required" if item.required else "optional"]
    if item.default is not None:
        notes.append(f"default {item.default}")
    if item.source:
        notes.append(f"from {item.source}")
    label = f"  {item.label}" if item.label else ""
    return clean(f"{item.name}{label}  ({'; '.join(notes)})")
