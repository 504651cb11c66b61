"""What events of tickets tell of entries: the macros that were used, and the articles linked to.

An entry is named by the detail of an event: its id, or `Pseudonymizer.mark` of another name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from cannery.insight.fact import DAY
from cannery.model.ticket_event import EventKind

_LINKED = int(EventKind.LINKED)
_OF_ENTRIES = f"kind IN ({int(EventKind.MACRO)}, {_LINKED})"
# An entry counts once for each ticket that it was used in.
_BY_DAY = f"""
SELECT detail, at / {DAY}, count(*) FROM (
    SELECT ticket, detail, min(at) AS at FROM event
    WHERE {_OF_ENTRIES} AND at < ? GROUP BY ticket, detail
) GROUP BY detail, at / {DAY}"""  # noqa: S608 - our own numbers
_SPANS = f"SELECT detail, min(at), max(at) FROM event WHERE {_OF_ENTRIES} GROUP BY detail"  # noqa: S608 - likewise
_FIRST_ASKED = f"""
SELECT event.detail, min(ticket.created_at)
FROM event JOIN ticket ON ticket.id = event.ticket
WHERE event.kind = {_LINKED} AND event.at < ? AND ticket.created_at IS NOT NULL
GROUP BY event.detail"""  # noqa: S608 - likewise
# A detail that begins with # stands for what is no entry.
_ANSWERED = f"""
SELECT DISTINCT lower(hex(ticket.key)) FROM ticket
INNER JOIN event ON event.ticket = ticket.id
WHERE ticket.created_at >= ? AND event.{_OF_ENTRIES}
AND event.detail <> '' AND substr(event.detail, 1, 1) <> '#'"""  # noqa: S608 - likewise
_KNOWN = "SELECT 1 FROM ticket WHERE key = ? AND created_at IS NOT NULL"


class UsesOfDetail(NamedTuple):
    """In how many tickets a detail was used for the first time on a day since the epoch."""

    detail: str
    day: int
    times: int


class Span(NamedTuple):
    """When a detail was used first, and last, in seconds."""

    detail: str
    first: int
    last: int


def uses_by_day(database: sqlite3.Connection, before: int) -> Iterator[UsesOfDetail]:
    """All uses before a time, in seconds."""
    return (UsesOfDetail(*row) for row in database.execute(_BY_DAY, (before,)))


def spans(database: sqlite3.Connection) -> Iterator[Span]:
    """All details that were ever used."""
    return (Span(*row) for row in database.execute(_SPANS))


def first_asked(database: sqlite3.Connection, before: int) -> Iterator[tuple[str, int]]:
    """By each article linked to before a time, when the first of its tickets was created."""
    return ((detail, created) for detail, created in database.execute(_FIRST_ASKED, (before,)))


def answered_tickets(database: sqlite3.Connection, since: int) -> frozenset[str]:
    """The keys, in hex, of tickets created since a time in which an entry was used."""
    return frozenset(key for (key,) in database.execute(_ANSWERED, (since,)))


def is_known(database: sqlite3.Connection, key: bytes) -> bool:
    """Whether the ticket of a key has come in, and not only what was added to it."""
    return database.execute(_KNOWN, (key,)).fetchone() is not None
