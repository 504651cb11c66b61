"""Answers of Chatwoot's API as files: conversations, messages, answers of customers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from cannery.insight.sources import json_files
from cannery.insight.sources.chatwoot.rows import LISTS, take
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.source import Options
from cannery.model.ticket_event import TicketRecord

_SIGNS = (
    b'"agent_last_seen_at"', b'"csat_survey_response"', b'"Channel::', b'"last_activity_at"',
    b'"conversation_resolved"',
)  # fmt: skip

_gathering = partial(Gathering, has_openers=True, has_states=True)


def fits(head: bytes, _: Path) -> bool:
    return json_files.is_json_with(head, _SIGNS)


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The conversations of a file. Raises OSError."""
    yield from json_files.records(path, options, LISTS, take, _gathering)
