"""Freshdesk's canned responses, each in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import Row, rows_in, text
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.numbers import Numbers
from cannery.exchange.desks.texts.shelves import Shelves
from cannery.exchange.desks.texts.values import texts
from cannery.model.desk import Content
from cannery.rest.client import Client

FOLDERS = "/api/v2/canned_response_folders"
_EVERYONE, _GROUPS = 0, 2
_PAGE = 30  # rows, unless asked otherwise
_MOST_PAGES = 2_000


class ResponseForm:
    """A canned response: its title, its HTML, its folder and the groups that have it."""

    parts = frozenset({"body", "restriction", "section"})

    def __init__(self, names: Names, shelves: Shelves, groups: Numbers) -> None:
        self._names, self._shelves, self._groups = names, shelves, groups

    def item(self, row: Row) -> Item:
        parts: dict[str, Content] = {"body": canonical_html(text(row, "content_html"))}
        if section := self._shelves.section(text(row, "folder_id")):
            parts["section"] = section
        is_kept = row.get("visibility", _GROUPS) == _GROUPS
        if is_kept and (groups := self._groups.names(row.get("group_ids"))):
            parts["restriction"] = groups
        label = self._names.read(text(row, "title"))
        return Item(text(row, "id"), label, parts, text(row, "updated_at"))

    def said(self, label: Label, parts: Parts, before: Row) -> Mapping[str, Any]:
        said: dict[str, Any] = {
            "title": self._names.written(label),
            "content_html": parts.get("body"),
            "folder_id": int(self._shelves.folder(str(parts.get("section") or ""))),
        }
        if groups := texts(parts.get("restriction")):
            numbers = [int(self._groups.number(group)) for group in groups]
            return {**said, "visibility": _GROUPS, "group_ids": numbers}
        if before and not before.get("group_ids"):
            return said
        return {**said, "visibility": _EVERYONE}

    def kept(self, label: Label, parts: Parts) -> tuple[Label, Parts]:
        return self._names.read(self._names.written(label)), parts


def folders(client: Client) -> Iterator[Row]:
    """The folders but for those that are one agent's own."""
    rows = rows_in(client.ask("GET", FOLDERS).content, FOLDERS)
    return (row for row in rows if row.get("personal") is not True)


def responses(client: Client, shelves: Shelves) -> Iterator[Row]:
    """The responses of all folders. A page that is full may have another one behind it."""
    for folder_id in [*shelves.folders]:
        path = f"{FOLDERS}/{folder_id}/responses"
        for number in range(1, _MOST_PAGES):
            query = {"page": number} if number > 1 else None
            rows = rows_in(client.ask("GET", path, query=query).content, path)
            yield from ({"folder_id": folder_id, **row} for row in rows)
            if len(rows) < _PAGE:
                break
