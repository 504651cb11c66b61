"""Runs the tables of business time over tickets, as a report does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.insight.desk_years import DESKS, Desk

from cannery.insight import store
from cannery.insight.clock.choice import Clocks
from cannery.insight.clock.tables import make_clocks
from cannery.insight.engine import SqliteEngine
from cannery.insight.fact import Frame, make_facts
from cannery.insight.periods import make_slots
from cannery.model.business_calendar import BusinessCalendar
from cannery.model.ticket_event import TicketRecord
from cannery.settings_hours import read_week


def calendar(desk: Desk) -> BusinessCalendar:
    """A desk's own."""
    where = {"region": (desk.region,)}
    return BusinessCalendar(
        desk.region, desk.zone, read_week(desk.hours), desk.hours, desk.country, where=where
    )


CALENDARS = tuple(calendar(desk) for desk in DESKS)


@contextmanager
def counted(
    folder: Path, records: Sequence[TicketRecord], clocks: Clocks, at: int
) -> Iterator[SqliteEngine]:
    """An engine that has the tables. Tickets are numbered from 1 on, in the order of `records`."""
    with store.opened(folder / "events.sqlite3") as database:
        store.add(database, "desk", records, b"key")
        yield made(database, clocks, at)


def made(database: sqlite3.Connection, clocks: Clocks, at: int) -> SqliteEngine:
    """The tables of a database, as it stood at a time."""
    engine, frame = SqliteEngine(database), Frame(at, 7)
    make_slots(engine, at - 86_400, at, ZoneInfo("UTC"))
    make_facts(engine, frame)
    make_clocks(engine, frame, clocks)
    return engine
