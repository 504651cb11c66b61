"""Measures of how long something takes, of which some has not come to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cannery.insight.fact import Frame, filled
from cannery.insight.kaplan_meier import Leaving, median, share_until
from cannery.insight.look import grouped_by
from cannery.insight.report import Better, Unit
from cannery.model.figure import Figure

# Times are rounded up: to minutes in the first day, quarters of an hour in the first 30, hours
# then. So a month has thousands of them, however many tickets.
_ROUNDED = """CASE
    WHEN took <= 86400 THEN took + 59 - (took + 59) % 60
    WHEN took <= 2592000 THEN took + 899 - (took + 899) % 900
    ELSE took + 3599 - (took + 3599) % 3600 END"""


class Clock(NamedTuple):
    """What is timed in a table: from `begin` to `end`, all SQL over it.

    `end` is NULL for what has not come; `cut` is when it was given up, or NULL.
    """

    table: str
    of: str
    begin: str
    end: str
    cut: str = "NULL"

    def query(self, frame: Frame, columns: Sequence[str]) -> str:
        """A row for each group and time: how many came to their end, and how many in all."""
        begin, end, cut, of = (
            filled(sql, frame) for sql in (self.begin, self.end, self.cut, self.of)
        )
        until = f"COALESCE({end}, {cut}, {int(frame.at)})"
        took = f"CASE WHEN {until} > {begin} THEN {until} - {begin} ELSE 0 END"
        names = "".join(f"{column}, " for column in columns)
        ended = f"CASE WHEN {end} IS NULL THEN 0 ELSE 1 END"
        rows = f"(SELECT {names}{took} AS took, {ended} AS ended FROM {self.table} WHERE {of})"  # noqa: S608 - our own SQL
        rounded = f"(SELECT {names}{_ROUNDED} AS took, ended FROM {rows} AS timed) AS rounded"  # noqa: S608
        return grouped_by("SUM(ended), COUNT(*)", rounded, (*columns, "took"))


@dataclass(frozen=True, slots=True)
class Timed:
    """What a clock's curve tells: the median, or the share that came to its end in N days."""

    name: str
    page: str
    clock: Clock
    read: Literal["median", "share"] = "median"
    better: Better = "low"
    since: str = "created"
    version: int = 1
    is_mature: bool = False
    unit: Unit = "seconds"

    def figure(self, frame: Frame, leavings: Sequence[Leaving]) -> Figure:
        """The figure of a group."""
        if self.read == "share":
            return share_until(leavings, frame.within)
        return median(leavings)
