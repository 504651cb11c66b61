"""Whether something is asked for more often than before, told from noise."""

from __future__ import annotations

from collections.abc import Iterable
from math import comb, erfc, sqrt
from typing import Literal, NamedTuple

WEEKS = 4
PERIOD = WEEKS * 7 * 86_400.0  # seconds
_LEAST = 5  # questions in both periods: fewer tell nothing
_SURE = 0.01  # many gaps are looked at at once: at 0.05 one in twenty would seem to change
_EXACT = 1000  # questions; beyond, the normal distribution says the same

Verdict = Literal["rising", "falling", "steady", "too few"]


class Trend(NamedTuple):
    """How many questions came in the four weeks before the last four, and in the last four."""

    before: int
    after: int
    verdict: Verdict


def trend(times: Iterable[float], now: float, begins: float) -> Trend:
    """Compare the last four weeks with the four before. Nothing is known from before `begins`.

    If questions came as often in both periods, each would be as likely in the one as in the other:
    the verdict is by the exact binomial test of that.
    """
    ages = [now - time for time in times]
    after = sum(0 <= age < PERIOD for age in ages)
    before = sum(PERIOD <= age < 2 * PERIOD for age in ages)
    if before + after < _LEAST or now - begins < 2 * PERIOD:
        return Trend(before, after, "too few")
    if _chance(before, after) >= _SURE:
        return Trend(before, after, "steady")
    return Trend(before, after, "rising" if after > before else "falling")


def _chance(one: int, other: int) -> float:
    """How likely two counts differ so much or more, if both are of the same kind."""
    total, least = one + other, min(one, other)
    if total > _EXACT:
        return erfc((abs(one - other) - 1) / sqrt(2 * total))
    as_far: int = sum(comb(total, count) for count in range(least + 1))
    return min(1.0, as_far / float(2 ** (total - 1)))
