"""From values to places: an axis with round numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, inf, log10
from typing import NamedTuple

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_TIMES = (60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200)
_DAY = 86_400
_MOST_TICKS = 5


@dataclass(frozen=True)
class Scale:
    """An axis from the first to the last of its ticks."""

    ticks: tuple[float, ...]

    @property
    def low(self) -> float:
        return self.ticks[0]

    @property
    def high(self) -> float:
        return self.ticks[-1]

    def at(self, value: float) -> float:
        """How far up a value is, in percent; what is beyond the axis is at its end."""
        share = (value - self.low) / (self.high - self.low)
        return 100 * min(1.0, max(0.0, share))


class Size(NamedTuple):
    """How high a chart's marks are, in pixels, and its axis, where it is that of others, too."""

    height: int = 180
    scale: Scale | None = None


USUAL = Size()
# Of shares: the narrowest that holds all values. The wider the axis, the flatter the line.
SHARES = (
    Scale((0.0, 0.05, 0.1, 0.15, 0.2)),
    Scale((0.0, 0.1, 0.2, 0.3, 0.4, 0.5)),
    Scale((0.5, 0.6, 0.7, 0.8, 0.9, 1.0)),
    Scale((0.0, 0.25, 0.5, 0.75, 1.0)),
)


def scale_for(unit: str, values: Iterable[float]) -> Scale:
    """The axis of a unit: of shares one of SHARES, of others from zero to the farthest value."""
    there = [value for value in values if abs(value) < inf]
    highest, lowest = max(there, default=0.0), min(there, default=0.0)
    if unit == "share":
        return next(
            (one for one in SHARES if one.low <= lowest and highest <= one.high), SHARES[-1]
        )
    reach = max(highest, -lowest)
    step = _time_step(reach) if unit == "seconds" else _step(reach)
    if unit == "count":
        step = max(1.0, step)
    first, last = min(0, floor(lowest / step)), max(1, ceil(highest / step))
    return Scale(tuple(step * number for number in range(first, last + 1)))


def _step(reach: float) -> float:
    rough = reach / _MOST_TICKS or 1.0
    unit = 10.0 ** floor(log10(rough))
    return next(unit * step for step in _STEPS if unit * step >= rough)


def _time_step(reach: float) -> float:
    rough = reach / _MOST_TICKS
    found = next((step for step in _TIMES if step >= rough), None)
    return float(found) if found else ceil(_step(reach / _DAY)) * float(_DAY)
