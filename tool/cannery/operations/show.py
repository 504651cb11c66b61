"""All that is known of one entry: as data for programs, and its body as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from cannery.content.markdown import parse, tree
from cannery.model.entry import Entry, Field, Macro
from cannery.reply.richtext import html


def entry_data(entry: Entry, languages: Iterable[str]) -> dict[str, object]:
    """What `kb show --json` documents, as values that JSON has; `languages` are all variants'."""
    header = entry.header
    data: dict[str, object] = {
        "id": entry.at.id,
        "path": entry.at.path,
        "kind": entry.at.kind.value,
        "language": entry.at.language,
        "languages": sorted(languages),
        "title": header.title,
        "summary": header.summary,
        "tags": header.tags,
        "keywords": header.keywords,
        "audience": header.audience,
        "status": header.status,
        "owner": header.owner,
        "reviewed": header.reviewed and header.reviewed.isoformat(),
        "review_every": header.review_every and f"{header.review_every.days}d",
        "related": header.related,
        "redirect_from": header.redirect_from,
        "body": entry.body,
    }
    if isinstance(entry, Macro):
        data |= {
            "shortcut": entry.shortcut,
            "subject": entry.subject,
            "fields": [_field_data(item) for item in entry.fields],
            "actions": entry.actions,
        }
    return data


def _field_data(item: Field) -> dict[str, object]:
    return {
        "name": item.name,
        "label": item.label,
        "help": item.help,
        "type": item.type,
        "choices": {choice.value: choice.label for choice in item.choices},
        "default": item.default,
        "required": item.required,
        "pattern": item.pattern,
        "from": item.source,
        "remember": item.remember,
    }


def body_html(entry: Entry) -> str:
    return html(tree(parse(entry.body)))
