"""Chatwoot asked for its conversations, those that changed last first, with their messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from cannery.insight.sources.chatwoot.rows import take, take_answer
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.pages import (
    PageCursor,
    Query,
    answered,
    if_there,
    in_circles,
    listed,
    page_cursor,
)
from cannery.insight.sources.source import Checkpoint, Options, Records
from cannery.insight.sources.taking import take_each
from cannery.insight.sources.values import Json, identifier, part, parts, seconds
from cannery.model.event import Progress
from cannery.model.ticket_event import TicketRecord
from cannery.rest.client import Client
from cannery.rest.rest_error import RestError

_SIZE, _MESSAGES = 25, 20  # rows of a page
_MOST_PAGES = 1_000  # of the messages of one conversation


def records(client: Client, cursor: str, options: Options) -> Records:
    """What has changed since the last import. Raises RestError."""
    yield from _Trip(client, page_cursor(cursor), options).all()


class _Trip:
    """One import."""

    def __init__(self, client: Client, at: PageCursor, options: Options) -> None:
        self._client, self._options = client, options
        account = options.desk.options.get("account", "") if options.desk else ""
        if not account.isdecimal():
            message = "the desk's account must be the number of the account at Chatwoot"
            raise RestError(message, 'It stands in the address. Write account = "1" in kb.toml.')
        self._base = f"/api/v1/accounts/{account}"
        self._at = at
        self._has_events: bool | None = None  # an older Chatwoot has none: asked for once

    def all(self) -> Records:
        before: Sequence[Json] = ()
        while True:
            rows = self._page()
            if rows and rows == before:
                raise in_circles(f"{self._base}/conversations")
            changed = [row for row in rows if self._is_new(row)]
            yield from self._whole(changed)
            if len(rows) < _SIZE or len(changed) < len(rows):
                break
            self._at, before = self._at._replace(page=self._at.page + 1), rows
            done = self._at.page * _SIZE
            self._options.listener(Progress("Reading conversations", done, done + _SIZE))
            yield Checkpoint(self._at.written)
        yield from self._answers()
        yield Checkpoint(self._at.next.written, self._at.started)

    def _page(self) -> Sequence[Json]:
        query: Query = {"status": "all", "assignee_type": "all", "page": self._at.page}
        page = answered(self._client, f"{self._base}/conversations", query)
        return [*parts(part(page, "data"), "payload")]

    def _is_new(self, row: Json) -> bool:
        changed = seconds(row.get("last_activity_at")) or seconds(row.get("timestamp"))
        return changed is None or changed >= self._at.since

    def _whole(self, rows: Sequence[Json]) -> Iterator[TicketRecord]:
        with closing(
            Gathering(self._options.reading, has_openers=True, has_states=True)
        ) as gathering:
            whole = ({**row, **self._beside(identifier(row.get("id")))} for row in rows)
            take_each(gathering, "", whole, take, self._options)
            yield from gathering.records()

    def _beside(self, number: str) -> Json:
        """What is in a conversation; nothing of one that went away meanwhile."""
        if not number:
            return {}
        path = f"{self._base}/conversations/{number}"
        written = [*if_there(self._messages(f"{path}/messages"))]
        return {"messages": written, "reporting_events": self._events(path)}

    def _messages(self, path: str) -> Iterator[Json]:
        """All messages, the newest page first."""
        query: dict[str, str | int] = {}
        for _ in range(_MOST_PAGES):
            page = [*parts(answered(self._client, path, query), "payload")]
            yield from page
            ids = [int(id_) for row in page if (id_ := identifier(row.get("id"))).isdecimal()]
            oldest = min(ids, default=0)
            if len(page) < _MESSAGES or oldest in (0, query.get("before")):
                return
            query["before"] = oldest

    def _events(self, path: str) -> Sequence[Json]:
        """When it was resolved and opened again, of a Chatwoot that tells."""
        if self._has_events is False:
            return ()
        try:
            content = self._client.ask("GET", f"{path}/reporting_events").content
        except RestError as error:
            if error.code not in (403, 404):
                raise
            self._has_events = self._has_events or False  # a conversation may have gone meanwhile
            return ()
        self._has_events = True
        page = content if isinstance(content, dict) else {"payload": content}
        return [*parts(page, "payload")]

    def _answers(self) -> Iterator[TicketRecord]:
        """What customers answered, the newest first."""
        path = f"{self._base}/csat_survey_responses"
        before: list[Json] = []
        for number in range(1, _MOST_PAGES):
            query: Query = {"sort": "-created_at", "page": number}
            page = [*if_there(iter(listed(self._client, path, query)))]
            new = [row for row in page if (seconds(row.get("created_at")) or 0) >= self._at.since]
            with closing(Gathering(self._options.reading, is_part=True)) as gathering:
                for row in new:
                    take_answer(gathering, row, self._options)
                yield from gathering.records()
            if len(new) < _SIZE or page == before:
                return
            before = page
