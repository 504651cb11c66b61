"""When a team works, and what it promises to whom: [insight] of kb.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

BUSINESS = "business"  # the calendar of the ticket's customer
ALWAYS = "24x7"
Where = Mapping[str, Sequence[str]]  # any of which a ticket has, by the names of DIMENSIONS
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_SECONDS = {"m": _MINUTE, "h": _HOUR}


class Span(NamedTuple):
    """Hours of a day in minutes since its midnight; past midnight they are more than 1,440."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Working hours of a place. `week` has the spans of each day from Monday on, none overlap.

    `written` is how they stand in kb.toml. `country` has holidays, "" has none; `closed` are days
    off besides. Tickets that `where` fits are its own. Without it, those of `business` are all, and
    those of another one none.
    """

    name: str
    time_zone: str
    week: Sequence[Sequence[Span]]
    written: str
    country: str = ""
    closed: tuple[date, ...] = ()
    where: Where = field(default_factory=dict)

    @property
    def is_of_tickets(self) -> bool:
        """Whether it may be a ticket's own, not only that of promises that name it."""
        return bool(self.where) or self.name == BUSINESS

    @property
    def day_seconds(self) -> int:
        """What a day of business time is: the mean of the days that have hours."""
        lengths = [sum(span.end - span.start for span in spans) for spans in self.week if spans]
        return sum(lengths) * _MINUTE // len(lengths)


class Target(NamedTuple):
    """A time that is promised: `4h`, or `3d` of whatever calendar counts."""

    number: int
    unit: str

    def seconds(self, calendar: BusinessCalendar | None) -> int:
        """How long that is in a calendar; None is around the clock."""
        day = calendar.day_seconds if calendar else _DAY
        return self.number * _SECONDS.get(self.unit, day)

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"


@dataclass(frozen=True, slots=True)
class SlaPolicy:
    """What is promised to the customers whose tickets `where` fits; a target that is None is not.

    `calendar` is `business`, `24x7` or the name of one. `pauses` are the statuses in which the time
    to a resolution stands still; None is all in which tickets wait.
    """

    name: str
    first_reply: Target | None = None
    next_reply: Target | None = None
    resolution: Target | None = None
    calendar: str = BUSINESS
    pauses: tuple[str, ...] | None = None
    where: Where = field(default_factory=dict)
