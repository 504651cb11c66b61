"""Two simulated years of a help desk with customers in three zones, as records and as an export.

The desks, their seeds and the tickets of `EDGES` were fixed before the first measure of business
time was written. Times are seconds since the epoch, days and hours those of each desk's zone.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

HOUR, DAY = 3_600, 86_400
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2025, 12, 31)
_CHANGES = (EventKind.PAUSED, EventKind.RESUMED, EventKind.SOLVED, EventKind.REOPENED)


class Desk(NamedTuple):
    """Where customers of a region are, and when they work; `country` has their holidays."""

    region: str
    zone: str
    country: str
    language: str
    hours: str
    seed: int


DESKS = (
    Desk("apac", "Asia/Tokyo", "JP", "ja", "mon-fri 09:00-18:00", 24_001),
    Desk("emea", "Europe/Berlin", "DE", "de", "mon-fri 08:00-12:00 13:00-17:30", 24_002),
    Desk("amer", "America/New_York", "US", "en", "mon-thu 08:00-20:00, fri 08:00-17:00", 24_003),
)
TICKETS_EACH = 240


class Ticket(NamedTuple):
    """All that happens to a ticket. `events` are in their order, the first is its creation."""

    number: int
    desk: Desk
    tier: str
    events: Sequence[TicketEvent]


class Edge(NamedTuple):
    """A ticket that lies on a border: local times, and what happens at each.

    Each step is a kind, the seconds since the step before, and a status.
    """

    region: str
    opened: str
    steps: Sequence[tuple[EventKind, int, str]] = ()


R, M = EventKind.REPLY, EventKind.MESSAGE
P, RES = EventKind.PAUSED, EventKind.RESUMED
S, AGAIN = EventKind.SOLVED, EventKind.REOPENED
EDGES = (
    Edge("apac", "2024-02-29 00:00:00", ((R, 9 * HOUR, ""), (S, DAY, ""))),  # a leap day, midnight
    Edge("emea", "2024-02-29 23:59:59", ((R, 1, ""), (S, 5 * DAY, ""))),
    Edge("amer", "2024-12-31 23:59:59", ((R, 34 * HOUR, ""), (S, DAY, ""))),  # the year's end
    Edge("apac", "2025-04-25 18:00:00", ((R, 11 * DAY, ""), (S, HOUR, ""))),  # the golden week
    Edge("apac", "2025-05-02 17:59:59", ((R, 1, ""), (S, 1, ""))),  # the last second of the hours
    Edge("apac", "2025-05-02 18:00:00", ((R, 0, ""), (S, 0, ""))),  # the first one beyond them
    Edge("apac", "2025-05-07 09:00:00", ((R, 9 * HOUR, ""), (S, 0, ""))),  # just a whole day
    Edge("emea", "2024-03-30 12:00:00", ((R, 2 * DAY, ""), (S, DAY, ""))),  # clocks go forward
    Edge("emea", "2024-03-31 01:59:59", ((R, 1, ""), (S, 30 * HOUR, ""))),
    Edge("emea", "2024-10-27 02:30:00", ((R, HOUR, ""), (S, 30 * HOUR, ""))),  # an hour comes twice
    Edge("amer", "2025-03-09 01:45:00", ((R, 900, ""), (S, 2 * DAY, ""))),
    Edge("amer", "2025-11-02 01:15:00", ((R, 2 * HOUR, ""), (S, 2 * DAY, ""))),
    Edge("amer", "2025-10-31 16:59:59", ((R, 4 * DAY, ""), (S, 0, ""))),  # a Friday, over a change
    Edge("emea", "2025-06-10 12:00:00", ((R, HOUR, ""), (S, HOUR, ""))),  # lunch
    Edge("emea", "2025-06-11 11:59:59", ((R, 1, ""), (M, 1, ""), (R, HOUR, ""), (S, 1, ""))),
    Edge("amer", "2025-07-03 19:59:59", ((R, 4 * DAY, ""), (S, DAY, ""))),  # a holiday on a Friday
    Edge("apac", "2025-06-02 10:00:00", ((S, 0, ""),)),  # solved in the second it came, no reply
    Edge("apac", "2025-06-02 10:00:01", ((R, 0, ""), (S, 0, ""), (M, DAY, ""), (AGAIN, 0, ""))),
    Edge("apac", "2025-06-03 10:00:00", ((P, 0, "pending"), (RES, 0, ""), (R, HOUR, ""))),
    Edge("emea", "2025-06-03 03:00:00", ((P, HOUR, "pending"), (P, DAY, "hold"), (S, 4 * DAY, ""))),
    Edge("emea", "2025-06-04 09:00:00", ((R, 1, ""), (P, 1, "hold"))),  # on hold to the end
    Edge("amer", "2025-06-05 09:00:00", ((S, HOUR, ""), (P, HOUR, "pending"), (RES, HOUR, ""))),
    Edge(
        "amer", "2025-06-05 10:00:00", ((R, 60, ""), (S, 60, ""), (AGAIN, 3 * DAY, ""), (S, 9, ""))
    ),
    Edge("amer", "2025-06-06 10:00:00", ((R, 60, ""), (S, 90 * DAY, ""), (AGAIN, 90 * DAY, ""))),
    Edge("apac", "2025-12-31 17:59:59"),  # open to the end
    Edge("apac", "2024-01-01 00:00:00", ((M, 60, ""), (M, 60, ""))),  # never replied to
)


def end() -> int:
    """The end of the data: midnight in Tokyo after the last day."""
    after = datetime.combine(LAST_DAY + timedelta(days=1), time(), ZoneInfo("Asia/Tokyo"))
    return int(after.timestamp())


def tickets() -> list[Ticket]:
    """All tickets in the order in which they came, each until the end of the data."""
    found = [*_edges(), *(item for desk in DESKS for item in _of(desk))]
    found.sort(key=lambda item: item.events[0].at)
    return [
        Ticket(number, item.desk, item.tier, [event for event in item.events if event.at <= end()])
        for number, item in enumerate(found, start=1)
    ]


def records(all_tickets: Iterable[Ticket]) -> Iterator[TicketRecord]:
    """What a source yields of them."""
    for item in all_tickets:
        attributes = {
            "region": item.desk.region,
            "language": item.desk.language,
            "tier": item.tier,
        }
        yield TicketRecord(str(item.number), item.events, attributes)


def _edges() -> Iterator[Ticket]:
    desks = {desk.region: desk for desk in DESKS}
    for edge in EDGES:
        desk = desks[edge.region]
        at = _at(desk, datetime.fromisoformat(edge.opened))
        events = [TicketEvent(at, EventKind.CREATED, "customer")]
        for kind, seconds, status in edge.steps:
            at += seconds
            events.append(TicketEvent(at, kind, _actor(kind, desk, 1), status))
        yield Ticket(0, desk, "gold", events)


def _of(desk: Desk) -> Iterator[Ticket]:
    draw = random.Random(desk.seed)  # noqa: S311 - a simulation
    days = (LAST_DAY - FIRST_DAY).days + 1
    for _ in range(TICKETS_EACH):
        day = FIRST_DAY + timedelta(days=draw.randrange(days))
        clock = draw.choice((9 * HOUR, 18 * HOUR, 0, draw.randrange(DAY), draw.randrange(DAY)))
        created = _at(desk, datetime.combine(day, time())) + clock
        yield Ticket(0, desk, draw.choice(("gold", "basic")), list(_life(draw, desk, created)))


def _life(draw: random.Random, desk: Desk, created: int) -> Iterator[TicketEvent]:
    """What happens: replies, pauses, questions, hand-overs, solutions, and some that come back."""
    at, agent = created, draw.randrange(1, 5)
    yield TicketEvent(at, EventKind.CREATED, "customer")
    yield TicketEvent(at, EventKind.ASSIGNED, "system", f"{desk.region}-{agent}")
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        at += _some(draw, 5 * HOUR)
        yield TicketEvent(at, R, _actor(R, desk, agent))
        if draw.random() < 0.6:
            for status in draw.choice((("pending",), ("hold",), ("pending", "hold"))):
                yield TicketEvent(at, P, _actor(P, desk, agent), status)
                at += _some(draw, 30 * HOUR)
            yield TicketEvent(at, M, "customer")
            yield TicketEvent(at, RES, "customer")
        if draw.random() < 0.3:
            at += _some(draw, 2 * HOUR)
            agent = draw.randrange(1, 5)
            yield TicketEvent(at, EventKind.ASSIGNED, "system", f"{desk.region}-{agent}")
    if draw.random() < 0.9:
        at += _some(draw, 20 * HOUR)
        yield TicketEvent(at, R, _actor(R, desk, agent))
        yield TicketEvent(at, S, _actor(S, desk, agent))
        if draw.random() < 0.25:
            at += _some(draw, 3 * DAY)
            yield TicketEvent(at, M, "customer")
            yield TicketEvent(at, AGAIN, "customer")
            if draw.random() < 0.8:
                yield TicketEvent(at + _some(draw, DAY), S, _actor(S, desk, agent))


def _some(draw: random.Random, mean: float) -> int:
    return round(draw.expovariate(1 / mean))


def _at(desk: Desk, local: datetime) -> int:
    return int(local.replace(tzinfo=ZoneInfo(desk.zone)).timestamp())


def _actor(kind: EventKind, desk: Desk, agent: int) -> str:
    return "customer" if kind in (M, AGAIN) else f"{desk.region}-{agent}"


def zendesk(all_tickets: Sequence[Ticket]) -> Mapping[str, Any]:
    """The same as Zendesk's incremental exports have it: tickets, their events, and users."""
    people = sorted({event.actor for item in all_tickets for event in item.events})
    ids = {name: 7_000 + number for number, name in enumerate(people)}
    return {
        "tickets": [_zendesk_ticket(item, ids) for item in all_tickets],
        "ticket_events": [audit for item in all_tickets for audit in _audits(item, ids)],
        "users": [
            {"id": number, "role": "end-user" if name == "customer" else "agent", "name": name}
            for name, number in ids.items()
        ],
        "end_of_stream": True,
        "end_time": end(),
    }


