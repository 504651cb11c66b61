"""Transactions of RT by REST2, from the oldest on, with the tickets that each page is of."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count

from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.pages import Query, answered, in_circles, progress
from cannery.insight.sources.rt.rows import take
from cannery.insight.sources.source import Checkpoint, Options, Records
from cannery.insight.sources.taking import take_each
from cannery.insight.sources.values import Json, identifier, parts, seconds
from cannery.model.ticket_event import TicketRecord
from cannery.rest.client import Client

_API = "/REST/2.0"
_SIZE = 100  # more it does not give
_LAG = 60  # seconds in which a transaction may still be written
_TRANSACTION = "Type,Field,OldValue,NewValue,Created,Creator,ObjectType,ObjectId"
_TICKET = "Status,Queue,Created,LastUpdated,Requestor,EffectiveId,CustomFields,Priority"


def records(client: Client, cursor: str, options: Options) -> Records:
    """What has happened since the last import. Raises RestError."""
    last = int(cursor) if cursor.isdecimal() and len(cursor) < 19 else 0  # noqa: PLR2004 - digits of a 64 bit number
    started = int(time.time())
    first = started
    while page := _transactions(client, last):
        number = max(int(identifier(row.get("id")) or 0) for row in page)
        if number <= last:
            raise in_circles(f"{_API}/transactions")
        last = number
        yield from _records(client, page, options)
        times = [at for row in page if (at := seconds(row.get("Created"))) is not None]
        first = min([first, *times])
        ends_at = max(times, default=0)
        yield Checkpoint(str(last), ends_at)
        options.listener(progress(first, ends_at, started))
    yield Checkpoint(str(last), started - _LAG)


def _transactions(client: Client, after: int) -> Sequence[Json]:
    """The next transactions of tickets.

    RT leaves out of a page what the user may not see: an empty page may have others behind it.
    """
    chosen = [
        {"field": "ObjectType", "value": "RT::Ticket"},
        {"field": "id", "operator": ">", "value": after},
    ]
    query: Query = {"query": json.dumps(chosen), "fields": _TRANSACTION, "orderby": "id"}
    for number in count(1):
        page = answered(
            client, f"{_API}/transactions", {**query, "per_page": _SIZE, "page": number}
        )
        found = [row for row in parts(page, "items") if identifier(row.get("id")).isdecimal()]
        pages = page.get("pages")
        if found or not isinstance(pages, int) or number >= pages:
            return found
    return ()


def _records(
    client: Client, transactions: Sequence[Json], options: Options
) -> Iterator[TicketRecord]:
    with closing(Gathering(options.reading, is_part=True)) as gathering:
        rows = [*_tickets(client, transactions, options), *transactions]
        take_each(gathering, "", rows, take, options)
        yield from gathering.records()


def _tickets(client: Client, transactions: Sequence[Json], options: Options) -> Iterator[Json]:
    """The tickets of transactions: who asks in each, and where it is."""
    ids = sorted({identifier(row.get("ObjectId")) for row in transactions} - {""})
    wanted = " OR ".join(f"id = {id_}" for id_ in ids if id_.isdecimal())
    if not wanted:
        return
    fields = f"{_TICKET},Subject" if options.has_texts else _TICKET
    query: Query = {"query": wanted, "fields": fields, "fields[Queue]": "Name", "per_page": _SIZE}
    yield from parts(answered(client, f"{_API}/tickets", query), "items")
