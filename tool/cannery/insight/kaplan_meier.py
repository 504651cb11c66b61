"""How long things take, where some have not ended: Kaplan and Meier's curve (1958).

What has not ended yet, or was given up, counts for as long as it was seen. The band is Greenwood's
on the scale of log(-log), which stays between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, inf, log, sqrt
from typing import NamedTuple

from cannery.insight.intervals import Z
from cannery.model.figure import SMALLEST, Figure, suppressed

_HALF = 0.5 + 1e-12  # a product of fractions that is one half is told as a little more, or less


class Leaving(NamedTuple):
    """How many were last seen at a time: `ended` of them because they came to their end."""

    at: int
    ended: int
    all: int


class Step(NamedTuple):
    """The share that has not ended after a time, with its band."""

    at: int
    share: float
    low: float
    high: float


def curve(leavings: Sequence[Leaving]) -> Iterator[Step]:
    """The curve, a step for each time in which some ended: before those who weren't seen longer."""
    left = sum(leaving.all for leaving in leavings)
    share, greenwood = 1.0, 0.0
    for at, ended, leave in sorted(leavings, key=_order):
        if ended:
            share *= 1 - ended / left
            greenwood = inf if ended == left else greenwood + ended / (left * (left - ended))
            yield Step(at, share, *_band(share, greenwood))
        left -= leave


def _order(leaving: Leaving) -> tuple[int, int]:
    return leaving.at, -leaving.ended


def _band(share: float, greenwood: float) -> tuple[float, float]:
    if share <= 0:
        return 0.0, 0.0
    depth = -log(share)
    reach = Z * sqrt(greenwood) / depth
    return exp(-depth * exp(reach)), exp(-depth * exp(-reach))


def median(leavings: Sequence[Leaving]) -> Figure:
    """The time after which half have ended; its interval is where the band passes one half."""
    n = sum(leaving.all for leaving in leavings)
    if n < SMALLEST:
        return suppressed(n)
    low = middle = high = None
    for step in curve(leavings):
        low = step.at if low is None and step.low <= _HALF else low
        middle = step.at if middle is None and step.share <= _HALF else middle
        if step.high <= _HALF:
            high = step.at
            break
    if middle is None:
        return Figure(None, None, None, n, "more than half have not ended")
    return Figure(float(middle), low, high, n)


def share_until(leavings: Sequence[Leaving], at: int) -> Figure:
    """The share that has ended by a time, as the curve estimates it."""
    n = sum(leaving.all for leaving in leavings)
    if n < SMALLEST:
        return suppressed(n)
    if max(leaving.at for leaving in leavings) < at:
        return Figure(None, None, None, n, "the data end too early")
    last = Step(0, 1.0, 1.0, 1.0)
    for step in curve(leavings):
        if step.at > at:
            break
        last = step
    return Figure(1 - last.share, 1 - last.high, 1 - last.low, n)
