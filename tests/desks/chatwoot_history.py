"""A Chatwoot on loopback that tells of its conversations, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from tests.desks.rows import Row
from tests.desks.server import Answer, DeskServer, Refused, Request, Route

_BASE = "/api/v1/accounts/4"
_SIZE, _MESSAGES = 25, 20


class ChatwootHistory(DeskServer):
    """`conversations`, and their messages and events by their ids; an older one has no events."""

    def __init__(self) -> None:
        self.conversations: list[Row] = []
        self.written: dict[int, list[Row]] = {}
        self.events: dict[int, list[Row]] = {}
        self.answers: list[Row] = []
        self.has_events = True
        one = f"{_BASE}/conversations/{{id}}"
        routes = [
            Route("GET", f"{_BASE}/conversations", self._listed),
            Route("GET", f"{one}/messages", self._messages),
            Route("GET", f"{one}/reporting_events", self._told),
            Route("GET", f"{_BASE}/csat_survey_responses", self._answered),
        ]
        super().__init__(routes, lambda _: None)

    def _listed(self, request: Request) -> Answer:
        """Open ones alone, unless all are asked for."""
        is_all = request.query.get("status") == "all"
        rows = [row for row in self.conversations if is_all or row["status"] == "open"]
        rows.sort(key=lambda row: -row["last_activity_at"])
        return Answer(200, {"data": {"meta": {"all_count": len(rows)}, "payload": _cut(rows, request, _SIZE)}})  # fmt: skip

    def _messages(self, request: Request) -> Answer:
        """The last twenty before one, in their order."""
        before = int(request.query.get("before", 10**9))
        rows = [row for row in self.written.get(request.number("id"), []) if row["id"] < before]
        return Answer(200, {"meta": {}, "payload": rows[-_MESSAGES:]})

    def _told(self, request: Request) -> Answer:
        if not self.has_events:
            raise Refused(404)
        return Answer(200, self.events.get(request.number("id"), []))

    def _answered(self, request: Request) -> Answer:
        rows = sorted(self.answers, key=lambda row: -row["created_at"])
        return Answer(200, _cut(rows, request, _SIZE))


def _cut(rows: Sequence[Row], request: Request, size: int) -> Sequence[Row]:
    page = int(request.query.get("page", 1))
    return rows[(page - 1) * size : page * size]
