"""What tests look at of records, and how they ask a desk on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.desks.server import DeskServer

from cannery.insight.sources.source import Checkpoint, DeskSource, Options, Source
from cannery.model.ticket_event import EventKind, TicketRecord
from cannery.rest.client import Manner, PlainClient

START = 1_730_458_800  # 2024-11-01T11:00:00Z


def time(minutes: int) -> str:
    hours, minute = divmod(minutes, 60)
    return f"2024-11-{1 + (11 + hours) // 24:02}T{(11 + hours) % 24:02}:{minute:02}:00Z"


def course(record: TicketRecord) -> list[tuple[EventKind, int]]:
    """The events in their order, with the minutes after the ticket was opened."""
    told = sorted(record.events, key=lambda event: (event.at, event.kind))
    return [(event.kind, (event.at - START) // 60) for event in told]


def details(record: TicketRecord, kind: EventKind) -> list[str]:
    return [event.detail for event in record.events if event.kind is kind]


def read(
    source: Source, folder: Path, *pages: object, options: Options | None = None
) -> list[TicketRecord]:
    """What is read of pages that stand below one another in a file."""
    path = folder / "export.json"
    path.write_text("\n".join(json.dumps(page) for page in pages), "utf-8")
    assert source.fits(path.read_bytes()[:65_536], path)
    return [*source.records(path, options or Options())]


def asked(
    source: DeskSource, desk: DeskServer, cursor: str = "", options: Options | None = None
) -> Iterator[TicketRecord | Checkpoint]:
    """What a desk tells; nothing is waited for."""
    with closing(PlainClient(desk.address, dict, Manner(patience=0))) as client:
        yield from source.records(client, cursor, options or Options())


def records(told: Iterator[TicketRecord | Checkpoint]) -> list[TicketRecord]:
    return [one for one in told if isinstance(one, TicketRecord)]


def last_cursor(told: Iterator[TicketRecord | Checkpoint]) -> str:
    return [one.cursor for one in told if isinstance(one, Checkpoint)][-1]


# What stands where a number, a time or an object should.
WRONG: list[object] = [
    None, True, [], {}, "", "x" * 500, -1, 0, 1e308, 10**40, "9" * 30, "\ud800", [[]], {"id": {}},
]  # fmt: skip
