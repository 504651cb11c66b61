"""What changed, told from noise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from statistics import fmean
from typing import NamedTuple

from cannery.insight.report import Better, Change, Definition, Point, Verdict
from cannery.model.figure import Figure

_FEWEST = 6  # points that limits are told from
MOST_TIMES = 24  # points: what was longer ago says little of today's noise
_SIGMAS = 3
_MOVING = 1.128  # the mean range of two values, in standard deviations


class Limits(NamedTuple):
    """Between which values the points lie as long as nothing but chance changes them."""

    low: float
    middle: float
    high: float


def change(months: Sequence[Point], measure: Definition) -> Change | None:
    """The last two complete months; None before there are two.

    Where enough months came before, their limits are heard too: months that swing further than
    chance alone makes them swing do so without a cause that is new.
    """
    complete = [point.figure for point in months if point.is_complete]
    if len(complete) < 2:  # noqa: PLR2004 - a month, and the one before
        return None
    *earlier, after = complete
    before = earlier[-1]
    limits = control_limits(earlier[-MOST_TIMES:], measure, after.n)
    return Change(before, after, _verdict(before, after, measure.better, limits))


def _verdict(before: Figure, after: Figure, better: Better, limits: Limits | None) -> Verdict:
    if before.value is None or after.value is None:
        return "too few"
    apart = difference(before, after)
    if apart is None and limits is None:
        return "too few"
    is_more = after.value > before.value
    if apart is not None and apart[0] <= 0 <= apart[1]:
        return "no change"
    if limits and (after.value <= limits.high if is_more else after.value >= limits.low):
        return "no change"
    if not better:
        return "higher" if is_more else "lower"
    return "better" if is_more == (better == "high") else "worse"


def difference(before: Figure, after: Figure) -> tuple[float, float] | None:
    """The interval of how much more `after` is, made of both intervals as Newcombe does it (1998).

    None where one of them has no interval.
    """
    reaches = _reaches(before), _reaches(after)
    if reaches[0] is None or reaches[1] is None or before.value is None or after.value is None:
        return None
    (under_before, over_before), (under_after, over_after) = reaches[0], reaches[1]
    middle = after.value - before.value
    return middle - sqrt(under_after**2 + over_before**2), middle + sqrt(
        over_after**2 + under_before**2
    )


def _reaches(figure: Figure) -> tuple[float, float] | None:
    """How far the interval reaches below and above the value."""
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    return figure.value - figure.low, figure.high - figure.value


def control_limits(figures: Sequence[Figure], measure: Definition, n: int) -> Limits | None:
    """The limits of a chart of the figures, for one of `n` tickets; None of fewer than six.

    Shares have a p-chart, as wide as the months' own swing asks for (Laney's p'), others an XmR
    chart (Wheeler's: individual values and moving ranges), that of counts no narrower than a
    c-chart: of six months alone, moving ranges take one in twenty that is chance for a change.
    """
    kept = [figure for figure in figures if figure.value is not None]
    if len(kept) < _FEWEST:
        return None
    if measure.unit == "share":
        return _of_shares(kept, n)
    return _of_values(kept, is_count=measure.unit == "count")


def _of_values(figures: Sequence[Figure], *, is_count: bool) -> Limits:
    values = [figure.value or 0.0 for figure in figures]
    middle, sigma = fmean(values), _moving_range(values) / _MOVING
    if is_count:
        sigma = max(sigma, sqrt(max(1.0, middle)))
    return Limits(max(0.0, middle - _SIGMAS * sigma), middle, middle + _SIGMAS * sigma)


def _of_shares(figures: Sequence[Figure], n: int) -> Limits:
    every = sum(figure.n for figure in figures)
    middle = sum((figure.value or 0.0) * figure.n for figure in figures) / every
    spread = sqrt(middle * (1 - middle))
    if not spread or not n:
        return Limits(middle, middle, middle)
    scores = [((figure.value or 0.0) - middle) * sqrt(figure.n) / spread for figure in figures]
    swing = max(1.0, _moving_range(scores) / _MOVING)
    reach = _SIGMAS * swing * spread / sqrt(n)
    return Limits(max(0.0, middle - reach), middle, min(1.0, middle + reach))


def _moving_range(values: Sequence[float]) -> float:
    return fmean(abs(after - before) for before, after in pairwise(values))
