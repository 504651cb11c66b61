"""Answers of Front's API as files: events and conversations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from cannery.insight.sources import json_files
from cannery.insight.sources.front.rows import LISTS, take
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.source import Options
from cannery.model.ticket_event import TicketRecord

_SIGNS = (b"api.frontapp.com", b'"emitted_at"', b'"id": "cnv_', b'"id":"cnv_')

_gathering = partial(Gathering, has_openers=True)


def fits(head: bytes, _: Path) -> bool:
    return json_files.is_json_with(head, _SIGNS)


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The conversations of a file. Raises OSError."""
    yield from json_files.records(path, options, LISTS, take, _gathering)
