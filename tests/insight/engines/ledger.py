"""Tickets with something of every kind, and their report by any engine."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.insight import simulation

from cannery.insight import store
from cannery.insight.clock.choice import Clocks
from cannery.insight.engine import Engine
from cannery.insight.fact import DAY, Frame
from cannery.insight.report import Report
from cannery.insight.ticket_report import make_report
from cannery.model.business_calendar import BusinessCalendar, SlaPolicy, Target
from cannery.model.ticket_event import DIMENSIONS, EventKind, TicketEvent, TicketRecord
from cannery.settings_hours import read_week

TOKYO = ZoneInfo("Asia/Tokyo")
START = 1_767_000_000  # a Monday of December 2025
SCENARIO = simulation.Scenario("all kinds", 70, 12)
END = START + SCENARIO.days * DAY
_TIMES = Target(8, "h"), Target(1, "h"), Target(3, "d")
CLOCKS = Clocks(
    (
        BusinessCalendar(
            "night",
            "Europe/Berlin",
            read_week("mon-sun 22:00-06:00"),
            "",
            "DE",
            where={"region": ("日本語", "it's {x} %s")},
        ),
        BusinessCalendar("business", "Asia/Tokyo", read_week("mon-fri 09:00-18:00"), "", "JP"),
    ),
    (
        SlaPolicy("a", *_TIMES, pauses=("pending",), where={"tier": ("A", "billing")}),
        SlaPolicy("b", *_TIMES, "24x7"),
    ),
)
VALUES = ("billing", "", "日本語", "it's {x} %s", "A", "a")


def fill(path: Path) -> None:
    """Make a database of some 850 tickets."""
    with store.opened(path) as database:
        for source in ("desk", "tracker"):
            store.add(database, source, _records(source), b"key")


def report(engine: Engine) -> Report:
    """The report at the end of the tickets' last day."""
    return make_report(engine, Frame(END, 7), TOKYO, CLOCKS)


def _records(source: str) -> Iterator[TicketRecord]:
    draw = random.Random(f"{source} 1")  # noqa: S311 - a simulation
    for item in simulation.tickets(SCENARIO, len(source)):
        attributes = {name: draw.choice(VALUES) for name in DIMENSIONS[1:]}
        events = [each for each in _events(item, draw) if each.at < END]
        yield TicketRecord(str(item.number), events, attributes)


def _events(item: simulation.Ticket, draw: random.Random) -> Iterator[TicketEvent]:
    def at(time: int, kind: EventKind, detail: str = "", value: float | None = None) -> TicketEvent:
        actor = draw.choice(("", "1", "2", "3"))
        return TicketEvent(START + time, kind, actor, detail, value)

    yield at(item.created, EventKind.CREATED)
    yield at(item.created, EventKind.ASSIGNED, draw.choice("xyz"))
    for time in item.replies:
        yield at(time - 1, EventKind.MESSAGE)
        yield at(time, EventKind.REPLY)
        yield at(time, EventKind.LINKED, f"articles/{draw.choice(VALUES)}")
        yield at(time, EventKind.MACRO, "macros/hello")
    if draw.random() < 0.3:
        yield at(item.created + 60, EventKind.PAUSED, "pending")
        yield at(item.created + 600, EventKind.RESUMED)
        yield at(item.created + 3_600, EventKind.ASSIGNED, draw.choice("xyz"))
    yield from (at(time, EventKind.SOLVED) for time in item.solved)
    yield from (at(time, EventKind.REOPENED) for time in item.reopened)
    yield from (at(time, EventKind.OFFERED) for time in item.solved[:1])
    if item.rated is not None:
        yield at(item.rated, EventKind.RATED, "good/bad", float(item.is_good))
        yield at(item.rated, EventKind.RATED, "1-5", float(draw.randint(1, 5)))
