"""Simulated tickets as a source tells them, in a database of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from tests.insight import simulation

from cannery.insight import store
from cannery.insight.engine import SqliteEngine
from cannery.insight.fact import Frame
from cannery.insight.look import Look
from cannery.insight.report import Report
from cannery.insight.ticket_report import make_report, prepared
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

UTC = ZoneInfo("UTC")


def record(item: simulation.Ticket, end: int) -> TicketRecord:
    """What is known of a ticket before a time."""
    events = [
        TicketEvent(item.created, EventKind.CREATED),
        *(TicketEvent(at, EventKind.REPLY) for at in item.replies),
        *(TicketEvent(at, EventKind.SOLVED) for at in item.solved),
        *(TicketEvent(at, EventKind.REOPENED) for at in item.reopened),
        *(TicketEvent(at, EventKind.OFFERED) for at in item.solved[-1:]),
    ]
    if item.rated is not None:
        score = float(item.is_good)
        events.append(TicketEvent(item.rated, EventKind.RATED, detail="zendesk-2", value=score))
    return TicketRecord(str(item.number), [event for event in events if event.at < end])


def records(scenario: simulation.Scenario, seed: int) -> list[TicketRecord]:
    """What is known of a scenario's tickets when its days are over."""
    end = scenario.days * simulation.DAY
    return [record(item, end) for item in simulation.tickets(scenario, seed)]


def report_of(told: Sequence[TicketRecord], frame: Frame, zone: ZoneInfo = UTC) -> Report:
    """All measures of these tickets."""
    with TemporaryDirectory() as folder, store.opened(Path(folder) / "events.sqlite3") as database:
        store.add(database, "desk", told, b"key")
        return make_report(SqliteEngine(database), frame, zone)


@contextmanager
def look_at(told: Sequence[TicketRecord], frame: Frame, zone: ZoneInfo = UTC) -> Iterator[Look]:
    """The facts of these tickets."""
    with TemporaryDirectory() as folder, store.opened(Path(folder) / "events.sqlite3") as database:
        store.add(database, "desk", told, b"key")
        yield prepared(SqliteEngine(database), frame, zone)
