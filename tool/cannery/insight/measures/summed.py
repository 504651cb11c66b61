"""Measures that sums over `fact` are enough for: shares, means and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from cannery.insight.fact import Frame, filled
from cannery.insight.intervals import mean_interval, wilson
from cannery.insight.measures.measure import Measure
from cannery.insight.report import Better, Unit
from cannery.model.figure import SMALLEST, Figure, suppressed


class Summed(Measure, Protocol):
    """A measure of sums."""

    def columns(self, frame: Frame) -> tuple[str, ...]:
        """The sums, as SQL over `fact`."""

    def figure(self, *sums: int) -> Figure:
        """The figure of these sums."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of tickets: of those for which `of` holds, those for which `hit` does.

    Both are SQL over `fact`, with the numbers of the frame.
    """

    name: str
    page: str
    of: str
    hit: str
    better: Better = "high"
    since: str = "created"
    version: int = 1
    is_mature: bool = True
    unit: Unit = "share"

    def columns(self, frame: Frame) -> tuple[str, ...]:
        """Two sums: how many tickets, and how many of them are hits."""
        of, hit = (filled(sql, frame) for sql in (self.of, self.hit))
        return _count(of), _count(f"({of}) AND ({hit})")

    def figure(self, *sums: int) -> Figure:
        """As Summed says."""
        n, hits = sums
        return share_figure(hits, n)


@dataclass(frozen=True, slots=True)
class Mean:
    """How much of `what` a ticket has, of those for which `of` holds; both are SQL likewise."""

    name: str
    page: str
    of: str
    what: str
    better: Better = "low"
    since: str = "created"
    version: int = 1
    is_mature: bool = True
    unit: Unit = "score"

    def columns(self, frame: Frame) -> tuple[str, ...]:
        """Three sums: how many tickets, of the values, and of their squares."""
        of = filled(self.of, frame)
        values = (f"SUM(CASE WHEN {of} THEN {what} ELSE 0 END)" for what in self._powers())
        return _count(of), *values

    def _powers(self) -> tuple[str, str]:
        return self.what, f"({self.what}) * ({self.what})"

    def figure(self, *sums: int) -> Figure:
        """As Summed says."""
        n, total, squares = sums
        if n < SMALLEST:
            return suppressed(n)
        return Figure(total / n, *mean_interval(n, total, squares), n)


@dataclass(frozen=True, slots=True)
class Count:
    """How many tickets there are for which `of` holds: counted, not estimated."""

    name: str
    page: str
    of: str
    better: Better = ""
    since: str = "created"
    version: int = 1
    is_mature: bool = False
    unit: Unit = "count"

    def columns(self, frame: Frame) -> tuple[str, ...]:
        """One sum."""
        return (_count(filled(self.of, frame)),)

    def figure(self, *sums: int) -> Figure:
        """As Summed says."""
        [n] = sums
        return Figure(float(n), None, None, n)


def share_figure(hits: int, n: int) -> Figure:
    """A share with Wilson's interval."""
    return suppressed(n) if n < SMALLEST else Figure(hits / n, *wilson(hits, n), n)


def _count(condition: str) -> str:
    return f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)"
