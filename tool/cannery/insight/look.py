"""What is looked at, and how it is cut into groups and periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cannery.insight.clock.choice import Clocks
from cannery.insight.engine import Engine
from cannery.insight.fact import Frame
from cannery.insight.periods import Period
from cannery.model.figure import Figure
from cannery.model.ticket_event import DIMENSIONS

# What a group is known by: the dimension's value and the period's number, as the cut has them.
Key = tuple[int | str | None, ...]
Figures = Mapping[str, Mapping[Key, Figure]]  # by the measure's name


class Look(NamedTuple):
    """An engine that has the facts, the frame they were made with, and the periods of the data.

    `dimensions` are those that tickets have values of. Days, weeks and months are those of `zone`;
    business time and promises are counted by `clocks`.
    """

    engine: Engine
    frame: Frame
    zone: ZoneInfo
    months: Sequence[Period]
    weeks: Sequence[Period]
    dimensions: Sequence[str]
    clocks: Clocks = Clocks()

    def periods(self, unit: str) -> Sequence[Period]:
        """All months or weeks."""
        return self.months if unit == "month" else self.weeks


class Cut(NamedTuple):
    """Groups by a dimension, by "month" or "week", by both, or (without any) all in one."""

    dimension: str = ""
    unit: str = ""

    def columns(self, since: str) -> tuple[str, ...]:
        """The columns of a table, where periods are those of the time `since`."""
        return tuple(filter(None, (self.dimension, self.unit and f"{since}_{self.unit}")))


def all_columns(times: Iterable[str]) -> list[str]:
    """All columns that a table is grouped by: dimensions, and periods of these times."""
    periods = (f"{since}_{unit}" for since in dict.fromkeys(times) for unit in ("month", "week"))
    return [*DIMENSIONS, *periods]


def grouped_by(select: str, table: str, columns: Sequence[str]) -> str:
    """A query: the columns of a table, and what is selected for each group of them."""
    if not columns:
        return f"SELECT {select} FROM {table}"  # noqa: S608 - our own SQL
    names = ", ".join(columns)
    return f"SELECT {names}, {select} FROM {table} GROUP BY {names}"  # noqa: S608 - our own SQL
