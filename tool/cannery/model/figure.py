"""A figure of support, with how sure it is."""

from __future__ import annotations

from typing import NamedTuple

SMALLEST = 5  # of fewer tickets a figure says little, and may tell of one customer


class Figure(NamedTuple):
    """A value with its interval of 95 %, from `n` tickets.

    `value`, `low` and `high` are None where the figure is suppressed or can't be told; `why` says
    so then.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    why: str = ""


def suppressed(n: int) -> Figure:
    """The figure of too few tickets, or of none."""
    return Figure(None, None, None, n, f"fewer than {SMALLEST}" if n else "nothing to count")
