"""Intervals of 95 % for what is counted."""

from __future__ import annotations

from math import sqrt

Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's score interval of a share (E. B. Wilson, 1927). `n` is at least 1."""
    share, square = successes / n, Z * Z
    middle = share + square / (2 * n)
    reach = Z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    scale = 1 + square / n
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
