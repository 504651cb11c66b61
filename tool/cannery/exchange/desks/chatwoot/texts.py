"""Chatwoot's canned responses, which agents find by `/` and a code, and its macros."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cannery.exchange.desks.chatwoot.actions import Actions
from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import Row, text
from cannery.exchange.desks.texts.names import Names
from cannery.model.desk import Content

_SIGN = ";"


class ResponseForm:
    """A canned response: a code, and Markdown. The code is the shortcut without its sign.

    `refund-ja` is `;refund` in Japanese: the option `sign` is the sign, where it is not `;`.
    """

    parts = frozenset({"body"})

    def __init__(self, names: Names, sign: str = _SIGN) -> None:
        self._names, self._sign = names, sign

    def item(self, row: Row) -> Item:
        parts: dict[str, Content] = {"body": canonical(text(row, "content"))}
        label = self._label(text(row, "short_code"))
        return Item(text(row, "id"), label, parts, text(row, "updated_at"))

    def said(self, label: Label, parts: Parts, _: Row) -> Mapping[str, Any]:
        return {"short_code": self._code(label), "content": parts.get("body")}

    def kept(self, label: Label, parts: Parts) -> tuple[Label, Parts]:
        return self._label(self._code(label)), parts

    def _code(self, label: Label) -> str:
        code = label.shortcut.removeprefix(self._sign)
        if label.language == self._names.default:
            return code
        return f"{code}-{self._names.there(label.language)}"

    def _label(self, code: str) -> Label:
        base, _, last = code.rpartition("-")
        language = self._names.here(last) if base else ""
        if language and language != self._names.default:
            return Label("", f"{self._sign}{base}", language)
        return Label("", f"{self._sign}{code}", self._names.default)


class MacroForm:
    """A macro, for what is done to the conversation: what one sends goes out unseen."""

    parts = frozenset({"actions"})

    def __init__(self, names: Names, actions: Actions) -> None:
        self._names, self._actions = names, actions

    def item(self, row: Row) -> Item:
        parts = self._actions.read(row.get("actions"))
        label = self._names.read(text(row, "name"))
        return Item(text(row, "id"), label, parts, text(row, "updated_at"))

    def said(self, label: Label, parts: Parts, before: Row) -> Mapping[str, Any]:
        """What to send; without a `visibility`, Chatwoot would forget who sees the macro."""
        return {
            "name": self._names.written(label),
            "visibility": text(before, "visibility") or "global",
            "actions": self._actions.written(parts, before.get("actions")),
        }

    def kept(self, label: Label, parts: Parts) -> tuple[Label, Parts]:
        return self._names.read(self._names.written(label)), self._actions.kept(parts)


def canonical(markdown: str) -> str:
    """Markdown with one sort of line ends, and without those around it."""
    return markdown.replace("\r\n", "\n").strip("\n")
