"""Zendesk's incremental exports, asked for: the history first, which is whole until its last page.

Events are told from the oldest on, a minute late and with repeats; an import that breaks off goes
on behind the last page that was kept.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.pages import (
    ABSENT,
    Query,
    answered,
    by_cursor,
    in_circles,
    progress,
    refuse_again,
    token,
)
from cannery.insight.sources.source import Checkpoint, Options, Records
from cannery.insight.sources.taking import take_each
from cannery.insight.sources.values import Json, parts, seconds
from cannery.insight.sources.zendesk import metric_pages
from cannery.insight.sources.zendesk.rows import LISTS, take
from cannery.model.ticket_event import TicketRecord
from cannery.rest.client import Client
from cannery.rest.rest_error import RestError

_BASE = "/api/v2"
_EVENTS = f"{_BASE}/incremental/ticket_events"
_TICKETS = f"{_BASE}/incremental/tickets/cursor"
_RATINGS = f"{_BASE}/satisfaction_ratings"
_SURVEYS = f"{_BASE}/guide/survey_responses"
_LAG = 61  # seconds: the newest minute is not told yet, and must not be asked for
_ANSWERED_WITHIN = 30 * 86_400  # seconds in which a survey that was sent may still be answered
_SIZE = 100


class _Cursor(NamedTuple):
    """Where an import goes on: the time for events, the cursor of tickets, the time for surveys."""

    events: int = 0
    tickets: str = ""
    surveys: int = 0


def records(client: Client, cursor: str, options: Options) -> Records:
    """What has happened since the last import. Raises RestError."""
    yield from _Trip(client, _read(cursor), options).all()


def _read(cursor: str) -> _Cursor:
    """A cursor of ours; the first one for any other text."""
    try:
        events, tickets, surveys = json.loads(cursor)
        return _Cursor(int(events), str(tickets), int(surveys))
    except (ValueError, TypeError):
        return _Cursor()


class _Trip:
    """One import. Who is of the team, and what its groups are called, is asked for once."""

    def __init__(self, client: Client, at: _Cursor, options: Options) -> None:
        self._client, self._at, self._options = client, at, options
        self._team: set[str] = set()
        self._sections: dict[str, str] = {}
        self._now = int(time.time())

    def all(self) -> Records:
        self._take(f"{_BASE}/users?role%5B%5D=agent&role%5B%5D=admin", "users")
        self._take(f"{_BASE}/groups", "groups")
        yield from self._events()
        yield from self._tickets()
        since = max(self._at.surveys - _ANSWERED_WITHIN, 0)
        yield from self._surveyed(_RATINGS, "satisfaction_ratings", {"start_time": since})
        yield from self._surveyed(
            _SURVEYS, "survey_responses", {"filter[created_at_start]": since * 1000}
        )
        self._at = self._at._replace(surveys=self._now)
        yield self._kept()

    def _take(self, path: str, key: str) -> None:
        """Learn of the team and its groups."""
        with closing(self._gathering()) as gathering:
            for page in by_cursor(self._client, path, key, {"page[size]": _SIZE}):
                self._fill(gathering, {key: page})

    def _events(self) -> Records:
        """The history, from the oldest on: what it tells is whole until the last page."""
        first = self._at.events
        while self._at.events < self._now - _LAG:
            asked: Query = {"start_time": self._at.events, "include": "comment_events"}
            page = answered(self._client, _EVENTS, asked)
            end = seconds(page.get("end_time"))
            yield from self._records({**page, **self._metrics(end)})
            is_last = page.get("end_of_stream") is True or not page.get("next_page")
            if is_last:
                end = max(end or 0, self._at.events)
            elif end is None or end <= self._at.events:
                raise in_circles(_EVENTS)
            self._at = self._at._replace(events=end)
            yield self._kept(self._now - _LAG if is_last else end)
            first = first or self._first_in(page)
            self._options.listener(progress(first, end, self._now))
            if is_last:
                return

    def _metrics(self, end: int | None) -> Json:
        """The replies of messaging in the same window, where kb.toml asks for them."""
        desk = self._options.desk
        if desk is None or desk.options.get("metrics") != "yes" or end is None:
            return {}
        found = metric_pages.replies(self._client, self._at.events, end)
        return {"ticket_metric_events": [*found]}

    def _tickets(self) -> Records:
        """Tickets as they stand: their groups, tags and fields, and which are deleted.

        Metric sets have the solutions of those that are so old that their history is gone.
        """
        seen: set[str] = set()
        query: dict[str, str | int] = {"start_time": 0, "include": "metric_sets"}
        if any(rule.startswith("organization:") for rule in self._options.fields.values()):
            query["include"] = "metric_sets,organizations"
        while True:
            if self._at.tickets:
                query = {**query, "cursor": self._at.tickets}
                query.pop("start_time", None)
            page = answered(self._client, _TICKETS, query)
            yield from self._records(page)
            if after := token(page.get("after_cursor")):
                self._at = self._at._replace(tickets=after)
                yield self._kept()
            if page.get("end_of_stream") is not False or not after:
                return
            refuse_again(_TICKETS, after, seen)

    def _surveyed(self, path: str, key: str, query: Query) -> Records:
        """What customers answered; nothing from an account that has not that survey."""
        try:
            for page in by_cursor(self._client, path, key, {**query, "page[size]": _SIZE}):
                yield from self._records({key: page})
        except RestError as error:
            if error.code not in ABSENT:
                raise
            self._options.reading.note(f"{key} can't be read ({error.code}): they are left out")

    def _records(self, page: Json) -> Iterator[TicketRecord]:
        with closing(self._gathering()) as gathering:
            self._fill(gathering, page)
            yield from gathering.records()
            self._team |= gathering.assigned  # who was of the team once

    def _gathering(self) -> Gathering:
        gathering = Gathering(self._options.reading, is_part=True)
        gathering.agents, gathering.sections = self._team, self._sections
        return gathering

    def _fill(self, gathering: Gathering, page: Json) -> None:
        for key in LISTS.keys() & page.keys():
            take_each(gathering, key, parts(page, key), take, self._options)

    def _kept(self, ends_at: int = 0) -> Checkpoint:
        return Checkpoint(json.dumps(self._at), ends_at)

    def _first_in(self, page: Json) -> int:
        found = [seconds(row.get("created_at")) for row in parts(page, "ticket_events")]
        return min((at for at in found if at is not None), default=self._now)
