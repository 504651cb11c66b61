"""Freshdesk's solutions: articles in HTML, in folders of one category.

Its API tells translations one by one alone, and lists none: only the default language goes there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from cannery.exchange.desks.article_html import canonical
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.texts.articles import Articles, Markup, from_html, in_html
from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import (
    Row,
    has_id,
    itself,
    numbered,
    row_in,
    rows_in,
    text,
)
from cannery.exchange.desks.texts.records import Records
from cannery.exchange.desks.texts.shelves import Shelves
from cannery.exchange.desks.texts.store import Objects, RowStore
from cannery.exchange.desks.texts.values import texts
from cannery.model.desk import Content
from cannery.model.location import Kind
from cannery.rest.client import Client
from cannery.util.plain import one_line

_BASE = "/api/v2/solutions"
_DRAFT, _LIVE = 1, 2
_FOR_ALL = 1  # whom a folder is for
_PERMANENT = 1  # a sort of article, beside workarounds
_SIZE = 100


def articles_of(opening: Opening) -> Articles:
    """The articles of the category that the option `category` names."""
    category = _Category(opening.client, opening.settings.options.get("category", "Help"))
    form = ArticleForm(opening, category)
    store = RowStore(_Objects(opening.client, category), form, {})
    records = Records(opening.default_language, store, kind=Kind.ARTICLE)
    return Articles(opening, records, Markup(in_html, from_html, has_translations=False))


class _Category:
    """The folders of a category, which is made with its first folder."""

    def __init__(self, client: Client, name: str) -> None:
        self._client, self._name = client, name
        self._id = ""
        self.public: dict[str, bool] = {}  # whether a folder is for all, by its id
        self.shelves = Shelves(self._folders, self._make, root="General")

    def _folders(self) -> Iterator[Row]:
        path = f"{_BASE}/categories"
        for row in rows_in(self._client.ask("GET", path).content, path):
            if text(row, "name") == self._name and has_id(row):
                self._id = text(row, "id")
        if not self._id:
            return
        path = f"{path}/{self._id}/folders"
        for row in rows_in(self._client.ask("GET", path).content, path):
            self.public[text(row, "id")] = row.get("visibility") == _FOR_ALL
            if has_id(row):
                yield row

    def _make(self, name: str, _: str) -> str:
        path = f"{_BASE}/categories"
        if not self._id:
            made = row_in(self._client.ask("POST", path, {"name": self._name}).content, path)
            self._id = text(made, "id")
        path = f"{path}/{self._id}/folders"
        said = {"name": name, "visibility": _FOR_ALL}
        folder = text(row_in(self._client.ask("POST", path, said).content, path), "id")
        self.public[folder] = True
        return folder


class _Objects(Objects):
    """Articles, which are listed and made in their folders."""

    def __init__(self, client: Client, category: _Category) -> None:
        super().__init__(client, f"{_BASE}/articles", partial(_listed, client, category))

    def write(self, object_id: str, said: Mapping[str, Any]) -> Row:
        if object_id:
            return super().write(object_id, said)
        path = f"{_BASE}/folders/{said['folder_id']}/articles"
        made = {name: value for name, value in said.items() if name != "folder_id"}
        return row_in(self._client.ask("POST", path, made).content, path)


def _listed(client: Client, category: _Category) -> Iterator[Row]:
    for folder_id in [*category.shelves.folders]:
        path = f"{_BASE}/folders/{folder_id}/articles"
        rows = numbered(client, path, itself, {"per_page": _SIZE}, _SIZE)
        yield from ({"folder_id": folder_id, **row} for row in rows)


class ArticleForm:
    """An article: its title, its HTML, its tags and its folder, which tells who may read it."""

    parts = frozenset({"active", "audience", "body", "keywords", "section"})

    def __init__(self, opening: Opening, category: _Category) -> None:
        self._language, self._category = opening.default_language, category
        self._page = f"{opening.settings.address}/support/solutions/articles/"

    def item(self, row: Row) -> Item:
        folder = text(row, "folder_id")
        section = self._category.shelves.section(folder)
        is_public = self._category.public.get(folder, False)
        parts: dict[str, Content] = {
            "active": row.get("status") == _LIVE,
            "audience": "public" if is_public else "internal",
            "body": canonical(text(row, "description")),
        }
        if section:
            parts["section"] = section
        if tags := sorted(texts(row.get("tags"))):
            parts["keywords"] = tags
        row_id = text(row, "id")
        label = Label(one_line(text(row, "title")), "", self._language, root=row_id)
        return Item(row_id, label, parts, text(row, "updated_at"), self._page + row_id)

    def said(self, label: Label, parts: Parts, before: Row) -> Mapping[str, Any]:
        folder = self._category.shelves.folder(str(parts.get("section") or ""))
        said: dict[str, Any] = {
            "title": label.title,
            "description": parts.get("body"),
            "status": _LIVE if parts.get("active") is not False else _DRAFT,
            "tags": texts(parts.get("keywords")),
        }
        if not before:
            return {**said, "folder_id": folder, "type": _PERMANENT}
        return {**said, "folder_id": int(folder)} if folder != text(before, "folder_id") else said

    def kept(self, label: Label, parts: Parts) -> tuple[Label, Parts]:
        return label._replace(title=one_line(label.title)), parts
