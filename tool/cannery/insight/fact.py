"""The tables that measures look at: `fact` has a row for each ticket, as it stood at a time."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cannery.insight.engine import Engine
from cannery.model.ticket_event import DIMENSIONS

DAY, HOUR = 86_400, 3_600
_TABLES = Path(__file__).with_name("tables")
# Each may look at those before it, and at `slot`, `ticket` and `event`.
_NAMES = ("handed", "stand", "tells", "fact", "wait", "spell", "rating")


class Frame(NamedTuple):
    """What a look is made with: the end of the data, N of "within N days", and N of "N hours".

    `at` is in seconds; what happened in that second or later is not seen. Nor are tickets that
    were opened before `since`.
    """

    at: int
    days: int
    hours: int = 8
    since: int = 0

    @property
    def within(self) -> int:
        """N days, in seconds."""
        return self.days * DAY

    @property
    def soon(self) -> int:
        """N hours, in seconds."""
        return self.hours * HOUR


def make_facts(engine: Engine, frame: Frame) -> None:
    """Make the tables. Needs the table `slot`."""
    for name in _NAMES:
        sql = (_TABLES / f"{name}.sql").read_text("utf-8")
        engine.make(name, filled(sql, frame))


def filled(sql: str, frame: Frame, **parts: str) -> str:
    """SQL with the numbers of the frame: {at}, {since}, {within}, {soon}; and with SQL of ours.

    {dimensions} are the columns of `fact`, {ticket_dimensions} those of `ticket`; `parts` are more.
    """
    at, since, within, soon = map(int, (frame.at, frame.since, frame.within, frame.soon))
    return sql.format(at=at, since=since, within=within, soon=soon, **_DIMENSIONS, **parts)


def _listed(table: str) -> str:
    return ",\n    ".join(f"{table}.{name} AS {name}" for name in DIMENSIONS)


_DIMENSIONS = {"dimensions": _listed("fact"), "ticket_dimensions": _listed("ticket")}
