"""All that is known of one entry: as data for programs, and its body as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from cannery.content.keys import values_of
from cannery.content.line_ends import kept
from cannery.content.markdown import parse, tree
from cannery.model.entry import Entry, Macro
from cannery.render.html import html
from cannery.workspace import Settings


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


def body_html(entry: Entry, settings: Settings) -> str:
    body = with_line_ends(entry.body, entry, settings)
    return html(tree(parse(body, language=entry.at.language)))


def with_line_ends(body: str, entry: Entry, settings: Settings) -> str:
    """The body with its line ends as its readers see them: see content/line_ends.py."""
    return kept(body) if isinstance(entry, Macro) and settings.keeps_lines else body
