"""Zendesk's incremental exports as files: pages as they came, or one record a line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.json_rows import rows
from cannery.insight.sources.source import Options
from cannery.insight.sources.zendesk.rows import LISTS, taker_of
from cannery.model.ticket_event import TicketRecord

_SIGNS = (
    b".zendesk.com/api/v2/", b'"ticket_events"', b'"child_events"', b'"ticket_metric_events"',
    b'"metric_set"', b'"raw_subject"', b'"satisfaction_ratings"', b'"survey_responses"',
    b'"subject_zrns"', b'"satisfaction_rating"', b'"AgentMacroReference"',
)  # fmt: skip


def fits(head: bytes, _: Path) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and any(
        sign in head for sign in _SIGNS
    )


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The tickets of a file. Raises OSError."""
    reading = options.reading
    with (
        path.open(encoding="utf-8-sig", errors="replace") as file,
        closing(Gathering(reading)) as gathering,
    ):
        for row in rows(file, LISTS, reading):
            take = taker_of(row.key, row.value)
            if take and not take(gathering, row.value, options):
                reading.leave_out(0, "a row without its number or time")
        yield from gathering.records()
