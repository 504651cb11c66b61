"""Measures of how long something takes, of which some has not come to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cannery.insight.fact import Frame, filled
from cannery.insight.kaplan_meier import Leaving, median, share_until
from cannery.insight.look import all_columns
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

    `end` is NULL for what has not come; `cut` is when it was given up, or NULL. `since` names the
    time by which it is put into a period.
    """

    table: str
    of: str
    begin: str
    end: str
    cut: str = "NULL"
    since: str = "created"

    def query(self, frame: Frame) -> str:
        """A row for each: what it is grouped by, and `took`, twice the time, plus 1 if it ended."""
        begin, end, cut, of = (
            filled(sql, frame) for sql in (self.begin, self.end, self.cut, self.of)
        )
        until = f"COALESCE({end}, {cut}, {int(frame.at)})"
        took = f"CASE WHEN {until} > {begin} THEN {until} - {begin} ELSE 0 END"
        names = ", ".join(all_columns([self.since]))
        ended = f"CASE WHEN {end} IS NULL THEN 0 ELSE 1 END"
        rows = f"(SELECT {names}, {took} AS took, {ended} AS ended FROM {self.table} WHERE {of})"  # noqa: S608 - our own SQL
        return f"SELECT {names}, 2 * ({_ROUNDED}) + ended AS took FROM {rows} AS timed"  # noqa: S608 - likewise


@dataclass(frozen=True, slots=True)
class Timed:
    """What a clock's curve tells: the median, or the share that came to its end in N days."""

    name: str
    page: str
    clock: Clock
    read: Literal["median", "share"] = "median"
    better: Better = "low"
    version: int = 1
    is_mature: bool = False
    unit: Unit = "seconds"

    @property
    def since(self) -> str:
        """As Measure says."""
        return self.clock.since

    def figure(self, frame: Frame, leavings: Sequence[Leaving]) -> Figure:
        """The figure of a group."""
        if self.read == "share":
            return share_until(leavings, frame.within)
        return median(leavings)
