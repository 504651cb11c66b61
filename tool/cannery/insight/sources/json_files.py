"""Exports of JSON, read with what a desk's rows say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from pathlib import Path

from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.json_rows import rows
from cannery.insight.sources.source import Options
from cannery.insight.sources.values import Json
from cannery.model.ticket_event import TicketRecord

# What takes a row by the list that it stands in; whether it could be read.
Take = Callable[[Gathering, str, Json, Options], bool]
UNREADABLE = "a row without its number or time"
_BLANKS = b"\xef\xbb\xbf \t\r\n"


def records(
    path: Path,
    options: Options,
    lists: Collection[str],
    take: Take,
    *,
    has_openers: bool = False,
) -> Iterator[TicketRecord]:
    """The tickets of a file, whose rows stand in `lists` or alone. Raises OSError.

    `has_openers` is as in Gathering.
    """
    reading = options.reading
    with (
        path.open(encoding="utf-8-sig", errors="replace") as file,
        closing(Gathering(reading, has_openers=has_openers)) as gathering,
    ):
        for key, value in rows(file, lists, reading):
            if not take(gathering, key, value, options):
                reading.leave_out(0, UNREADABLE)
        yield from gathering.records()


def is_json_with(head: bytes, signs: Collection[bytes]) -> bool:
    """Whether a file begins as JSON, and has one of these in its beginning."""
    return head.lstrip(_BLANKS)[:1] in (b"{", b"[") and any(sign in head for sign in signs)
