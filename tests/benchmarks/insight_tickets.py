"""A great many simulated tickets, with eight events each, as they stream by: seeded, any number.

`python tests/benchmarks/insight_tickets.py FOLDER --tickets 1000000` writes `ticket.csv` and
`event.csv` (all kinds of events, as tables), `table.csv` (a row for each ticket, as reports have
it) and `log.csv` (a row for each change of status, as process logs have it).
"""

from __future__ import annotations

import argparse
import csv
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from cannery.model.ticket_event import DIMENSIONS, EventKind, TicketEvent, TicketRecord

HOUR, DAY = 3_600, 86_400
START = 1_700_006_400  # 2023-11-15 00:00:00 UTC
DAYS = 730
END = START + DAYS * DAY
TICKETS = 1_000_000
ATTRIBUTES = {
    "section": (
        "billing",
        "access",
        "data-import",
        "api",
        "mobile",
        "reports",
        "security",
        "other",
    ),
    "language": ("en", "ja", "de", "fr"),
    "product": ("platform", "build-service", "git-host", "add-ons"),
    "region": ("apac", "emea", "amer"),
    "tier": ("free", "team", "business", "enterprise"),
    "channel": ("email", "web", "chat", "api"),
    "team": ("triage", "priority", "backlog"),
}
# Busy by day, quiet by night and on Sundays: weights of the hours of a week.
_HOURS = list(
    accumulate(
        (1 if day > 4 else 4) * (6 if 8 < hour < 19 else 1)
        for day in range(7)
        for hour in range(24)
    )
)


class Drawn(NamedTuple):
    """A ticket: what it is about, and its events in the order of their times."""

    number: int
    attributes: Sequence[str]
    events: Sequence[TicketEvent]

    @property
    def record(self) -> TicketRecord:
        told = dict(zip(ATTRIBUTES, self.attributes, strict=True))
        return TicketRecord(str(self.number), self.events, told)