def _zendesk_ticket(item: Ticket, ids: Mapping[str, int]) -> Mapping[str, Any]:
    statuses = [status for event in item.events if (status := _status(event))]
    return {
        "id": item.number,
        "created_at": _written(item.events[0].at),
        "updated_at": _written(item.events[-1].at),
        "generated_timestamp": item.events[-1].at,
        "status": statuses[-1],
        "requester_id": ids["customer"],
        "submitter_id": ids["customer"],
        "subject": f"Ticket {item.number}",
        "description": "It does not work.",
        "tags": [item.tier, item.desk.region],
        "via": {"channel": "email"},
    }


def _audits(item: Ticket, ids: Mapping[str, int]) -> Iterator[Mapping[str, Any]]:
    """One update for each event, as its fields changed."""
    before = ""
    for place, event in enumerate(item.events):
        status = _status(event)
        child: dict[str, Any] = {"id": item.number * 10_000 + place * 10 + 1, "via": "Mail"}
        if event.kind is EventKind.CREATED:
            child |= {"event_type": "Create", "status": "new"}
            child |= {"comment_present": True, "comment_public": True}
        elif event.kind in _CHANGES:
            child |= {"event_type": "Change", "status": status, "previous_value": before}
        elif event.kind is EventKind.ASSIGNED:
            child |= {"event_type": "Change", "assignee_id": ids.get(event.detail, 6_999)}
        else:
            child |= {"event_type": "Comment", "comment_present": True, "comment_public": True}
        before = status or before
        yield {
            "id": item.number * 10_000 + place * 10,
            "ticket_id": item.number,
            "created_at": _written(event.at),
            "timestamp": event.at,
            "updater_id": ids[event.actor],
            "via": "Mail",
            "event_type": "Audit",
            "child_events": [child],
        }


def _status(event: TicketEvent) -> str:
    """The status that a ticket has after an event; empty where it has the one from before."""
    changed = {
        EventKind.CREATED: "new",
        EventKind.RESUMED: "open",
        EventKind.REOPENED: "open",
        EventKind.SOLVED: "solved",
    }
    return event.detail if event.kind is EventKind.PAUSED else changed.get(event.kind, "")


def _written(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
