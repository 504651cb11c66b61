"""Front asked for its events, from the oldest on."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

from cannery.insight.sources.front.rows import take
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.pages import answered, progress, refuse_again, token
from cannery.insight.sources.source import Checkpoint, Options, Records
from cannery.insight.sources.taking import take_each
from cannery.insight.sources.values import Json, part, parts, seconds
from cannery.model.ticket_event import TicketRecord
from cannery.rest.client import Client

_EVENTS = "/events"
_SIZE = 15  # more Front does not give
_LAG = 60


def records(client: Client, cursor: str, options: Options) -> Records:
    """What has happened since the last import. Raises RestError."""
    begin = seconds(cursor) or 0
    started, last, first = int(time.time()), begin, 0
    query: dict[str, str | int] = {
        "q[after]": max(begin - 1, 0), "limit": _SIZE, "sort_by": "created_at", "sort_order": "asc",
    }  # fmt: skip
    seen: set[str] = set()
    while True:
        page = answered(client, _EVENTS, query)
        rows = [*parts(page, "_results")]
        yield from _records(rows, options)
        times = [at for row in rows if (at := seconds(row.get("emitted_at"))) is not None]
        last = min(max([last, *times]), started)
        following = _token(page)
        if not following:
            break
        yield Checkpoint(str(last), last)
        first = first or min(times, default=0)
        options.listener(progress(first, last, started))
        refuse_again(_EVENTS, following, seen)
        query["page_token"] = following
    yield Checkpoint(str(last), started - _LAG)


def _token(page: Json) -> str:
    """The token of the next page, which Front gives within an address; empty at the end."""
    address = token(part(page, "_pagination").get("next"))
    return parse_qs(urlsplit(address).query).get("page_token", [""])[0] if address else ""


def _records(rows: Sequence[Json], options: Options) -> Iterator[TicketRecord]:
    with closing(Gathering(options.reading, is_part=True, has_openers=True)) as gathering:
        take_each(gathering, "", rows, take, options)
        yield from gathering.records()
