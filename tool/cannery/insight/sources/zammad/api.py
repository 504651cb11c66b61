"""Zammad asked for its tickets: all are listed, and of those that changed the history is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.pages import (
    Query,
    answered,
    if_there,
    in_circles,
    listed,
    page_cursor,
)
from cannery.insight.sources.source import Checkpoint, Options, Records
from cannery.insight.sources.taking import take_each
from cannery.insight.sources.values import Json, identifier, parts, seconds
from cannery.insight.sources.zammad.rows import take
from cannery.model.event import Progress
from cannery.model.ticket_event import TicketRecord
from cannery.rest.client import Client

_API = "/api/v1"
_SIZE = 100


def records(client: Client, cursor: str, options: Options) -> Records:
    """What has changed since the last import. Raises RestError."""
    at = page_cursor(cursor)
    before: list[Json] = []
    while True:
        query: Query = {"expand": "true", "per_page": _SIZE, "page": at.page}
        rows = listed(client, f"{_API}/tickets", query)
        if rows and rows == before:
            raise in_circles(f"{_API}/tickets")
        changed = [row for row in rows if (seconds(row.get("updated_at")) or 0) >= at.since]
        yield from _whole(client, changed, options)
        options.listener(Progress("Reading tickets", at.page * _SIZE, (at.page + 1) * _SIZE))
        if len(rows) < _SIZE:
            break
        at, before = at._replace(page=at.page + 1), rows
        yield Checkpoint(at.written)
    yield Checkpoint(at.next.written, at.started)


def _whole(client: Client, rows: Sequence[Json], options: Options) -> Iterator[TicketRecord]:
    """Tickets with their history and what was written in them."""
    with closing(Gathering(options.reading, has_openers=True, has_states=True)) as gathering:
        take_each(gathering, "tickets", (_with_beside(client, row) for row in rows), take, options)
        yield from gathering.records()


def _with_beside(client: Client, row: Json) -> Json:
    """A ticket with its history and articles, as far as it did not go away meanwhile."""
    number = identifier(row.get("id"))
    if not number:
        return row
    history = if_there(_history(client, f"{_API}/ticket_history/{number}"))
    articles = if_there(_listed(client, f"{_API}/ticket_articles/by_ticket/{number}"))
    return {**row, "history": [*history], "articles": [*articles]}


def _history(client: Client, path: str) -> Iterator[Json]:
    yield from parts(answered(client, path), "history")


def _listed(client: Client, path: str) -> Iterator[Json]:
    yield from listed(client, path)
