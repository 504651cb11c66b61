"""Gorgias: macros by its REST API; a macro has a language, and a place for the id of its entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.html_tree import parse, text_of
from cannery.exchange.desks.keeper import KeptDesk
from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import Row, key, linked, text
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import in_html
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.records import Records
from cannery.exchange.desks.texts.store import Objects, RowStore
from cannery.exchange.desks.texts.values import (
    Words,
    kept_lists,
    kept_words,
    ours,
    statuses,
    texts,
    theirs,
)
from cannery.exchange.placeholders.gorgias import DIALECT
from cannery.model.desk import Content
from cannery.model.location import Kind
from cannery.rest.client import Client, RestError
from cannery.util.plain import one_line

_PATH = "/api/macros"
_SIZE = 100
_TEXT = "setResponseText"
_SUBJECT = "setSubject"
_STATUS = {"open": "open", "solved": "closed", "closed": "closed"}
_PRIORITY = {"low": "low", "normal": "normal", "high": "high", "urgent": "critical"}
_TAGS = {"addTags": "actions.add_tags", "removeTags": "actions.remove_tags"}
_TITLES = {
    "addTags": "Add tags",
    "removeTags": "Remove tags",
    "setPriority": "Set priority",
    "setStatus": "Set status",
    _SUBJECT: "Set subject",
    _TEXT: "Add response text",
}
_ENTRY = "macros/"


class Form:
    """A macro: its name, its language, and actions, of which one is the text."""

    parts = frozenset({"actions", "active", "body", "subject"})

    def __init__(self, names: Names, options: Mapping[str, str]) -> None:
        self._names = names
        self._words: Mapping[str, tuple[str, str, Words]] = {
            "setStatus": ("actions.status", "status", statuses(options, _STATUS)),
            "setPriority": ("actions.priority", "priority", _PRIORITY),
        }

    def item(self, row: Row) -> Item:
        parts: dict[str, Content] = {"active": not row.get("archived_datetime"), "body": ""}
        for name, arguments in _named(row.get("actions")):
            parts.update(self._part(name, arguments))
        label = self._names.read(text(row, "name"))
        language = self._names.here(text(row, "language")) or label.language
        entry = text(row, "external_id")
        entry = entry if entry.startswith(_ENTRY) else ""
        label = label._replace(language=language, entry=entry)
        usage = {"all": row["usage"]} if isinstance(row.get("usage"), int) else {}
        updated = text(row, "updated_datetime")
        return Item(text(row, "id"), label, parts, updated, text(row, "uri"), usage)

    def _part(self, name: str, arguments: Row) -> Iterator[tuple[str, Content]]:
        """What an action says, if we have a part for it."""
        if name == _TEXT:
            html = text(arguments, "body_html") or text(arguments, "body_text")
            yield "body", canonical_html(html)
        elif name == _SUBJECT and (subject := one_line(text(arguments, "subject"))):
            yield "subject", subject
        elif name in _TAGS and (tags := _listed(text(arguments, "tags"))):
            yield _TAGS[name], tags
        elif name in self._words:
            part, argument, words = self._words[name]
            if value := text(arguments, argument):
                yield part, ours(words, value)

    def said(self, label: Label, parts: Parts, before: Row) -> Mapping[str, Any]:
        """What to send. Who has put an id of their own there keeps it."""
        known = {*_TAGS, *self._words, _TEXT, _SUBJECT}
        others = [
            action
            for action in before.get("actions") or ()
            if isinstance(action, dict) and action.get("name") not in known
        ]
        done = [
            {"name": name, "title": _TITLES[name], "type": "user", "arguments": arguments}
            for name, arguments in self._done(parts)
        ]
        foreign = text(before, "external_id")
        return {
            "name": self._names.written(label._replace(language=self._names.default)),
            "language": self._names.there(label.language),
            "external_id": foreign if foreign and not label.entry else label.entry or None,
            "actions": [*done, *others],
        }

    def _done(self, parts: Parts) -> Iterator[tuple[str, Mapping[str, Any]]]:
        html = str(parts.get("body") or "")
        yield _TEXT, {"body_html": html, "body_text": _plain(html)}
        if subject := parts.get("subject"):
            yield _SUBJECT, {"subject": subject}
        for name, part in _TAGS.items():
            if tags := texts(parts.get(part)):
                yield name, {"tags": ", ".join(tags)}
        for name, (part, argument, words) in self._words.items():
            if value := parts.get(part):
                yield name, {argument: theirs(words, value)}

    def kept(self, label: Label, parts: Parts) -> tuple[Label, Parts]:
        actions = {
            **kept_words(parts, {part: words for part, _, words in self._words.values()}),
            **kept_lists(parts, _TAGS.values()),
        }
        said = {name: it for name, it in parts.items() if not name.startswith("actions.")}
        named = self._names.read(self._names.written(label._replace(language=self._names.default)))
        return named._replace(language=label.language, entry=label.entry), {**said, **actions}


class Store(RowStore):
    """Macros, which are archived and brought back by requests of their own."""

    def __init__(self, client: Client, form: Form) -> None:
        super().__init__(Objects(client, _PATH, self._listed), form, {})
        self._client = client

    def _listed(self) -> Iterator[Row]:
        for archived in ("false", "true"):
            query = {"limit": _SIZE, "archived": archived}
            yield from linked(self._client, _PATH, key("data"), _behind(query), query)

    def put(self, item_id: str, label: Label, parts: Parts) -> Item:
        item = super().put(item_id, label, parts)
        is_active = parts.get("active") is not False
        if item.parts.get("active") == is_active:
            return item
        act = "unarchive" if is_active else "archive"
        answer = self._client.ask("PUT", f"{_PATH}/{act}", {"ids": [int(item.id)]})
        _refuse_partial(answer.content, item)
        return self.several([item.id]).get(item.id, item)


def _behind(query: Mapping[str, str | int]) -> Any:  # noqa: ANN401 - a function for `linked`
    def following(content: object) -> tuple[str, Mapping[str, str | int]] | None:
        meta = content.get("meta") if isinstance(content, dict) else None
        cursor = meta.get("next_cursor") if isinstance(meta, dict) else None
        return (_PATH, {**query, "cursor": str(cursor)}) if cursor else None

    return following


def _refuse_partial(content: object, item: Item) -> None:
    """Raises RestError where one of many was refused, which HTTP does not tell."""
    rows: Iterable[object] = content.get("data") or () if isinstance(content, dict) else ()
    for row in rows:
        if isinstance(row, dict) and row.get("status") == "macro_used":
            hint = "Take it out of the rules at Gorgias first."
            raise RestError(f"Gorgias has rules that use {item.label.title}", hint)


def _named(actions: object) -> Iterator[tuple[str, Row]]:
    for action in actions if isinstance(actions, list) else ():
        if isinstance(action, dict) and isinstance(action.get("arguments"), dict):
            yield str(action.get("name")), action["arguments"]


def _listed(tags: str) -> list[str]:
    return sorted({tag.strip() for tag in tags.split(",") if tag.strip()})


def _plain(html: str) -> str:
    """The text of HTML in its canonical form, which has a block a line."""
    return "\n\n".join(text_of(parse(block)).strip() for block in html.split("\n"))


def open_desk(opening: Opening) -> KeptDesk:
    form = Form(Names(opening), opening.settings.options)
    records = Records(opening.default_language, Store(opening.client, form))
    manner = in_html(opening, DIALECT)._replace(has_entry=True)
    keeper = Macros(opening.default_language, records, manner)
    return KeptDesk({Kind.MACRO: keeper}, lambda: records.numbers)
