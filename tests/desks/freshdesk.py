"""A Freshdesk on loopback: canned responses in folders, and groups."""

from __future__ import annotations

from tests.desks.rows import Row, Rows, numbered
from tests.desks.server import Answer, DeskServer, Refused, Request, Route

_SOLUTIONS = "/api/v2/solutions"
_FOLDERS = "/api/v2/canned_response_folders"
_KEYS = frozenset({"attachments", "content_html", "folder_id", "group_ids", "title", "visibility"})


class FakeFreshdesk(DeskServer):
    def __init__(self) -> None:
        self.folders = Rows(("name",), lambda row: {"personal": False, "responses_count": 0, **row})
        self.responses = Rows(("title", "content_html"), self._response)
        self.groups = Rows()
        self.groups.add(name="Billing")
        self.folders.add(name="Personal_1", personal=True)
        self.categories = Rows(("name",))
        self.sections = Rows(("name", "visibility"))
        self.articles = Rows(("title", "description", "status"), _article)
        routes = [
            *self.categories.routes(f"{_SOLUTIONS}/categories"),
            Route("GET", f"{_SOLUTIONS}/categories/{{name}}/folders", self._sections),
            Route("POST", f"{_SOLUTIONS}/categories/{{name}}/folders", self._section),
            Route("GET", f"{_SOLUTIONS}/folders/{{name}}/articles", self._in_section),
            Route("POST", f"{_SOLUTIONS}/folders/{{name}}/articles", self._new_article),
            *self.articles.routes(f"{_SOLUTIONS}/articles", leave_out=["GET", "POST"]),
            *self.folders.routes(_FOLDERS),
            *self.responses.routes("/api/v2/canned_responses", leave_out=["GET", "DELETE"]),
            Route("GET", f"{_FOLDERS}/{{name}}/responses", self._in_folder),
            *self.groups.routes("/api/v2/groups", numbered("per_page", 30)),
        ]
        super().__init__(routes, _nothing)

    def _in_folder(self, request: Request) -> Answer:
        self.folders.find(request.names["name"])
        rows = [row for row in self.responses.all if str(row["folder_id"]) == request.names["name"]]
        return numbered("per_page", 30)(rows, request)

    def _sections(self, request: Request) -> Answer:
        number = int(request.names["name"])
        of = [row for row in self.sections.all if row["category_id"] == number]
        return Answer(200, of)

    def _section(self, request: Request) -> Answer:
        self.categories.find(request.names["name"])
        said = {**request.content, "category_id": int(request.names["name"])}
        return Answer(201, self.sections.make(said))

    def _in_section(self, request: Request) -> Answer:
        self.sections.find(request.names["name"])
        of = [row for row in self.articles.all if row["folder_id"] == int(request.names["name"])]
        return numbered("per_page", 30)(of, request)

    def _new_article(self, request: Request) -> Answer:
        self.sections.find(request.names["name"])
        said = {**request.content, "folder_id": int(request.names["name"])}
        return Answer(201, self.articles.make(said))

    def _response(self, row: Row) -> Row:
        """A response as it is kept: what it does not know is refused, and HTML is in an element."""
        if unknown := row.keys() - _KEYS - {"id", "stamps", "updated_at", "content"}:
            raise Refused(400, {"description": f"Unexpected field {min(unknown)}"})
        if row.get("visibility", 0) != 1:
            self.folders.find(str(row.get("folder_id")))
        html = row["content_html"]
        html = html if html.startswith("<div") else f'<div dir="ltr">\n{html}\n</div>'
        return {"group_ids": [], "attachments": [], **row, "content_html": html}


def _article(row: Row) -> Row:
    """An article as it is kept: HTML as an editor writes it."""
    return {"tags": [], **row, "description": row["description"].replace("<p>", '<p dir="ltr">')}


def _nothing(_: Request) -> None:
    """Whoever asks may."""
