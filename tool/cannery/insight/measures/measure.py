"""What a measure is: conditions on the table `fact`, and how their counts become a figure."""

from __future__ import annotations

from dataclasses import dataclass

from cannery.insight.fact import Frame
from cannery.insight.intervals import wilson
from cannery.model.figure import SMALLEST, Figure, suppressed


@dataclass(frozen=True, slots=True)
class Share:
    """A share of tickets: of those for which `of` holds, those for which `hit` does.

    Both are SQL over `fact`, with {at}, {within} and {days} of the frame. `since` names the column
    whose time puts a ticket into a week or month. `version` counts changes of the definition.
    """

    name: str
    of: str
    hit: str
    since: str = "created_at"
    version: int = 1

    def columns(self, frame: Frame) -> tuple[str, str]:
        """Two sums: how many tickets, and how many of them are hits."""
        of, hit = (_filled(sql, frame) for sql in (self.of, self.hit))
        return (
            f"SUM(CASE WHEN {of} THEN 1 ELSE 0 END)",
            f"SUM(CASE WHEN ({of}) AND ({hit}) THEN 1 ELSE 0 END)",
        )

    def figure(self, n: int, hits: int) -> Figure:
        """The figure of these sums."""
        if n < SMALLEST:
            return suppressed(n)
        return Figure(hits / n, *wilson(hits, n), n)


def _filled(sql: str, frame: Frame) -> str:
    return sql.format(at=int(frame.at), within=int(frame.within), days=int(frame.days))
