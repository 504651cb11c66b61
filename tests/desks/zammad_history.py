"""A Zammad on loopback that lists its tickets, with their history and articles."""

from __future__ import annotations

from tests.desks.rows import Row
from tests.desks.server import Answer, DeskServer, Refused, Request, Route


class ZammadHistory(DeskServer):
    """`tickets`, and what belongs to them by their ids."""

    def __init__(self) -> None:
        self.tickets: list[Row] = []
        self.history: dict[int, list[Row]] = {}
        self.articles: dict[int, list[Row]] = {}
        routes = [
            Route("GET", "/api/v1/tickets", self._tickets),
            Route("GET", "/api/v1/ticket_history/{id}", self._of_ticket),
            Route("GET", "/api/v1/ticket_articles/by_ticket/{id}", self._written),
        ]
        super().__init__(routes, lambda _: None)

    def _tickets(self, request: Request) -> Answer:
        """By id; with names only where these are asked for."""
        rows = sorted(self.tickets, key=lambda row: row["id"])
        if request.query.get("expand") != "true":
            rows = [{key: row[key] for key in row if key not in ("state", "group")} for row in rows]
        size, page = int(request.query.get("per_page", 50)), int(request.query.get("page", 1))
        return Answer(200, rows[(page - 1) * size : page * size])

    def _of_ticket(self, request: Request) -> Answer:
        number = self._known(request)
        assets = {"User": {"3": {"firstname": "Planted", "email": "planted@example.com"}}}
        return Answer(200, {"history": self.history.get(number, []), "assets": assets})

    def _written(self, request: Request) -> Answer:
        return Answer(200, self.articles.get(self._known(request), []))

    def _known(self, request: Request) -> int:
        number = request.number("id")
        if number not in {row["id"] for row in self.tickets}:
            raise Refused(404, {"error": "Couldn't find Ticket"})
        return number
