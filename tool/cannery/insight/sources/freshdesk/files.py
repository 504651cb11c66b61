"""Freshdesk's exports as files: of the whole account, of activities, and answers of its API."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from cannery.insight.sources import json_files
from cannery.insight.sources.freshdesk.rows import LISTS, take
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.source import Options
from cannery.model.ticket_event import TicketRecord

_SIGNS = (
    b'"helpdesk_ticket"', b'"activities_data"', b'"performer_type"', b'"fr_due_by"',
    b'"first_responded_at"', b'"fr_escalated"', b'"default_question"', b'"fwd_emails"',
)  # fmt: skip

_gathering = partial(Gathering, has_states=True)


def fits(head: bytes, _: Path) -> bool:
    return json_files.is_json_with(head, _SIGNS)


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The tickets of a file. Raises OSError."""
    yield from json_files.records(path, options, LISTS, take, _gathering)
