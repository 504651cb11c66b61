"""Chatwoot's help centre: articles in Markdown, one a language, in a category of that language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from cannery.content.markdown import parse
from cannery.exchange.desks.chatwoot.texts import canonical
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.texts.articles import Articles, Markup, in_markdown
from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import Row, key, numbered, row_in, text, unexpected
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.records import Records
from cannery.exchange.desks.texts.store import Objects, RowStore
from cannery.exchange.desks.texts.values import iso_time, texts
from cannery.model.desk import Content
from cannery.model.location import Kind
from cannery.render.article import Addresses
from cannery.rest.client import Client
from cannery.util.plain import one_line

_LIVE = "published"
_NUMBERS = {True: 1, False: 2}  # of what is published, and of what is archived


def articles_of(opening: Opening, base: str, portal: str) -> Articles:
    """The articles of a portal; `base` is where the account's objects are."""
    names, path = Names(opening), f"{base}/portals/{portal}"
    categories = _Categories(opening, f"{path}/categories", names)
    form = ArticleForm(opening, names, categories, f"/hc/{portal}/articles/")
    store = Store(opening.client, f"{path}/articles", form)
    records = Records(opening.default_language, store, kind=Kind.ARTICLE)
    return Articles(opening, records, Markup(in_markdown, _here, _slug))


def _here(markdown: str, language: str) -> str:
    tokens = parse(canonical(markdown), language=language)
    return in_markdown(tokens, Addresses(str, str), language) + "\n"


def _slug(section: str) -> str:
    return section.replace("/", "-")


class _Categories:
    """The categories, of which each language has its own; a section's is known by its slug."""

    def __init__(self, opening: Opening, path: str, names: Names) -> None:
        self._client, self._path, self._names = opening.client, path, names
        self._files = opening.files
        self._known: dict[str, dict[str, int]] = {}

    def number(self, slug: str, language: str) -> int | None:
        """The category of a slug in a language, which is made if need be; None for no slug."""
        if not slug:
            return None
        known = self._of(language)
        if slug not in known:
            locale = self._names.there(language)
            title = self._title(slug, language)
            said = {"name": title, "slug": slug, "locale": locale}
            made = payload(self._client.ask("POST", self._path, said).content)
            known[slug] = _number(row_in(made, self._path), self._path)
        return known[slug]

    def _of(self, language: str) -> dict[str, int]:
        if language not in self._known:
            query = {"locale": self._names.there(language)}
            rows = numbered(self._client, self._path, key("payload"), query)
            self._known[language] = {text(row, "slug"): _number(row, self._path) for row in rows}
        return self._known[language]

    def _title(self, slug: str, language: str) -> str:
        titles = self._files.titles(language) if self._files else {}
        found = (title for section, title in titles.items() if section.endswith(f"/{slug}"))
        return next(found, slug.replace("-", " ").capitalize())


class ArticleForm:
    """An article: what is not published there has been taken from readers."""

    parts = frozenset({"active", "audience", "body", "keywords", "section", "summary"})

    def __init__(self, opening: Opening, names: Names, categories: _Categories, page: str) -> None:
        self._client, self._names, self._categories = opening.client, names, categories
        self._page = opening.settings.address + page
        self._author = 0

    def language(self, row: Row) -> str:
        """Our language of an article's; empty for one that we don't have."""
        category = row.get("category")
        locale = text(row, "locale") or (text(category, "locale") if _is_row(category) else "")
        return self._names.here(locale) if locale else self._names.default

    def item(self, row: Row) -> Item:
        parts: dict[str, Content] = {
            "active": row.get("status") == _LIVE,
            "audience": "public",
            "body": canonical(text(row, "content")),
        }
        category, meta = row.get("category"), row.get("meta")
        if _is_row(category) and (slug := text(category, "slug")):
            parts["section"] = slug
        if summary := one_line(text(row, "description")):
            parts["summary"] = summary
        if tags := sorted(texts(meta.get("tags"))) if _is_row(meta) else []:
            parts["keywords"] = tags
        root = text(row, "associated_article_id") or text(row, "id")
        label = Label(one_line(text(row, "title")), "", self.language(row), root=root)
        updated, page = iso_time(row.get("updated_at")), self._page + text(row, "slug")
        return Item(text(row, "id"), label, parts, updated, page)

    def said(self, label: Label, parts: Parts, before: Row) -> Mapping[str, Any]:
        meta = before.get("meta")
        said: dict[str, Any] = {
            "title": label.title,
            "content": parts.get("body"),
            "description": parts.get("summary", ""),
            "status": _NUMBERS[parts.get("active") is not False],
            "meta": {**(meta if _is_row(meta) else {}), "tags": texts(parts.get("keywords"))},
            "category_id": self._categories.number(str(parts.get("section") or ""), label.language),
        }
        if before:
            return said
        made = {"locale": self._names.there(label.language), "author_id": self._own_id()}
        return {
            **said,
            **made,
            **({"associated_article_id": int(label.root)} if label.root else {}),
        }

    def kept(self, label: Label, parts: Parts) -> tuple[Label, Parts]:
        return label._replace(title=one_line(label.title)), parts

    def _own_id(self) -> int:
        """The number of the user who is signed in: an article has an author."""
        if not self._author:
            path = "/api/v1/profile"
            self._author = _number(row_in(self._client.ask("GET", path).content, path), path)
        return self._author


class Store(RowStore):
    """The articles of a portal, which older versions publish only once they have been made."""

    def __init__(self, client: Client, path: str, form: ArticleForm) -> None:
        super().__init__(Objects(client, path, self._listed, "PATCH", payload), form, {})
        self._client, self._path, self._language = client, path, form.language
        self._roots: dict[str, str] = {}

    def _listed(self) -> Iterator[Row]:
        """The articles in our languages, each with the number of the one that it translates.

        Older versions tell it only there.
        """
        rows = [*numbered(self._client, self._path, key("payload"))]
        for row in rows:
            others = row.get("associated_articles")
            for other in others if isinstance(others, list) else ():
                self._roots[text(other, "id") if _is_row(other) else ""] = text(row, "id")
        return (row for row in rows if self._language(row))

    def _read(self, row: Row) -> Item:
        root = text(row, "associated_article_id") or self._roots.get(text(row, "id"), "")
        return super()._read({**row, "associated_article_id": root})

    def put(self, item_id: str, label: Label, parts: Parts) -> Item:
        item = super().put(item_id, label, parts)
        if label.root and item.label.root == item.id != label.root:
            self._roots[item.id] = label.root
        if item.parts["active"] == (parts.get("active") is not False):
            return self._again(item)
        status = _NUMBERS[parts.get("active") is not False]
        return self._read(self._objects.write(item.id, {"status": status}))

    def _again(self, item: Item) -> Item:
        return self._read(self._rows[item.id])


def _number(row: Row, path: str) -> int:
    """The number of an object. Raises RestError for one that has none."""
    found = text(row, "id")
    if not found.isdecimal():
        raise unexpected(path)
    return int(found)


def payload(content: object) -> object:
    """One object, which some answers wrap."""
    return content["payload"] if isinstance(content, dict) and "payload" in content else content


def _is_row(value: object) -> TypeGuard[Row]:
    return isinstance(value, dict)
