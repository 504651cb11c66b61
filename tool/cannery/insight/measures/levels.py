"""What is open at a time: how many tickets, and how old they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cannery.insight import estimates
from cannery.insight.fact import DAY
from cannery.insight.report import Better, Unit
from cannery.model.figure import Figure


@dataclass(frozen=True, slots=True)
class Level:
    """Of the tickets that are open when a period ends: their number, or their median age."""

    name: str
    page: str
    read: Literal["number", "age"]
    unit: Unit
    better: Better = "low"
    since: str = "begins"
    version: int = 1
    is_mature: bool = False

    def figure(self, opened: Mapping[int, int], day: int) -> Figure:
        """The figure of what is open at the end of a local day, by the day it was opened on."""
        n = sum(opened.values())
        if self.read == "number":
            return Figure(float(n), None, None, n)
        ages = {day - since: count for since, count in opened.items() if count}
        return estimates.median(ages, unit=DAY)


BACKLOG = Level("backlog", "measures/backlog", "number", "count")
BACKLOG_AGE = Level("backlog_age", "measures/backlog-age", "age", "seconds")
