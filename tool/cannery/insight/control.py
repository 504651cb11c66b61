"""Which times of a series are beyond what chance makes of it: for charts and their tables."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.insight.noise import MOST_TIMES, Limits, control_limits
from cannery.insight.report import Definition, Point
from cannery.model.figure import Figure


class Control:
    """The limits of a series since its definition changed last; those drawn are of a usual n."""

    def __init__(self, points: Sequence[Point], measure: Definition) -> None:
        self._measure = measure
        self._figures = () if is_level(measure) else _known(points)[-MOST_TIMES:]
        numbers = [figure.n for figure in self._figures]
        self.limits = self._of(round(sum(numbers) / len(numbers))) if numbers else None

    def is_beyond(self, point: Point) -> bool:
        """Whether a complete time is not explained by chance."""
        value, limits = point.figure.value, self._of(point.figure.n)
        if limits is None or value is None or not point.is_complete:
            return False
        return not limits.low <= value <= limits.high

    def _of(self, n: int) -> Limits | None:
        return control_limits(self._figures, self._measure, n)


def is_level(measure: Definition) -> bool:
    """Whether a time's value goes on from the one before: limits of chance say nothing of it."""
    return measure.key.startswith("backlog")


def _known(points: Sequence[Point]) -> list[Figure]:
    marked = [index for index, point in enumerate(points) if point.marks]
    since = points[marked[-1] if marked else 0 :]
    return [point.figure for point in since if point.is_complete and point.figure.value is not None]
