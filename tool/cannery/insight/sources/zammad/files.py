"""Answers of Zammad's API as files: tickets, alone or with their history and articles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from cannery.insight.sources import json_files
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.source import Options
from cannery.insight.sources.zammad.rows import LISTS, take
from cannery.model.ticket_event import TicketRecord

_SIGNS = (b'"create_article_type"', b'"article_count"', b'"escalation_at"', b'"last_close_at"')

_gathering = partial(Gathering, has_openers=True, has_states=True)


def fits(head: bytes, _: Path) -> bool:
    return json_files.is_json_with(head, _SIGNS)


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The tickets of a file. Raises OSError."""
    yield from json_files.records(path, options, LISTS, take, _gathering)
