"""Zendesk's incremental exports as files: pages as they came, or one record a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cannery.insight.sources import json_files
from cannery.insight.sources.source import Options
from cannery.insight.sources.zendesk.rows import LISTS, take
from cannery.model.ticket_event import TicketRecord

_SIGNS = (
    b".zendesk.com/api/v2/", b'"ticket_events"', b'"child_events"', b'"ticket_metric_events"',
    b'"metric_set"', b'"raw_subject"', b'"satisfaction_ratings"', b'"survey_responses"',
    b'"subject_zrns"', b'"satisfaction_rating"', b'"AgentMacroReference"',
)  # fmt: skip


def fits(head: bytes, _: Path) -> bool:
    return json_files.is_json_with(head, _SIGNS)


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The tickets of a file. Raises OSError."""
    yield from json_files.records(path, options, LISTS, take)
