"""Zammad asked for its tickets: all are listed, and of those that changed the history is read."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.json_files import UNREADABLE
from cannery.insight.sources.pages import HINT, Query, answered, if_there, listed
from cannery.insight.sources.source import Checkpoint, Options
from cannery.insight.sources.values import Json, identifier, parts, seconds
from cannery.insight.sources.zammad.rows import take
from cannery.model.event import Progress
from cannery.model.ticket_event import TicketRecord
from cannery.rest.client import Client
from cannery.rest.rest_error import RestError

_API = "/api/v1"
_SIZE = 100
_OVERLAP = 3600  # seconds by which a ticket may have changed before the list came to it
Told = Iterator[TicketRecord | Checkpoint]


class _Cursor(NamedTuple):
    """Tickets that changed since `since` are wanted; of this import `page` comes next."""

    since: int = 0
    started: int = 0
    page: int = 1


def records(client: Client, cursor: str, options: Options) -> Told:
    """What has changed since the last import. Raises RestError."""
    at = _read(cursor)
    if at.page == 1:
        at = at._replace(started=int(time.time()))
    before: list[Json] = []
    while True:
        query: Query = {"expand": "true", "per_page": _SIZE, "page": at.page}
        rows = listed(client, f"{_API}/tickets", query)
        if rows and rows == before:
            raise RestError(f"the list of {_API}/tickets goes in circles", HINT)
        changed = [row for row in rows if (seconds(row.get("updated_at")) or 0) >= at.since]
        yield from _whole(client, changed, options)
        options.listener(Progress("Reading tickets", at.page * _SIZE, (at.page + 1) * _SIZE))
        if len(rows) < _SIZE:
            break
        at, before = at._replace(page=at.page + 1), rows
        yield Checkpoint(json.dumps(at))
    yield Checkpoint(json.dumps(_Cursor(max(at.started - _OVERLAP, 0))), at.started)


def _read(cursor: str) -> _Cursor:
    try:
        since, started, page = json.loads(cursor)
        return _Cursor(int(since), int(started), max(int(page), 1))
    except (ValueError, TypeError):
        return _Cursor()


def _whole(client: Client, rows: Sequence[Json], options: Options) -> Iterator[TicketRecord]:
    """Tickets with their history and what was written in them."""
    with closing(Gathering(options.reading, has_openers=True, has_states=True)) as gathering:
        for row in rows:
            number = identifier(row.get("id"))
            beside = {**row, **(_beside(client, number) if number else {})}
            if not take(gathering, "tickets", beside, options):
                options.reading.leave_out(0, UNREADABLE)
        yield from gathering.records()


def _beside(client: Client, number: str) -> Json:
    """What a ticket's history and articles are; nothing of one that went away meanwhile."""
    history = if_there(_history(client, f"{_API}/ticket_history/{number}"))
    articles = if_there(_listed(client, f"{_API}/ticket_articles/by_ticket/{number}"))
    return {"history": [*history], "articles": [*articles]}


def _history(client: Client, path: str) -> Iterator[Json]:
    yield from parts(answered(client, path), "history")


def _listed(client: Client, path: str) -> Iterator[Json]:
    yield from listed(client, path)
