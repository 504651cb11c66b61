"""Answers of REST2 as files: collections of tickets and transactions, or one of them a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cannery.insight.sources import json_files
from cannery.insight.sources.rt.rows import LISTS, take
from cannery.insight.sources.source import Options
from cannery.model.ticket_event import TicketRecord

_SIGNS = (b"/REST/2.0/", b'"RT::Ticket"')


def fits(head: bytes, _: Path) -> bool:
    return json_files.is_json_with(head, _SIGNS)


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The tickets of a file. Raises OSError."""
    yield from json_files.records(path, options, LISTS, take)
