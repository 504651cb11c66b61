"""Front's knowledge base: articles in HTML, each with all its languages, in a category.

An article stays in the category that it was made in: Front lets no program move it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from cannery.errors import SettingsError
from cannery.exchange.desks.article_html import canonical
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.front.texts import behind, end_of
from cannery.exchange.desks.texts.articles import Articles, Markup, from_html, in_html
from cannery.exchange.desks.texts.group import languages_of
from cannery.exchange.desks.texts.listing import Row, has_id, key, linked, row_in, text
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.shelves import Shelves
from cannery.exchange.desks.texts.values import is_later, iso_time, texts
from cannery.model.desk import Content, Record
from cannery.model.desk_settings import DeskSettings
from cannery.model.location import Kind
from cannery.rest.client import Client, RestError
from cannery.util.plain import one_line

_BASES, _ARTICLES = "/knowledge_bases", "/knowledge_base_articles"
_CATEGORIES = "/knowledge_base_categories"
_LIVE, _DRAFT = "published", "draft"
_PAGE: Mapping[str, str | int] = {"limit": 100}
_GONE = 404
Parts = Mapping[str, Content]


def articles_of(opening: Opening) -> Articles:
    """The articles of the knowledge base that the options name. Raises SettingsError."""
    return Articles(opening, _Kept(opening), Markup(in_html, from_html))


class _Kept:
    """Articles of one knowledge base, and their texts by language."""

    parts = frozenset({"active", "audience", "body", "section"})

    def __init__(self, opening: Opening) -> None:
        settings = opening.settings
        self._client, self._names = opening.client, Names(opening)
        self._default = opening.default_language
        self._base = f"{_BASES}/{_option(settings, 'knowledge_base', 'knb_12')}"
        self._author = _option(settings, "author", "tea_6r55a")
        rows = partial(_categories, opening.client, f"{self._base}/categories")
        self._shelves = Shelves(rows, self._category, lambda row: text(row, "parent"))
        self._is_checked = False

    def all(self, since: str = "") -> Iterator[Record]:
        self._refuse_internal()
        listed = linked(self._client, f"{self._base}/articles", key("_results"), behind, _PAGE)
        for row in listed:
            updated = iso_time(row.get("updated_at"))
            if has_id(row) and (not since or is_later(updated, since)):
                yield self._record(row)

    def read(self, record_id: str) -> Record | None:
        path = f"{_ARTICLES}/{record_id}"
        try:
            return self._record(row_in(self._client.ask("GET", path).content, path))
        except RestError as error:
            if error.code != _GONE:
                raise
            return None

    def create(self, parts: Parts) -> Record:
        self._refuse_internal()
        first, *others = sorted(languages_of(parts), key=lambda one: one != self._default)
        said = self._said(parts, first)
        if category := self._shelves.folder(str(parts.get("section") or "")):
            said["category_id"] = category
        path = f"{self._base}/locales/{self._names.there(first)}/articles"
        made = text(row_in(self._client.ask("POST", path, said).content, path), "id")
        for language in others:
            self._write(made, parts, language)
        return self._again(made)

    def update(self, record: Record, parts: Parts) -> Record:
        """Send each language that differs; one that has gone becomes a draft."""
        said = {name: it for name, it in {**record.parts, **parts}.items() if it is not None}
        before, wanted = languages_of(record.parts), languages_of(said)
        shared = said.get("active") != record.parts.get("active")
        for language in wanted:
            names = (f"title.{language}", f"body.{language}")
            if shared or any(said.get(name) != record.parts.get(name) for name in names):
                self._write(record.id, said, language)
        for language in [one for one in before if one not in wanted]:
            self._write(record.id, {**record.parts, "active": False}, language)
        return self._again(record.id)

    def delete(self, record: Record) -> None:
        try:
            self._client.ask("DELETE", f"{_ARTICLES}/{record.id}")
        except RestError as error:
            if error.code != _GONE:
                raise

    def _again(self, record_id: str) -> Record:
        record = self.read(record_id)
        if record is None:
            raise RestError("an article was deleted while it was written", "Run it again.", _GONE)
        return record

    def _said(self, parts: Parts, language: str) -> dict[str, Any]:
        return {
            "author_id": self._author,
            "subject": parts.get(f"title.{language}"),
            "content": parts.get(f"body.{language}"),
            "status": _LIVE if parts.get("active") is not False else _DRAFT,
        }

    def _write(self, article_id: str, parts: Parts, language: str) -> None:
        path = f"{_ARTICLES}/{article_id}/locales/{self._names.there(language)}/content"
        self._client.ask("PATCH", path, self._said(parts, language))

    def _record(self, row: Row) -> Record:
        """An article with its texts, each of which is asked for."""
        article_id = text(row, "id")
        found: dict[str, Row] = {}
        for locale in texts(row.get("locales")):
            if language := self._names.here(locale):
                path = f"{_ARTICLES}/{article_id}/locales/{locale}/content"
                found[language] = row_in(self._client.ask("GET", path).content, path)
        live = {at: one for at, one in found.items() if one.get("status") == _LIVE}
        parts: dict[str, Content] = {"active": bool(live), "audience": "public"}
        if section := self._shelves.section(end_of(row, "category")):
            parts["section"] = section
        for language, one in sorted((live or found).items()):
            parts[f"title.{language}"] = one_line(text(one, "name"))
            parts[f"body.{language}"] = canonical(text(one, "content"))
        titles = [it for name, it in parts.items() if name.startswith("title.")]
        title = str(parts.get(f"title.{self._default}") or next(iter(titles), ""))
        updated = iso_time(row.get("updated_at"))
        return Record(article_id, Kind.ARTICLE, title, parts, updated)

    def _category(self, name: str, parent: str) -> str:
        path = f"{self._base}/categories"
        said = {"name": name, **({"parent_category_id": parent} if parent else {})}
        return text(row_in(self._client.ask("POST", path, said).content, path), "id")

    def _refuse_internal(self) -> None:
        """Raises RestError for a knowledge base that customers can't read."""
        if self._is_checked:
            return
        found = row_in(self._client.ask("GET", self._base).content, self._base)
        if found.get("type") != "external":
            hint = "Name an external one as knowledge_base in kb.toml."
            raise RestError("the knowledge base at Front is internal", hint)
        self._is_checked = True


def _categories(client: Client, path: str) -> Iterator[Row]:
    """The categories with their names, each of which is asked for, and what each is in."""
    for row in linked(client, path, key("_results"), behind, _PAGE):
        if has_id(row):
            one = f"{_CATEGORIES}/{text(row, 'id')}/content"
            found = row_in(client.ask("GET", one).content, one)
            yield {**row, "name": text(found, "name"), "parent": end_of(row, "parent_category")}


def _option(settings: DeskSettings, name: str, example: str) -> str:
    """An id of Front's among the options. Raises SettingsError."""
    found = settings.options.get(name, "")
    if not found.replace("_", "").isalnum():
        message = f"desks.{settings.name}.{name} must be an id of Front's"
        raise SettingsError(message, f'Write {name} = "{example}".')
    return found
