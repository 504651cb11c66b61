"""Which calendar and which promise a ticket has, by what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cannery.insight.engine import Engine
from cannery.model.business_calendar import (
    ALWAYS,
    BUSINESS,
    BusinessCalendar,
    SlaPolicy,
    Target,
    Where,
)
from cannery.model.ticket_event import DIMENSIONS
from cannery.util.text import fold

NONE = -1  # no calendar
_COLUMNS = (
    "own_calendar", "policy", "calendar", "first_reply_target", "next_reply_target",
    "resolution_target", "is_any_pause",
)  # fmt: skip


class Clocks(NamedTuple):
    """What time is counted by. Calendars have their numbers by place, promises from 1 on."""

    calendars: tuple[BusinessCalendar, ...] = ()
    policies: tuple[SlaPolicy, ...] = ()

    @property
    def all(self) -> Sequence[BusinessCalendar | None]:
        """The calendars of the table `working`; the last is around the clock."""
        return (*self.calendars, None)

    @property
    def wheres(self) -> Sequence[Where]:
        """Which tickets the calendars and the promises are for."""
        return [*(item.where for item in self.calendars), *(item.where for item in self.policies)]

    @property
    def dimensions(self) -> Sequence[str]:
        """What decides of a ticket; never empty."""
        named = {at for where in self.wheres for at in where}
        return [name for name in DIMENSIONS if name in {"source", *named}]


def fill_choice(engine: Engine, clocks: Clocks) -> None:
    """Make the table `choice`: a row for each of what tickets are. Needs the facts."""
    columns = ", ".join(clocks.dimensions)
    kinds = engine.rows(f"SELECT DISTINCT {columns} FROM fact")  # noqa: S608 - our own names
    engine.fill("choice", (*clocks.dimensions, *_COLUMNS), _rows(clocks, kinds))


def fill_pausing(engine: Engine, clocks: Clocks) -> None:
    """Make the table `pausing`: the statuses that promises name."""
    rows = [
        (number, status)
        for number, policy in enumerate(clocks.policies, start=1)
        for status in policy.pauses or ()
    ]
    engine.fill("pausing", ("policy", "status"), rows)


def _rows(clocks: Clocks, kinds: Sequence[Sequence[str]]) -> Iterator[Sequence[object]]:
    for kind in kinds:
        has = {name: fold(value) for name, value in zip(clocks.dimensions, kind, strict=True)}
        own = _first((item.where for item in clocks.calendars), has)
        yield (*kind, own, *_promised(clocks, own, has))


def _promised(clocks: Clocks, own: int, has: Mapping[str, str]) -> Sequence[int]:
    """The number of the promise, 0 for none; its calendar; its times in seconds, 0 for none."""
    place = _first((item.where for item in clocks.policies), has)
    if place == NONE:
        return 0, NONE, 0, 0, 0, 0
    policy = clocks.policies[place]
    number = own if policy.calendar == BUSINESS else _number(clocks, policy.calendar)
    targets = (policy.first_reply, policy.next_reply, policy.resolution)
    calendar = clocks.all[number]
    seconds = (_seconds(target, calendar) for target in targets)
    return place + 1, number, *seconds, int(policy.pauses is None)


def _number(clocks: Clocks, name: str) -> int:
    names = [*(calendar.name for calendar in clocks.calendars), ALWAYS]
    return names.index(name)


def _seconds(target: Target | None, calendar: BusinessCalendar | None) -> int:
    return target.seconds(calendar) if target else 0


def _first(wheres: Iterable[Where], has: Mapping[str, str]) -> int:
    """The place of the first that fits."""
    return next((place for place, where in enumerate(wheres) if _fits(where, has)), NONE)


def _fits(where: Where, has: Mapping[str, str]) -> bool:
    return all(has[name] in [fold(value) for value in values] for name, values in where.items())
