"""Which calendar and which promise a ticket has, by what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cannery.insight.engine import Engine
from cannery.model.business_calendar import (
    ALWAYS,
    BUSINESS,
    BusinessCalendar,
    SlaPolicy,
    Where,
)
from cannery.model.ticket_event import DIMENSIONS
from cannery.util.text import fold

_Folded = Mapping[str, frozenset[str]]  # what is asked of tickets, by dimension
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
    chooser = _Chooser(clocks)
    engine.fill("choice", (*clocks.dimensions, *_COLUMNS), map(chooser.row, kinds))


def fill_pausing(engine: Engine, clocks: Clocks) -> None:
    """Make the table `pausing`: the statuses that promises name."""
    rows = [
        (number, status)
        for number, policy in enumerate(clocks.policies, start=1)
        for status in policy.pauses or ()
    ]
    engine.fill("pausing", ("policy", "status"), rows)


class _Chooser:
    """Chooses for what a ticket is; the values that are asked for are folded once."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._calendars = [
            _folded(item.where) if item.is_of_tickets else None for item in clocks.calendars
        ]
        self._policies = [_folded(item.where) for item in clocks.policies]

    def row(self, kind: Sequence[str]) -> Sequence[object]:
        """What a ticket is, then its own calendar, then what is promised."""
        has = {name: fold(value) for name, value in zip(self._clocks.dimensions, kind, strict=True)}
        own = _first(self._calendars, has)
        place = _first(self._policies, has)
        if place == NONE:
            return *kind, own, 0, NONE, 0, 0, 0, 0
        return *kind, own, place + 1, *self._promised(self._clocks.policies[place], own)

    def _promised(self, policy: SlaPolicy, own: int) -> Sequence[int]:
        """The number of the calendar; the times in seconds, 0 for none; which pauses count."""
        number = own if policy.calendar == BUSINESS else _number(self._clocks, policy.calendar)
        calendar = self._clocks.all[number]
        targets = (policy.first_reply, policy.next_reply, policy.resolution)
        seconds = (target.seconds(calendar) if target else 0 for target in targets)
        return number, *seconds, int(policy.pauses is None)


def _number(clocks: Clocks, name: str) -> int:
    names = [*(calendar.name for calendar in clocks.calendars), ALWAYS]
    return names.index(name)


def _folded(where: Where) -> _Folded:
    return {name: frozenset(map(fold, values)) for name, values in where.items()}


def _first(wheres: Sequence[_Folded | None], has: Mapping[str, str]) -> int:
    """The place of the first that fits; what is None never does."""
    for place, where in enumerate(wheres):
        if where is not None and all(has[name] in values for name, values in where.items()):
            return place
    return NONE
