"""Files of articles of Zendesk Guide."""

from __future__ import annotations

from tests.desks.server import Answer, Refused, Request, Route
from tests.desks.zendesk.guide import HELP, numbers_in
from tests.desks.zendesk.macro_files import form_parts, uploaded
from tests.desks.zendesk.paging import page
from tests.desks.zendesk.store import Row, Store, invalid

_LARGEST = 20_000_000  # bytes of a file
_MOST_AT_ONCE = 20


class ArticleFiles:
    """Files of articles: at `/hc/article_attachments/{id}`, and purged if no article has them."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def routes(self) -> list[Route]:
        of = f"{HELP}/articles/{{id}}"
        return [
            Route("POST", f"{HELP}/articles/attachments", self.upload),
            Route("GET", f"{HELP}/articles/attachments/{{id}}", self.show),
            Route("DELETE", f"{HELP}/articles/attachments/{{id}}", self.delete),
            Route("POST", f"{of}/attachments", self.attach),
            Route("GET", f"{of}/attachments", self.listed),
            Route("POST", f"{of}/bulk_attachments", self.associate),
            Route("GET", "/hc/article_attachments/{id}", self.content),
        ]

    def of(self, article: int) -> list[Row]:
        files = self.store.table("article_files").values()
        return [row for row in files if row["article_id"] == article]

    def purge(self) -> None:
        """Forget the files that no article has, as Zendesk does after a while."""
        files = self.store.table("article_files")
        for number in [number for number, row in files.items() if row["article_id"] is None]:
            del files[number]

    def upload(self, request: Request) -> Answer:
        return Answer(201, {"article_attachment": self._told(self._kept(request, None))})

    def attach(self, request: Request) -> Answer:
        article = self.store.row("articles", request.number("id"))["id"]
        return Answer(201, {"article_attachment": self._told(self._kept(request, article))})

    def listed(self, request: Request) -> Answer:
        article = self.store.row("articles", request.number("id"))["id"]
        rows = [self._told(row) for row in self.of(article)]
        return page(self.store, request, "article_attachments", rows)

    def associate(self, request: Request) -> Answer:
        article = self.store.row("articles", request.number("id"))["id"]
        content = request.content if isinstance(request.content, dict) else {}
        numbers = numbers_in(content.get("attachment_ids"))
        if len(numbers) > _MOST_AT_ONCE:
            raise invalid("attachment_ids", f"At most {_MOST_AT_ONCE} attachments at once")
        files = [self.store.row("article_files", number) for number in numbers]
        if any(row["article_id"] not in {None, article} for row in files):
            raise invalid("attachment_ids", "An attachment belongs to another article")
        for row in files:
            self.store.change(row, {"article_id": article})
        return Answer(200, "")

    def show(self, request: Request) -> Answer:
        row = self.store.row("article_files", request.number("id"))
        return Answer(200, {"article_attachment": self._told(row)})

    def delete(self, request: Request) -> Answer:
        del self.store.table("article_files")[self.store.row("article_files", request.number("id"))["id"]]  # fmt: skip
        return Answer(204)

    def content(self, request: Request) -> Answer:
        return Answer(200, self.store.row("article_files", request.number("id"))["data"])

    def _kept(self, request: Request, article: int | None) -> Row:
        upload = uploaded(request, "file")
        if len(upload.data) > _LARGEST:
            raise Refused(413, {"error": "AttachmentTooLarge"})
        told = form_parts(request).get("inline")
        inline = told is not None and told.get_payload() == "true"
        row = {"file_name": upload.name, "content_type": upload.content_type, "size": len(upload.data), "inline": inline, "data": upload.data}  # fmt: skip
        return self.store.add("article_files", {**row, "article_id": article})

    def _told(self, row: Row) -> Row:
        here = f"{self.store.address}{HELP}/articles/attachments/{row['id']}.json"
        content = f"{self.store.address}/hc/article_attachments/{row['id']}"
        shown = {key: value for key, value in row.items() if key != "data"}
        return {"url": here, "content_url": content, **shown, "locale": None}