def tickets(many: int = TICKETS, seed: int = 1) -> Iterator[Drawn]:
    """The tickets in the order in which they come."""
    draw = random.Random(seed)  # noqa: S311 - a simulation
    weights = {
        name: list(accumulate(1 / (n + 1) for n in range(len(values))))
        for name, values in ATTRIBUTES.items()
    }
    for number in range(many):
        week = (number * (DAYS // 7)) // many
        hour = bisect(_HOURS, draw.random() * _HOURS[-1])
        created = START + (week * 168 + hour) * HOUR + draw.randrange(HOUR)
        attributes = tuple(
            values[bisect(weights[name], draw.random() * weights[name][-1])]
            for name, values in ATTRIBUTES.items()
        )
        events = sorted(_events(draw, created), key=lambda event: (event.at, event.kind))
        yield Drawn(number, attributes, [event for event in events if event.at < END])


def _events(draw: random.Random, created: int) -> Iterator[TicketEvent]:
    agents = [f"agent {draw.randrange(400)}" for _ in range(2)]
    yield TicketEvent(created, EventKind.CREATED)
    at = created + round(draw.expovariate(1 / 600)) + 1
    yield TicketEvent(at, EventKind.ASSIGNED, agents[0], agents[0])
    if draw.random() < 0.3:
        at += round(draw.expovariate(1 / HOUR)) + 1
        yield TicketEvent(at, EventKind.ASSIGNED, agents[1], agents[1])
    for turn in range(1 + int(draw.expovariate(1 / 0.9))):
        if turn:
            at += round(draw.expovariate(1 / (9 * HOUR))) + 1
            yield TicketEvent(at, EventKind.MESSAGE)
        at += round(draw.lognormvariate(0.9, 1.2) * HOUR) + 1
        yield from _reply(draw, at, agents[1])
        if draw.random() < 0.4:
            yield TicketEvent(at, EventKind.PAUSED, agents[1], "pending")
            at += round(draw.expovariate(1 / (20 * HOUR))) + 1
            yield TicketEvent(at, EventKind.RESUMED)
    if draw.random() < 0.02:  # that stays open
        return
    slow = draw.random() < 0.15
    at += round(draw.expovariate(1 / (20 * DAY if slow else 8 * HOUR))) + 1
    yield from _end(draw, at, agents[1])


def _reply(draw: random.Random, at: int, agent: str) -> Iterator[TicketEvent]:
    yield TicketEvent(at, EventKind.REPLY, agent)
    if draw.random() < 0.35:
        yield TicketEvent(at, EventKind.MACRO, agent, f"macro {int(draw.paretovariate(1.0)) % 900}")
    if draw.random() < 0.2:
        yield TicketEvent(
            at, EventKind.LINKED, agent, f"article {int(draw.paretovariate(1.0)) % 3000}"
        )


def _end(draw: random.Random, at: int, agent: str) -> Iterator[TicketEvent]:
    yield TicketEvent(at, EventKind.SOLVED, agent)
    if draw.random() < 0.1:
        at += round(draw.expovariate(1 / (3 * DAY))) + 1
        yield TicketEvent(at, EventKind.REOPENED)
        at += round(draw.expovariate(1 / DAY)) + 1
        yield TicketEvent(at, EventKind.SOLVED, agent)
    at += HOUR
    yield TicketEvent(at, EventKind.OFFERED, "", "good-bad-2")
    if draw.random() < 0.3:
        at += round(draw.expovariate(1 / DAY)) + 1
        yield TicketEvent(at, EventKind.RATED, "", "good-bad-2", float(draw.random() < 0.85))


_STATUS = {
    EventKind.CREATED: "new",
    EventKind.REPLY: "reply",
    EventKind.PAUSED: "pending",
    EventKind.RESUMED: "open",
    EventKind.REOPENED: "open",
    EventKind.SOLVED: "solved",
}
_TICKET = ("id", "created_at", *DIMENSIONS)
_EVENT = ("ticket", "at", "kind", "detail", "actor", "value")
_TABLE = ("id", "created_at", "first_reply_at", "solved_at", "status", *ATTRIBUTES)
_LOG = ("ticket", "activity", "timestamp", *ATTRIBUTES)


def write(folder: Path, many: int, seed: int) -> None:
    """Write all four files; and in `day` the tickets in which anything happened on the last day."""
    _write(folder, tickets(many, seed))
    last = (each for each in tickets(many, seed) if each.events[-1].at >= END - DAY)
    _write(folder / "day", last)


def _write(folder: Path, drawn: Iterator[Drawn]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    heads = {"ticket": _TICKET, "event": _EVENT, "table": _TABLE, "log": _LOG}
    with ExitStack() as files:
        rows = {}
        for name, head in heads.items():
            file = files.enter_context(
                (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            )
            rows[name] = csv.writer(file, lineterminator="\n")
            rows[name].writerow(head)
        for ticket in drawn:
            events = ticket.events
            rows["ticket"].writerow((ticket.number, events[0].at, "desk", *ticket.attributes))
            rows["event"].writerows(
                (ticket.number, each.at, int(each.kind), each.detail, each.actor, each.value)
                for each in events
            )
            rows["table"].writerow(_table_row(ticket))
            rows["log"].writerows(
                (ticket.number, _STATUS[each.kind], _time(each.at), *ticket.attributes)
                for each in events
                if each.kind in _STATUS
            )


def _table_row(ticket: Drawn) -> Sequence[object]:
    first: dict[EventKind, str] = {}
    status = "open"
    for each in ticket.events:
        first.setdefault(each.kind, _time(each.at))
        if each.kind in (EventKind.SOLVED, EventKind.REOPENED):
            status = "solved" if each.kind is EventKind.SOLVED else "open"
    last = max((each.at for each in ticket.events if each.kind is EventKind.SOLVED), default=None)
    solved = _time(last) if last and status == "solved" else ""
    replied = first.get(EventKind.REPLY, "")
    return ticket.number, first[EventKind.CREATED], replied, solved, status, *ticket.attributes


def _time(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tickets", type=int, default=TICKETS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.folder, asked.tickets, asked.seed)
