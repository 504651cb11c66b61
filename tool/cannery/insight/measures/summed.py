"""Measures that sums over `fact` are enough for: shares, means and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from cannery.insight import estimates
from cannery.insight.measures.measure import Measure
from cannery.insight.report import Better, Unit
from cannery.model.figure import Figure


class Sums(NamedTuple):
    """What is known of a group: of its tickets, how many have each flag, and sums of amounts.

    `total` and `squares` are of those that have the first flag.
    """

    flagged: Sequence[int]
    total: int = 0
    squares: int = 0


class Summed(Measure, Protocol):
    """A measure of sums. `amount` is SQL over `fact` for a whole number, or empty."""

    @property
    def amount(self) -> str: ...

    def flags(self) -> tuple[str, ...]:
        """Conditions of a ticket, as SQL over `fact`."""

    def figure(self, sums: Sums) -> Figure:
        """The figure of a group."""


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
    amount: str = ""

    def flags(self) -> tuple[str, ...]:
        """As Summed says."""
        return self.of, f"({self.of}) AND ({self.hit})"

    def figure(self, sums: Sums) -> Figure:
        """As Summed says."""
        n, hits = sums.flagged
        return estimates.share(hits, n)


@dataclass(frozen=True, slots=True)
class Mean:
    """What `amount` a ticket has, of those for which `of` holds; both are SQL likewise."""

    name: str
    page: str
    of: str
    amount: str
    better: Better = "low"
    since: str = "created"
    version: int = 1
    is_mature: bool = True
    unit: Unit = "score"

    def flags(self) -> tuple[str, ...]:
        """As Summed says."""
        return (self.of,)

    def figure(self, sums: Sums) -> Figure:
        """As Summed says."""
        [n] = sums.flagged
        return estimates.mean(n, sums.total, sums.squares)


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
    amount: str = ""

    def flags(self) -> tuple[str, ...]:
        """As Summed says."""
        return (self.of,)

    def figure(self, sums: Sums) -> Figure:
        """As Summed says."""
        [n] = sums.flagged
        return Figure(float(n), None, None, n)
