"""Limits of a control chart: what a series does while nothing changes but by chance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cannery.insight.charts.points import Limits
from cannery.insight.report import Point, Unit

_FEWEST = 8  # times that limits can be told from
_REACH = 2.66  # of the mean moving range: three standard deviations (W. A. Shewhart's XmR chart)


def limits_of(points: Sequence[Point], unit: Unit) -> Limits | None:
    """Of the complete times since the last change of the definition; None for too few."""
    values = [
        point.figure.value
        for point in _since_change(points)
        if point.is_complete and point.figure.value is not None
    ]
    if len(values) < _FEWEST:
        return None
    middle = sum(values) / len(values)
    moves = [abs(after - before) for before, after in pairwise(values)]
    reach = _REACH * sum(moves) / len(moves)
    low, high = max(0.0, middle - reach), middle + reach
    return Limits(low, middle, min(1.0, high) if unit == "share" else high)


def is_beyond(point: Point, limits: Limits | None) -> bool:
    """Whether a complete time is not explained by chance."""
    value = point.figure.value
    if limits is None or value is None or not point.is_complete:
        return False
    return not limits.low <= value <= limits.high


def _since_change(points: Sequence[Point]) -> Sequence[Point]:
    marked = [index for index, point in enumerate(points) if point.marks]
    return points[marked[-1] if marked else 0 :]
