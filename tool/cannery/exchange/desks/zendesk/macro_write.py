"""Macros and the dynamic content of their languages, written in an order that can be cut anywhere.

What a macro refers to is written before it does, and what it no longer refers to is deleted after:
agents see the old macro or the new one, and a run that was cut off is completed by the next one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk import titles
from cannery.exchange.desks.zendesk.actions import ACTIONS, TEXTS, actions_of
from cannery.exchange.desks.zendesk.dynamic import DynamicContent, Texts
from cannery.exchange.desks.zendesk.languages import Languages
from cannery.exchange.desks.zendesk.macro_files import PART as ATTACHMENTS
from cannery.exchange.desks.zendesk.macro_files import MacroFiles
from cannery.exchange.desks.zendesk.macro_parts import BODY, SUBJECT, sole_placeholder
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.desks.zendesk.paging import Json, answered, number, objects, one
from cannery.exchange.zendesk_dynamic import placeholders_in
from cannery.model.desk import Content

MACROS = "/api/v2/macros"
Uses = Mapping[str, set[str]]  # the macros that use an item of dynamic content, by its name
_FIELDS = {BODY: "comment_value_html", SUBJECT: "subject"}
_KEYS = {"description": "description", "active": "active", "restriction": "restriction"}
_CELL = re.compile(r'<(t[dh])(?: align="(center|right)")?')
_BORDERS = "border:1px solid #ccc;padding:4px 8px"


class Wanted(NamedTuple):
    """What a macro is to be: all of its parts, and those of them that are sent."""

    parts: Mapping[str, Content]
    changed: Mapping[str, Content]

    def has(self, *beginnings: str) -> bool:
        return any(name.startswith(beginnings) for name in self.changed)


class Writer:
    """Writes macros of one desk."""

    def __init__(
        self,
        opening: Opening,
        dynamic: DynamicContent,
        languages: Languages,
        numbers: Numbers,
        files: MacroFiles,
    ) -> None:
        self._client, self._default = opening.client, opening.default_language
        self._dynamic, self._languages = dynamic, languages
        self._numbers, self._files = numbers, files

    def create(self, wanted: Wanted, uses: Uses) -> Json:
        """Make a macro; as the desk has it then."""
        body = self._body(None, wanted, uses)
        return one(answered(self._client, "POST", MACROS, {"macro": body}), "macro")

    def update(self, raw: Json, wanted: Wanted, uses: Uses) -> Json:
        """Send what differs, and nothing else; as the desk has the macro then."""
        whole = self._body(raw, wanted, uses)
        body = {key: value for key, value in whole.items() if value != raw.get(key)}
        new = raw  # where dynamic content alone has changed
        if body:
            path = f"{MACROS}/{number(raw)}"
            new = one(answered(self._client, "PUT", path, {"macro": body}), "macro")
        for placeholder in {*placeholders_in(raw)} - {*placeholders_in(new)}:
            if not uses.get(placeholder, set()) - {number(raw)}:
                self._dynamic.drop(placeholder)
        return new

    def _body(self, raw: Json | None, wanted: Wanted, uses: Uses) -> dict[str, object]:
        """What it is to be; the dynamic content that it refers to is there then."""
        title = str(raw.get("title")) if raw else ""
        if raw is None or wanted.has("title", "section"):
            parts = wanted.parts
            section, name = str(parts.get("section") or ""), str(parts.get("title") or "")
            title = titles.written(titles.Title(section, name))
        body: dict[str, object] = {"title": title}
        if raw is None or wanted.has(*_FIELDS, ACTIONS):
            body["actions"] = self._actions(raw, wanted, title, uses)
        if items := wanted.changed.get(ATTACHMENTS):
            names = [str(one) for one in items] if isinstance(items, list | tuple) else []
            body[ATTACHMENTS] = self._files.ids(names, number(raw) if raw else "")
        for part, key in _KEYS.items():
            if part in wanted.changed and (raw is not None or wanted.changed[part] is not None):
                body[key] = self._value(part, wanted.changed[part])
        return body

    def _value(self, part: str, value: Content) -> object:
        if part == "restriction":  # None has to be sent as null: without a key it stays
            return self._restriction(value)
        return value if part == "active" else value or None

    def _restriction(self, value: Content) -> object:
        names = value if isinstance(value, list | tuple) else ()
        ids = [int(self._numbers.number("groups", str(name))) for name in names]
        return {"type": "Group", "id": ids[0], "ids": ids} if ids else None

    def _actions(self, raw: Json | None, wanted: Wanted, title: str, uses: Uses) -> list[Json]:
        """The actions as they are to be; what has not changed stays as the desk has it."""
        before = [*objects(raw or {}, "actions")]
        made: list[Json] = []
        for beginning, field in _FIELDS.items():
            if raw is None or wanted.has(beginning):
                made += self._text(raw, wanted, (beginning, field), title, uses)
            else:
                made += [it for it in before if _field_of(it) == beginning]
        if raw is None or wanted.has(ACTIONS):
            return [*made, *actions_of(wanted.parts, self._numbers)]
        return [*made, *(it for it in before if it.get("field") not in TEXTS)]

    def _text(
        self, raw: Json | None, wanted: Wanted, kind: tuple[str, str], title: str, uses: Uses
    ) -> list[Json]:
        """The action of a text: itself, or an item of dynamic content with all its languages."""
        beginning, field = kind
        texts = {
            name.removeprefix(beginning): _dressed(str(text))
            for name, text in wanted.parts.items()
            if name.startswith(beginning) and text
        }
        if not texts:
            return []
        if {*texts} == {self._default}:
            return [{"field": field, "value": texts[self._default]}]
        name = title if beginning == BODY else f"{title} (subject)"
        placeholder = self._item(raw, field, name, self._by_locale(texts), uses)
        if raw and placeholder == sole_placeholder(raw, field):
            return [it for it in objects(raw, "actions") if it.get("field") == field]
        return [{"field": field, "value": f"{{{{dc.{placeholder}}}}}"}]

    def _item(self, raw: Json | None, field: str, name: str, texts: Texts, uses: Uses) -> str:
        """The item that has the texts: the macro's own, if it has one."""
        known = sole_placeholder(raw, field) if raw else ""
        others = uses.get(known, set()) - {number(raw)} if raw else set()
        if known and self._dynamic.is_ours(known) and not others:
            self._dynamic.change(known, texts)
            return known
        return self._dynamic.put(name, texts, frozenset(one for one, by in uses.items() if by))

    def _by_locale(self, texts: Mapping[str, str]) -> Texts:
        by_locale = {self._languages.number(one): text for one, text in texts.items()}
        first = self._default if self._default in texts else min(texts)
        gone = self._languages.named().keys() - by_locale.keys()
        return Texts(by_locale, self._languages.number(first), frozenset(gone))


def _field_of(action: Json) -> str:
    """Which of our texts an action is."""
    field = str(action.get("field"))
    if field not in TEXTS:
        return ""
    return SUBJECT if field == "subject" else BODY


def _dressed(html: str) -> str:
    """The HTML with the styles without which a table can't be read in a mail."""
    if "<table" not in html:
        return html
    html = html.replace("<table>", '<table style="border-collapse:collapse">')
    return _CELL.sub(_cell, html)


def _cell(found: re.Match[str]) -> str:
    align = f";text-align:{found[2]}" if found[2] else ""
    return f'<{found[1]} style="{_BORDERS}{align}"'
