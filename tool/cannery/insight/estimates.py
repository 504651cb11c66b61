"""Figures of what was counted, each with its interval; of fewer than 5 there is none."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from cannery.insight.intervals import mean_interval, median_interval, wilson
from cannery.model.figure import SMALLEST, Figure, suppressed


def share(hits: int, n: int) -> Figure:
    """A share, with Wilson's interval."""
    return suppressed(n) if n < SMALLEST else Figure(hits / n, *wilson(hits, n), n)


def mean(
    n: int, total: float, squares: float, least: float = -inf, greatest: float = inf
) -> Figure:
    """The mean of `n` numbers by their sum and that of their squares.

    Its interval stays between the least and the greatest number that there can be.
    """
    if n < SMALLEST:
        return suppressed(n)
    low, high = mean_interval(n, total, squares)
    return Figure(total / n, max(least, low), min(greatest, high), n)


def median(counts: Mapping[int, int], unit: int = 1) -> Figure:
    """The median of numbers that occur so often; each counts `unit` of what the figure tells."""
    n = sum(counts.values())
    if n < SMALLEST:
        return suppressed(n)
    middle, low, high = median_interval(counts)
    return Figure(float(middle * unit), float(low * unit), float(high * unit), n)
