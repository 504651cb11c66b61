"""Intervals of 95 % for what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor, sqrt

Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's score interval of a share (E. B. Wilson, 1927). `n` is at least 1."""
    share, square = successes / n, Z * Z
    middle = share + square / (2 * n)
    reach = Z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    scale = 1 + square / n
    return (
        min(share, max(0.0, (middle - reach) / scale)),
        max(share, min(1.0, (middle + reach) / scale)),
    )


def mean_interval(n: int, total: float, squares: float) -> tuple[float, float]:
    """The interval of a mean, as the normal distribution has it, of sums. `n` is at least 2."""
    mean = total / n
    spread = max(0.0, squares - n * mean * mean) / (n - 1)
    reach = Z * sqrt(spread / n)
    return mean - reach, mean + reach


def median_interval(counts: Mapping[int, int]) -> tuple[float, int, int]:
    """The median of values that occur so often, and the order statistics that are its interval.

    Their places are those of the normal distribution. There is at least one value.
    """
    n = sum(counts.values())
    reach = Z * sqrt(n) / 2
    low = _at_place(counts, max(0, floor(n / 2 - reach) - 1))
    high = _at_place(counts, min(n - 1, ceil(n / 2 + reach)))
    middle = (_at_place(counts, (n - 1) // 2) + _at_place(counts, n // 2)) / 2
    return middle, low, high


def _at_place(counts: Mapping[int, int], place: int) -> int:
    """The value in a place, from 0, of all in their order."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed > place:
            return value
    raise IndexError(place)
