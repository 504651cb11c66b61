"""A Front on loopback that tells of its events, fifteen at a time."""

from __future__ import annotations

from tests.desks.rows import Row
from tests.desks.server import Answer, DeskServer, Refused, Request, Route

_MOST = 15


class FrontHistory(DeskServer):
    """`events`; with `is_stuck` a page leads to itself. The next page is told by a whole address."""

    def __init__(self) -> None:
        self.events: list[Row] = []
        self.is_stuck = False
        super().__init__([Route("GET", "/events", self._listed)], lambda _: None)

    def _listed(self, request: Request) -> Answer:
        """The newest first, unless the oldest are asked for."""
        query = request.query
        size = int(query.get("limit", _MOST))
        if size > _MOST:
            raise Refused(400, {"_error": {"status": 400, "title": "Bad request"}})
        after = float(query.get("q[after]", 0))
        is_oldest_first = query.get("sort_order") == "asc"
        rows = sorted(
            (row for row in self.events if row["emitted_at"] > after),
            key=lambda row: row["emitted_at"] if is_oldest_first else -row["emitted_at"],
        )
        begin = int(query.get("page_token", 0))
        end = begin if self.is_stuck and begin else begin + size
        following = f"https://acme.api.frontapp.com/events?page_token={end}"
        is_last = end >= len(rows) and not self.is_stuck
        told = {"next": None if is_last else following}
        return Answer(200, {"_pagination": told, "_results": rows[begin : begin + size]})
