"""What a measure is: conditions on the table `fact`, and how their sums become a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from cannery.insight.fact import Frame
from cannery.insight.intervals import wilson
from cannery.insight.report import Better, Definition, Unit
from cannery.model.figure import SMALLEST, Figure, suppressed


class Measure(Protocol):
    """What all measures have.

    `name` has {days} of the frame in it. `since` is the prefix of the columns of `fact` by which a
    ticket is put into a period: those of `created` are created_at, created_week, created_month.
    `version` counts changes of the definition; `page` is below articles/ of the manual.
    """

    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def better(self) -> Better: ...
    @property
    def version(self) -> int: ...
    @property
    def page(self) -> str: ...
    @property
    def since(self) -> str: ...
    @property
    def is_mature(self) -> bool:
        """Whether only tickets count that have had their N days."""


class Summed(Measure, Protocol):
    """A measure that sums over `fact` are enough for."""

    def columns(self, frame: Frame) -> tuple[str, ...]:
        """The sums, as SQL."""

    def figure(self, *sums: int) -> Figure:
        """The figure of these sums."""


def definition(measure: Measure, frame: Frame) -> Definition:
    """How a measure is named and read in a frame."""
    values = {"days": frame.days}
    name = measure.name.format_map(values)
    better, version, page = measure.better, measure.version, measure.page
    return Definition(name, measure.name, measure.unit, better, version, page, values)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of tickets: of those for which `of` holds, those for which `hit` does.

    Both are SQL over `fact`, with {at}, {within} and {days} of the frame.
    """

    name: str
    page: str
    of: str
    hit: str
    better: Better = "high"
    since: str = "created"
    is_mature: bool = True
    version: int = 1
    unit: Unit = "share"

    def columns(self, frame: Frame) -> tuple[str, ...]:
        """Two sums: how many tickets, and how many of them are hits."""
        of, hit = (filled(sql, frame) for sql in (self.of, self.hit))
        return (
            f"SUM(CASE WHEN {of} THEN 1 ELSE 0 END)",
            f"SUM(CASE WHEN ({of}) AND ({hit}) THEN 1 ELSE 0 END)",
        )

    def figure(self, *sums: int) -> Figure:
        """As Summed says."""
        n, hits = sums
        if n < SMALLEST:
            return suppressed(n)
        return Figure(hits / n, *wilson(hits, n), n)


def filled(sql: str, frame: Frame) -> str:
    """SQL with the numbers of the frame."""
    return sql.format(at=int(frame.at), within=int(frame.within), days=int(frame.days))
