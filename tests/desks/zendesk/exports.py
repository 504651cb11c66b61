"""Zendesk's incremental exports and lists of ratings, as it pages them."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.desks.server import Answer, Refused, Request, Route
from tests.desks.zendesk.paging import page
from tests.desks.zendesk.store import Row, Store

_LAG = 60  # seconds that are not told yet


class Exports:
    """`events` are rows of the history, `tickets`, `ratings`, `surveys` and `people` those of lists.

    Each row has its time; a page has at most `size`, and those of its last second. Without
    `has_surveys` the account has none of the newer ones. With `is_stuck` a page leads to itself.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.events: list[Row] = []
        self.tickets: list[Row] = []
        self.ratings: list[Row] = []
        self.surveys: list[Row] = []
        self.people: list[Row] = []
        self.sections: list[Row] = []
        self.organizations: list[Row] = []
        self.metrics: list[Row] = []
        self.metric_events: list[Row] = []
        self.size = 1000
        self.has_surveys, self.is_stuck = True, False

    @property
    def routes(self) -> list[Route]:
        return [
            Route("GET", "/api/v2/incremental/ticket_events", self._events),
            Route("GET", "/api/v2/incremental/ticket_metric_events", self._metric_events),
            Route("GET", "/api/v2/incremental/tickets/cursor", self._tickets),
            Route("GET", "/api/v2/satisfaction_ratings", self._ratings),
            Route("GET", "/api/v2/guide/survey_responses", self._surveys),
            Route("GET", "/api/v2/users", self._people),
        ]

    def _told(self, rows: Sequence[Row], key: str) -> list[Row]:
        """Those that are old enough, in the order of their times."""
        until = self.store.time.timestamp() - _LAG
        return sorted(
            (row for row in rows if _at(row, key) <= until), key=lambda row: _at(row, key)
        )

    def _events(self, request: Request) -> Answer:
        start = int(request.query.get("start_time", "x"))
        if start > self.store.time.timestamp() - _LAG:
            error = {"error": "InvalidValue", "description": "Too recent start_time."}
            raise Refused(422, error)
        rows = [row for row in self._told(self.events, "created_at") if _at(row, "created_at") >= start]  # fmt: skip
        found = _cut(rows, self.size)
        end = _at(found[-1], "created_at") if found else start
        following = start if self.is_stuck else end
        is_last = len(found) == len(rows) and not self.is_stuck
        link = f"{self.store.address}{request.path}?start_time={following}"
        if request.query.get("include") != "comment_events":
            found = [{**row, "child_events": []} for row in found]
        content = {"ticket_events": found, "count": len(found), "end_time": following}
        return Answer(200, {**content, "next_page": link, "end_of_stream": is_last})

    def _metric_events(self, request: Request) -> Answer:
        start = int(request.query.get("start_time", "x"))
        rows = [row for row in self._told(self.metric_events, "time") if _at(row, "time") >= start]
        found = _cut(rows, self.size, "time")
        end = _at(found[-1], "time") if found else start
        link = f"{self.store.address}{request.path}?start_time={end}"
        is_last = len(found) == len(rows)
        told = {"next_page": None if is_last else link, "end_of_stream": is_last}
        content = {"ticket_metric_events": found, "count": len(found), "end_time": end}
        return Answer(200, {**content, **told})

    def _tickets(self, request: Request) -> Answer:
        """By the time of the last change: a ticket that changes is told again."""
        start, after = int(request.query.get("start_time", "0")), 0
        if cursor := request.query.get("cursor"):
            start, after = (int(one) for one in urlsafe_b64decode(cursor).decode().split("|"))
        rows = [
            row for row in self._told(self.tickets, "updated_at")
            if (_at(row, "updated_at"), row["id"]) > (start, after)
        ]  # fmt: skip
        found = rows[: self.size]
        last = (_at(found[-1], "updated_at"), found[-1]["id"]) if found else (start, after)
        cursor = urlsafe_b64encode(f"{last[0]}|{last[1]}".encode()).decode()
        beside: dict[str, Any] = {}
        if "organizations" in request.query.get("include", ""):
            beside["organizations"] = self.organizations
        if "metric_sets" in request.query.get("include", ""):
            beside["metric_sets"] = self.metrics
        is_last = len(found) == len(rows)
        content = {"tickets": found, "after_cursor": cursor, "before_cursor": None, **beside}
        return Answer(200, {**content, "end_of_stream": is_last})

    def _ratings(self, request: Request) -> Answer:
        start = int(request.query.get("start_time", "0"))
        rows = [row for row in self.ratings if _at(row, "created_at") >= start]
        return page(self.store, request, "satisfaction_ratings", rows)

    def _surveys(self, request: Request) -> Answer:
        if not self.has_surveys:
            raise Refused(403, {"error": "Forbidden"})
        return page(self.store, request, "survey_responses", self.surveys)

    def _people(self, request: Request) -> Answer:
        """Those of a role: the query has its key twice, of which the last counts here."""
        rows = self.people if request.query.get("role[]") else []
        return page(
            self.store, request, "users", [row for row in rows if row["role"] != "end-user"]
        )


def _at(row: Row, key: str) -> int:
    return int(datetime.fromisoformat(row[key]).timestamp())


def _cut(rows: Sequence[Row], size: int, key: str = "created_at") -> list[Row]:
    """A page of rows, with all of its last second."""
    if len(rows) <= size:
        return [*rows]
    last = rows[size - 1][key]
    return [row for row in rows if row[key] <= last]
