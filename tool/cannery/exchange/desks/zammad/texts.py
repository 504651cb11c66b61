"""Zammad's text modules, which agents find by `::` and a word, and its macros."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import Row, text
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.numbers import Numbers
from cannery.exchange.desks.texts.values import texts
from cannery.exchange.desks.texts.words import listed, words
from cannery.exchange.desks.zammad.actions import Actions
from cannery.model.desk import Content
from cannery.util.plain import one_line


class ModuleForm:
    """A text module: its name, its words, its HTML; which groups have it is the desk's affair."""

    parts = frozenset({"active", "body", "keywords", "restriction", "summary"})

    def __init__(self, names: Names, numbers: Mapping[str, Numbers]) -> None:
        self._names, self._numbers = names, numbers

    def item(self, row: Row) -> Item:
        parts: dict[str, Content] = {
            "active": row.get("active") is not False,
            "body": canonical_html(text(row, "content")),
        }
        if keywords := listed(text(row, "keywords")):
            parts["keywords"] = keywords
        if note := one_line(text(row, "note")):
            parts["summary"] = note
        if groups := self._numbers["groups"].names(row.get("group_ids")):
            parts["restriction"] = groups
        label = self._names.read(text(row, "name"))
        return Item(text(row, "id"), label, parts, text(row, "updated_at"))

    def said(self, label: Label, parts: Parts, before: Row) -> Mapping[str, Any]:
        groups = parts.get("restriction")
        numbers = [int(self._numbers["groups"].number(one)) for one in texts(groups)]
        return {
            "name": self._names.written(label),
            "keywords": words(texts(parts.get("keywords"))),
            "content": parts.get("body"),
            "note": parts.get("summary", ""),
            "active": parts.get("active") is not False,
            **({"group_ids": numbers} if groups or before.get("group_ids") else {}),
        }

    def kept(self, label: Label, parts: Parts) -> tuple[Label, Parts]:
        kept = dict(parts)
        if keywords := listed(words(texts(parts.get("keywords")))):
            kept["keywords"] = keywords
        return self._names.read(self._names.written(label)), kept


class MacroForm:
    """A macro, for what is done to the ticket alone: Zammad's own macros send no replies."""

    parts = frozenset({"actions", "active"})

    def __init__(self, names: Names, actions: Actions) -> None:
        self._names, self._actions = names, actions

    def item(self, row: Row) -> Item:
        active = row.get("active") is not False
        parts = {**self._actions.read(row.get("perform")), "active": active}
        label = self._names.read(text(row, "name"))
        return Item(text(row, "id"), label, parts, text(row, "updated_at"))

    def said(self, label: Label, parts: Parts, before: Row) -> Mapping[str, Any]:
        known = before.get("perform")
        perform = self._actions.perform(parts, known if isinstance(known, dict) else {})
        said = {
            "name": self._names.written(label),
            "perform": perform,
            "active": parts.get("active") is not False,
        }
        return said if before else {**said, "ux_flow_next_up": "none"}

    def kept(self, label: Label, parts: Parts) -> tuple[Label, Parts]:
        kept = {"active": parts.get("active", True), **self._actions.kept(parts)}
        return self._names.read(self._names.written(label)), kept
