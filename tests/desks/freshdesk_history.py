"""A Freshdesk on loopback that tells of its tickets, as far as its pages go."""

from __future__ import annotations

from datetime import datetime

from tests.desks.rows import Row
from tests.desks.server import Answer, DeskServer, Refused, Request, Route

_MOST_PAGES, _SIZE = 300, 100


class FreshdeskHistory(DeskServer):
    """`tickets` with their conversations by id, and `ratings`; without `has_surveys` there are none.

    A ticket with `deleted` or `spam` is told by its filter alone.
    """

    def __init__(self) -> None:
        self.tickets: list[Row] = []
        self.written: dict[int, list[Row]] = {}
        self.ratings: list[Row] = []
        self.has_surveys = True
        routes = [
            Route("GET", "/api/v2/tickets", self._tickets),
            Route("GET", "/api/v2/tickets/{id}/conversations", self._conversations),
            Route("GET", "/api/v2/surveys/satisfaction_ratings", self._ratings),
            Route(
                "GET", "/api/v2/groups", lambda it: self._page([{"id": 5, "name": "Printers"}], it)
            ),
        ]
        super().__init__(routes, lambda _: None)

    def _tickets(self, request: Request) -> Answer:
        query = request.query
        since = _at(query["updated_since"])
        which = query.get("filter", "")
        rows = [
            row for row in self.tickets
            if _at(row["updated_at"]) >= since and which == next((one for one in ("deleted", "spam") if row.get(one)), "")
        ]  # fmt: skip
        if query.get("order_by") == "updated_at" and query.get("order_type") == "asc":
            rows.sort(key=lambda row: _at(row["updated_at"]))
        if "stats" not in query.get("include", ""):
            rows = [{key: value for key, value in row.items() if key != "stats"} for row in rows]
        return self._page(rows, request)

    def _conversations(self, request: Request) -> Answer:
        if request.number("id") not in {row["id"] for row in self.tickets}:
            raise Refused(404)
        return self._page(self.written.get(request.number("id"), []), request)

    def _ratings(self, request: Request) -> Answer:
        if not self.has_surveys:
            raise Refused(403, {"code": "require_feature"})
        since = _at(request.query["created_since"])
        return self._page([row for row in self.ratings if _at(row["created_at"]) >= since], request)

    @staticmethod
    def _page(rows: list[Row], request: Request) -> Answer:
        size, number = int(request.query.get("per_page", 30)), int(request.query.get("page", 1))
        if number > _MOST_PAGES or size > _SIZE:
            raise Refused(400, {"description": "Validation failed"})
        return Answer(200, rows[(number - 1) * size : number * size])


def _at(written: str) -> float:
    return datetime.fromisoformat(written).timestamp()
