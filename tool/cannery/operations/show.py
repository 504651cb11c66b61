"""All that is known of one entry: as data for programs, and its body as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from cannery.content.keys import values_of
from cannery.content.markdown import parse, tree
from cannery.model.entry import Entry
from cannery.reply.render.html import html


def entry_data(entry: Entry, languages: Iterable[str]) -> dict[str, object]:
    """What `kb show --json` documents, as values that JSON has; `languages` are all variants'."""
    return {
        "id": entry.at.id,
        "path": entry.at.path,
        "kind": entry.at.kind.value,
        "language": entry.at.language,
        "languages": sorted(languages),
        **values_of(entry.header),
        "body": entry.body,
        **values_of(entry),
    }


def body_html(entry: Entry) -> str:
    return html(tree(parse(entry.body)))
