"""Articles of Zendesk Guide: their metadata, and their files; what they say is in `guide_texts`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from tests.desks.server import Answer, Request, Route
from tests.desks.zendesk.guide import HELP, Guide, check_keys
from tests.desks.zendesk.guide_texts import Texts
from tests.desks.zendesk.paging import page
from tests.desks.zendesk.store import Row, Store, invalid

_KEPT = ("promoted", "position", "comments_disabled", "label_names", "content_tag_ids", "user_segment_id", "permission_group_id", "section_id", "author_id")  # fmt: skip
_NEEDED = ("user_segment_id", "permission_group_id")


class Articles:
    """Articles are rows of the table `articles`; those that were archived are in `archived`."""

    def __init__(self, store: Store, guide: Guide, texts: Texts) -> None:
        self.store = store
        self._guide = guide
        self._texts = texts

    @property
    def routes(self) -> list[Route]:
        many = f"{HELP}/articles"
        localized = f"{HELP}/{{locale}}/articles"
        return [
            Route("GET", f"{HELP}/incremental/articles", self.incremental),
            Route("GET", many, self.listed),
            Route("GET", localized, self.listed),
            Route("GET", f"{HELP}/sections/{{id}}/articles", self.of_section),
            Route("POST", f"{HELP}/sections/{{id}}/articles", self.create),
            Route("POST", f"{HELP}/{{locale}}/sections/{{id}}/articles", self.create),
            Route("GET", f"{many}/{{id}}", self.show),
            Route("GET", f"{localized}/{{id}}", self.show),
            Route("PUT", f"{many}/{{id}}", self.update),
            Route("PUT", f"{localized}/{{id}}", self.update),
            Route("DELETE", f"{many}/{{id}}", self.archive),
            Route("GET", f"{many}/{{id}}/labels", self.labels),
            Route("POST", f"{many}/{{id}}/labels", self.add_label),
            Route("DELETE", f"{many}/{{id}}/labels/{{label_id}}", self.remove_label),
            *self._texts.routes("articles", many),
            self._texts.deletion,
        ]

    @property
    def rows(self) -> list[Row]:
        return [*self.store.table("articles").values()]

    def add(self, title: str, body: str, section: int, **keys: object) -> int:
        """A public article in the default language."""
        sent = {"title": title, "body": body, "user_segment_id": None, "permission_group_id": self._guide.permission_group}  # fmt: skip
        number: int = self._made({**sent, **keys}, section)["id"]
        return number

    def listed(self, request: Request) -> Answer:
        return self._page(request, self.rows)

    def of_section(self, request: Request) -> Answer:
        number = self.store.row("sections", request.number("id"))["id"]
        return self._page(request, [row for row in self.rows if row["section_id"] == number])

    def incremental(self, request: Request) -> Answer:
        """Articles whose metadata changed since a time: none that were archived are told."""
        start = datetime.fromtimestamp(int(request.query.get("start_time", "0")), UTC)
        since = start.strftime("%Y-%m-%dT%H:%M:%SZ")
        return self._page(request, [row for row in self.rows if row["updated_at"] >= since])

    def show(self, request: Request) -> Answer:
        return Answer(200, {"article": self._told(self._row(request), request)})

    def create(self, request: Request) -> Answer:
        section = self.store.row("sections", request.number("id"))["id"]
        sent = request.part("article")
        check_keys(sent, ("title", *_NEEDED))
        made = self._made({"locale": request.names.get("locale", self._texts.default), **sent}, section)  # fmt: skip
        return Answer(201, {"article": self._told(made, request)})

    def update(self, request: Request) -> Answer:
        """Change metadata: title, body and draft are the translations', and are passed over."""
        row, sent = self._row(request), request.part("article")
        self.store.change(row, self._checked({key: sent[key] for key in _KEPT if key in sent}))
        return Answer(200, {"article": self._told(row, request)})

    def archive(self, request: Request) -> Answer:
        row = self._row(request)
        del self.store.table("articles")[row["id"]]
        self.store.table("archived")[row["id"]] = row
        return Answer(204)

    def labels(self, request: Request) -> Answer:
        rows = [self._label(name) for name in self._row(request)["label_names"]]
        return page(self.store, request, "labels", rows)

    def add_label(self, request: Request) -> Answer:
        row, name = self._row(request), str(request.part("label").get("name"))
        self.store.change(row, self._checked({"label_names": [*row["label_names"], name]}))
        return Answer(201, {"label": self._label(name)})

    def remove_label(self, request: Request) -> Answer:
        row, number = self._row(request), request.number("label_id")
        left = [name for name in row["label_names"] if self._label(name)["id"] != number]
        self.store.change(row, {"label_names": left})
        return Answer(204)

    def _label(self, name: str) -> Row:
        known = [row for row in self.store.table("labels").values() if row["name"] == name]
        return known[0] if known else self.store.add("labels", {"name": name})

    def _row(self, request: Request) -> Row:
        return self.store.row("articles", request.number("id"))

    def _made(self, sent: Row, section: int) -> Row:
        texts = self._texts.sent_with(sent, "title", "body")
        plain: Row = {"promoted": False, "position": 0, "comments_disabled": True, "label_names": [], "content_tag_ids": []}  # fmt: skip
        row = {**plain, **{key: sent[key] for key in _KEPT if key in sent}, "section_id": section}
        whole = {**self._checked(row), "source_locale": texts[0]["locale"], "vote_sum": 0, "vote_count": 0}  # fmt: skip
        made = self.store.add("articles", whole)
        self._texts.put("articles", made, texts)
        return made

    def _checked(self, changes: Row) -> Row:
        tables = {"section_id": "sections", "permission_group_id": "permission_groups", "user_segment_id": "user_segments"}  # fmt: skip
        for key, table in tables.items():
            value = changes.get(key)
            if value is not None and value not in self.store.table(table):
                raise invalid(key, f"{key} does not exist")
        if changes.get("permission_group_id", 0) is None:
            raise invalid("permission_group_id", "permission_group_id cannot be blank")
        if "label_names" in changes:
            names = {str(one).strip().casefold() for one in changes["label_names"] or ()}
            return {**changes, "label_names": sorted(names, reverse=self.store.rewrites)}
        return changes

    def _page(self, request: Request, rows: Iterable[Row]) -> Answer:
        """Those that have a text in the language of the path, if it names one."""
        wanted = request.names.get("locale")
        found = [row for row in rows if not wanted or wanted in self._texts.of("articles", row["id"])]  # fmt: skip
        return page(self.store, request, "articles", found, lambda row: self._told(row, request))

    def _told(self, row: Row, request: Request) -> Row:
        text = self._texts.shown("articles", row, request)
        here = f"{self.store.address}{HELP}/{text['locale']}/articles/{row['id']}.json"
        page_of = f"{self.store.address}/hc/{text['locale']}/articles/{row['id']}"
        told = {key: text[key] for key in ("title", "body", "draft", "locale", "outdated")}
        whole = {"url": here, "html_url": page_of, **row, **told, "edited_at": text["updated_at"]}
        if "translations" in request.query.get("include", ""):
            whole["translations"] = self._texts.all_of("articles", row)
        return whole
