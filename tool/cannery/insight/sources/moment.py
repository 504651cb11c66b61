"""What exports tell of tickets, piece by piece and in any order, before it is put in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from cannery.model.ticket_event import EventKind

OPEN, SOLVED, GONE = "open", "solved", "gone"


class Told(IntEnum):
    """What has to be looked at beside the rest of the ticket before it is an event."""

    STATUS = 1  # detail: OPEN, SOLVED, or else a status in which the team waits
    WRITTEN = 2  # a public message, of whom its author tells
    LINKED = 3  # a link in a public message, likewise
    REOPENED = 4  # it was solved before, unless it is known to have been open already


class Rank(IntEnum):
    """How good a source is: of several that tell of one ticket's course, the best one holds."""

    HISTORY = 0
    METRICS = 1
    SUMMARY = 2


class Moment(NamedTuple):
    """Something that happened to a ticket at `at`, in seconds since the epoch.

    `key` is its own within the ticket: what is told twice is one. `before` is the status that
    another one follows, empty where that is not told.
    """

    ticket: str
    key: str
    at: int
    what: Told | EventKind
    who: str = ""
    detail: str = ""
    before: str = ""
    value: float | None = None
    rank: Rank = Rank.HISTORY


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as an export has it. `status` is as that of a moment, or GONE: it counts no more.

    `section` and `organization` are the desk's ids, by which names and more attributes are found.
    `requester` is who asks; of several each stands on its own line.
    """

    id: str
    created_at: int | None = None
    updated_at: int = 0
    requester: str = ""
    status: str = ""
    section: str = ""
    organization: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
