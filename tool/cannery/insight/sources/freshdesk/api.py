"""Freshdesk asked for its tickets, those that changed longest ago first, with what was written."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import NamedTuple

from cannery.insight.sources.freshdesk.rows import take, take_rating
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.pages import (
    ABSENT,
    Query,
    by_number,
    if_there,
    in_circles,
    listed,
    progress,
)
from cannery.insight.sources.source import Checkpoint, Options, Records
from cannery.insight.sources.taking import take_each
from cannery.insight.sources.values import Json, identifier, seconds
from cannery.model.ticket_event import TicketRecord
from cannery.rest.client import Client
from cannery.rest.rest_error import RestError

_API = "/api/v2"
_SIZE = 100
_MOST_PAGES = 300  # of one list, of which Freshdesk gives no more
_OLDEST = 946_684_800  # 2000: without a time it tells of a month
_LAG = 60
_FILTERS = ("deleted", "spam")


class _Cursor(NamedTuple):
    """Until when tickets were read, and answers of customers, in seconds."""

    tickets: int = _OLDEST
    answers: int = _OLDEST


def records(client: Client, cursor: str, options: Options) -> Records:
    """What has changed since the last import. Raises RestError."""
    yield from _Trip(client, _read(cursor), options).all()


def _read(cursor: str) -> _Cursor:
    try:
        tickets, answers = json.loads(cursor)
        return _Cursor(int(tickets), int(answers))
    except (ValueError, TypeError):
        return _Cursor()


class _Trip:
    """One import, whose groups are asked for once."""

    def __init__(self, client: Client, at: _Cursor, options: Options) -> None:
        self._client, self._at, self._options = client, at, options
        self._sections: dict[str, str] = {}
        self._now = int(time.time())

    def all(self) -> Records:
        with closing(self._gathering()) as gathering:
            for page in if_there(by_number(self._client, f"{_API}/groups", {}, _SIZE)):
                self._take(gathering, "groups", page)
        begin = self._at.tickets
        yield from self._tickets()
        for which in _FILTERS:
            yield from self._gone(which, begin)
        yield from self._answers()
        self._at = self._at._replace(answers=self._now - _LAG)
        yield Checkpoint(json.dumps(self._at), self._now - _LAG)

    def _tickets(self) -> Records:
        """Page by page; a list goes on behind its last time, as its pages are numbered so far."""
        page, first = 1, 0
        before: list[Json] = []
        while True:
            rows = self._page(page)
            if page > 1 and (rows == before or page > _MOST_PAGES):
                raise in_circles(f"{_API}/tickets")
            yield from self._whole(rows)
            times = (seconds(row.get("updated_at")) or 0 for row in rows)
            last = min(max(times, default=0), self._now)
            page = 1 if last > self._at.tickets else page + 1
            self._at = self._at._replace(tickets=max(last, self._at.tickets))
            yield Checkpoint(json.dumps(self._at))
            first, before = first or last, rows
            self._options.listener(progress(first, last, self._now))
            if len(rows) < _SIZE:
                return

    def _page(self, number: int) -> list[Json]:
        query: Query = {
            "updated_since": _iso(self._at.tickets), "include": "stats", "per_page": _SIZE,
            "order_by": "updated_at", "order_type": "asc", "page": number,
        }  # fmt: skip
        return listed(self._client, f"{_API}/tickets", query)

    def _whole(self, rows: Sequence[Json]) -> Iterator[TicketRecord]:
        """Tickets with what was written in them."""
        with closing(self._gathering()) as gathering:
            for row in rows:
                self._take(gathering, "tickets", [row])
                if number := identifier(row.get("id")):
                    self._take(gathering, "conversations", self._written(number))
            yield from gathering.records()

    def _written(self, ticket: str) -> Iterator[Json]:
        path = f"{_API}/tickets/{ticket}/conversations"
        for page in if_there(by_number(self._client, path, {}, _SIZE)):
            yield from ({**row, "ticket_id": ticket} for row in page)

    def _gone(self, which: str, since: int) -> Iterator[TicketRecord]:
        """Tickets that were deleted, or are spam."""
        query = {"filter": which, "updated_since": _iso(since)}
        for page in by_number(self._client, f"{_API}/tickets", query, _SIZE):
            with closing(self._gathering()) as gathering:
                self._take(gathering, "tickets", [{**row, "deleted": True} for row in page])
                yield from gathering.records()

    def _answers(self) -> Iterator[TicketRecord]:
        """What customers answered; nothing from an account without surveys."""
        query = {"created_since": _iso(self._at.answers)}
        path = f"{_API}/surveys/satisfaction_ratings"
        try:
            for page in by_number(self._client, path, query, _SIZE):
                with closing(Gathering(self._options.reading, is_part=True)) as gathering:
                    for row in page:
                        take_rating(gathering, row, self._options)
                    yield from gathering.records()
        except RestError as error:
            if error.code not in ABSENT:
                raise
            self._options.reading.note(f"answers of customers can't be read ({error.code})")

    def _gathering(self) -> Gathering:
        gathering = Gathering(self._options.reading, has_states=True)
        gathering.sections = self._sections
        return gathering

    def _take(self, gathering: Gathering, key: str, rows: Iterator[Json] | Sequence[Json]) -> None:
        take_each(gathering, key, rows, take, self._options)


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
