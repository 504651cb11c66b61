"""Articles of Request Tracker, as a store of texts: one article for each language of an entry.

REST2 answers with "OK" also to what it did not do, so that each write is read again. It refuses a
write after one that was not read, by If-Match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.rt.api import API, rows
from cannery.exchange.desks.rt.classes import Classes
from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import has_id
from cannery.exchange.desks.texts.names import Names
from cannery.model.location import Kind
from cannery.rest.client import RestError
from cannery.util.json_values import Json, as_list, as_map, maps_in, text_of
from cannery.util.plain import one_line

_FIELDS = "Name,Summary,Class,CustomFields,Disabled,LastUpdated"
_LONGEST = 200  # characters of a name and of a summary that each database of RT's has room for
_RIGHTS = (
    "It takes the rights ShowArticle, CreateArticle, ModifyArticle, DisableArticle, "
    "SeeCustomField and ModifyCustomField of the class."
)
_ARTICLE = f"{API}/article/"
_REFUSED, _GONE, _NOT_ALLOWED, _CHANGED, _NOT_DONE = 400, 404, 405, 412, 422
_DISABLED = "1"


class Articles:
    """`exchange.desks.texts.item.Store` for the articles of the classes that kb.toml names."""

    parts = frozenset({"body", "summary", "section", "active"})

    def __init__(self, opening: Opening, kind: Kind = Kind.MACRO) -> None:
        self._client = opening.client
        self._address = opening.settings.address
        self._classes = Classes(opening, kind)
        self._names = Names(opening)
        self._form = canonical_html if self._classes.is_html else _text
        self._stamps: dict[str, str] = {}  # the ETag of each article that was read for itself

    @property
    def numbers(self) -> Mapping[str, Mapping[str, str]]:
        return {}

    def items(self) -> Iterator[Item]:
        fields = {"fields": _FIELDS, "find_disabled_rows": "1"}
        for one in self._classes.all():
            wanted = [{"field": "Class", "value": one.number}]
            found = rows(self._client, f"{API}/articles", wanted, fields)
            yield from (self._item(row) for row in found if has_id(row))

    def several(self, ids: Iterable[str]) -> Mapping[str, Item]:
        found = ((one, self._read(one)) for one in ids)
        return {one: self._item(row) for one, row in found if row}

    def as_kept(self, label: Label, parts: Parts) -> Item:
        return Item(
            "",
            self._names.read(self._name(label)),
            _parts(
                self._form(text_of(parts.get("body"))),
                _line(parts.get("summary")),
                self._classes.kept(str(parts.get("section") or "")),
                is_active=parts.get("active") is not False,
            ),
        )

    def put(self, item_id: str, label: Label, parts: Parts, /) -> Item:
        said = self._said(label, parts)
        if item_id:
            told = self._changed(item_id, said)
        else:
            item_id, told = self._made(said), None
        row = self._read(item_id)
        self._check(said, row, told)
        return self._item(row)

    def delete(self, item_id: str, /) -> None:
        message = f"Request Tracker deletes no article: {item_id} stays there, disabled"
        raise RestError(message, "Delete it with its rt-shredder.", _NOT_ALLOWED)

    def _changed(self, item_id: str, said: Mapping[str, Any]) -> object:
        """What RT tells of a change, in words; refused if somebody else changed it meanwhile."""
        stamp = self._stamps.pop(item_id, "")
        headers = {"If-Match": stamp} if stamp else {}
        try:
            return self._client.ask("PUT", f"{_ARTICLE}{item_id}", said, headers=headers).content
        except RestError as error:
            if error.code != _CHANGED:
                raise
            message = f"{said['Name']} was changed in Request Tracker since it was read"
            raise RestError(message, "Run it again.", _CHANGED) from error

    def _made(self, said: Mapping[str, Any]) -> str:
        try:
            made = self._client.ask("POST", _ARTICLE.rstrip("/"), said).content
        except RestError as error:
            if error.code != _REFUSED:
                raise
            message = f"Request Tracker refuses {said['Name']}: a class has each name once"
            raise RestError(message, "Give it another title or shortcut.", _REFUSED) from error
        return text_of(as_map(made).get("id"))

    def _name(self, label: Label) -> str:
        return self._names.written(label)[:_LONGEST]

    def _said(self, label: Label, parts: Parts) -> Mapping[str, Any]:
        return {
            "Name": self._name(label),
            "Summary": _line(parts.get("summary")),
            "Class": self._classes.of_section(str(parts.get("section") or "")).number,
            "CustomFields": {self._classes.field: self._form(text_of(parts.get("body")))},
            "Disabled": 0 if parts.get("active") is not False else 1,
        }

    def _read(self, item_id: str) -> Json:
        """An article as it is now; nothing for one that is not there."""
        try:
            reply = self._client.ask("GET", f"{_ARTICLE}{item_id}")
        except RestError as error:
            if error.code == _GONE:
                return {}
            raise
        self._stamps[item_id] = reply.headers.get("etag", "")
        return as_map(reply.content)

    def _item(self, row: Json) -> Item:
        number = str(row.get("id"))
        return Item(
            number,
            self._names.read(str(row.get("Name") or "")),
            _parts(
                self._form(self._content(row)),
                _line(row.get("Summary")),
                self._classes.section(str(as_map(row.get("Class")).get("id"))),
                is_active=str(row.get("Disabled")) != _DISABLED,
            ),
            str(row.get("LastUpdated") or ""),
            f"{self._address}/Articles/Article/Display.html?id={number}",
        )

    def _content(self, row: Json) -> str:
        for one in maps_in(row.get("CustomFields")):
            if one.get("name") == self._classes.field:
                return "\n".join(str(value) for value in as_list(one.get("values")))
        return ""

    def _check(self, said: Mapping[str, Any], row: Json, told: object) -> None:
        """Raise RestError for what was sent and is not so: most often the user lacks a right."""
        here = (said["Name"], said["Summary"], said["Class"], str(said["Disabled"]))
        there = (
            row.get("Name"), row.get("Summary"), as_map(row.get("Class")).get("id"),
            str(row.get("Disabled")),
        )  # fmt: skip
        body = said["CustomFields"][self._classes.field]
        if here != there or body != self._form(self._content(row)):
            why = "; ".join(one_line(str(one)) for one in as_list(told)[:5])[:300]
            message = f"Request Tracker did not change {said['Name']} as it should"
            raise RestError(f"{message}: {why}" if why else message, _RIGHTS, _NOT_DONE)


def _parts(body: str, summary: str, section: str, *, is_active: bool) -> Parts:
    texts = {"body": body, "summary": summary, "section": section}
    return {**{name: text for name, text in texts.items() if text}, "active": is_active}


def _text(text: str) -> str:
    """A text with the ends of lines that we have: RT's pages send them in another form."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip("\n")


def _line(value: object) -> str:
    return one_line(str(value or ""))[:_LONGEST]
