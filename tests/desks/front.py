"""A Front on loopback: message templates, their folders, and inboxes."""

from __future__ import annotations

from collections.abc import Sequence

from tests.desks.rows import Row, Rows
from tests.desks.server import Answer, DeskServer, Refused, Request, Route

_OTHERWISE = ["GET", "POST", "UPDATE", "DELETE"]
_ARTICLES = "/knowledge_base_articles"
_KEYS = frozenset({"body", "folder_id", "inbox_ids", "name", "subject"})


class FakeFront(DeskServer):
    """Lists have pages of `size`, each of which tells the address of the next one."""

    def __init__(self, size: int = 50) -> None:
        self.size = size
        self.folders = Rows(("name",), _folder, lambda number: f"rsf_{number}", "")
        self.templates = Rows(("name", "body"), self._template, lambda number: f"rsp_{number}", "")
        self.inboxes = Rows(id_of=lambda number: f"inb_{number}")
        self.inboxes.add(name="Support")
        self.articles = Rows((), _article, lambda number: f"kba_{number}", "")
        self.categories = Rows(("name",), _category, lambda number: f"kbc_{number}", "")
        self.base = {"id": "knb_1", "type": "external", "locales": ["en", "ja"], "_links": {}}
        one = f"{_ARTICLES}/{{name}}"
        routes = [
            Route("GET", "/knowledge_bases/knb_1", lambda _: Answer(200, self.base)),
            Route("POST", "/knowledge_bases/knb_1/locales/{locale}/articles", self._new),
            Route("GET", f"{one}/locales/{{locale}}/content", self._text),
            Route("PATCH", f"{one}/locales/{{locale}}/content", self._change),
            Route("DELETE", one, self._deleted),
            *self.articles.routes(_ARTICLES, leave_out=_OTHERWISE, wrap=_slim),
            Route("GET", "/knowledge_bases/knb_1/articles", self._articles),
            *self.categories.routes(
                "/knowledge_bases/knb_1/categories", self._page, leave_out=["SHOW", "UPDATE"]
            ),
            Route(
                "GET",
                "/knowledge_base_categories/{name}/content",
                lambda it: Answer(200, self.categories.find(it.names["name"])),
            ),
            *self.templates.routes("/message_templates", self._page, "PATCH"),
            *self.folders.routes("/message_template_folders", self._page, "PATCH"),
            *self.inboxes.routes("/inboxes", self._page),
        ]
        super().__init__(routes, _nothing)

    def _page(self, rows: Sequence[Row], request: Request) -> Answer:
        begin = int(request.query.get("page_token", 0))
        end = begin + self.size
        path = f"https://acme.api.frontapp.com{request.path}?page_token={end}"
        following = path if end < len(rows) else None
        return Answer(200, {"_pagination": {"next": following}, "_results": [*rows[begin:end]]})

    def _articles(self, request: Request) -> Answer:
        return self._page([_slim(row) for row in self.articles.all], request)

    def _deleted(self, request: Request) -> Answer:
        row = self.articles.find(request.names["name"])
        del self.articles.by_id[row["id"]]
        return Answer(200, _slim(row))

    def _new(self, request: Request) -> Answer:
        said, locale = request.content, request.names["locale"]
        row = self.articles.make({"category_id": said.get("category_id"), "texts": {locale: said}})
        return Answer(201, _whole(row, locale))

    def _text(self, request: Request) -> Answer:
        return Answer(
            200, _whole(self.articles.find(request.names["name"]), request.names["locale"])
        )

    def _change(self, request: Request) -> Answer:
        row, locale = self.articles.find(request.names["name"]), request.names["locale"]
        texts = {**row["texts"], locale: {**row["texts"].get(locale, {}), **request.content}}
        self.articles.change(row["id"], {"texts": texts})
        return Answer(200, _whole(self.articles.find(row["id"]), locale))

    def _template(self, row: Row) -> Row:
        known = {"id", "stamps", "updated_at", "attachments", "_links"}
        if unknown := row.keys() - _KEYS - known - {"is_available_for_all_inboxes"}:
            raise Refused(400, {"_error": {"title": f"{min(unknown)} is unknown"}})
        if row.get("inbox_ids") == []:
            raise Refused(400, {"_error": {"title": "inbox_ids should be non-empty"}})
        if folder := row.get("folder_id"):
            self.folders.find(folder)
        return {
            "attachments": [],
            "inbox_ids": None,
            "is_available_for_all_inboxes": not row.get("inbox_ids"),
            "subject": None,
            **row,
            "_links": _links(row.get("folder_id")),
            "updated_at": _time(row),
        }


def _article(row: Row) -> Row:
    """An article as it is kept, which was written by somebody who is there."""
    for said in row["texts"].values():
        if said.get("author_id") != "tea_1":
            raise Refused(400, {"_error": {"title": "author_id is unknown"}})
    return {**row, "updated_at": _time(row)}


def _slim(row: Row) -> Row:
    address = f"https://acme.api.frontapp.com/knowledge_base_categories/{row['category_id']}"
    return {
        "_links": {"related": {"category": address if row["category_id"] else None}},
        "id": row["id"],
        "slug": f"/articles/{row['id']}",
        "locales": [*row["texts"]],
        "updated_at": row["updated_at"],
    }


def _whole(row: Row, locale: str) -> Row:
    said = row["texts"].get(locale)
    if said is None:
        raise Refused(404, {"_error": {"title": "Not found"}})
    return {
        **_slim(row),
        "name": said["subject"],
        "status": said.get("status", "draft"),
        "content": said["content"].replace("<p>", '<p dir="ltr">'),
        "locale": locale,
        "keywords": [],
        "attachments": [],
    }


def _category(row: Row) -> Row:
    parent = row.get("parent_category_id")
    address = f"https://acme.api.frontapp.com/knowledge_base_categories/{parent}"
    related = {"parent_category": address if parent else None}
    known = {"description": None, "is_hidden": False, "locale": "en", "locales": ["en"]}
    return {**known, "slug": "/categories/1", **row, "_links": {"related": related}}


def _folder(row: Row) -> Row:
    return {**row, "_links": _links(row.get("parent_folder_id")), "updated_at": _time(row)}


def _time(row: Row) -> float:
    return 1767225600.5 + 60 * int(row.get("stamps", 0))


def _links(parent: object) -> Row:
    address = f"https://acme.api.frontapp.com/message_template_folders/{parent}"
    return {"related": {"owner": None, "parent_folder": address if parent else None}}


def _nothing(_: Request) -> None:
    """Whoever asks may."""
