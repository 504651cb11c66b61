"""A trend is told from noise."""

from __future__ import annotations

import random

import pytest
from scipy.stats import binomtest  # a second implementation, for the tests alone

from cannery.insight.gaps import trend as trends
from cannery.insight.gaps.trend import PERIOD, Trend, trend

NOW = 1_790_000_000.0
LONG_AGO = NOW - 3 * PERIOD


def _times(before: int, after: int) -> list[float]:
    return [NOW - 1.5 * PERIOD] * before + [NOW - 1.0] * after


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (1, 12, "rising"),
        (12, 1, "falling"),
        (4, 6, "steady"),
        (0, 4, "too few"),
        (0, 8, "rising"),
        (900, 1200, "rising"),
        (1000, 1001, "steady"),
    ],
)
def test_four_weeks_are_compared_with_the_four_before(
    before: int, after: int, verdict: str
) -> None:
    assert trend(_times(before, after), NOW, LONG_AGO) == Trend(before, after, verdict)  # type: ignore[arg-type]


def test_where_nothing_is_known_of_the_weeks_before_there_is_no_verdict() -> None:
    assert trend(_times(0, 50), NOW, NOW - 1.9 * PERIOD).verdict == "too few"


def test_what_is_older_or_still_to_come_counts_for_neither() -> None:
    assert trend([NOW - 2.1 * PERIOD, NOW + 60], NOW, LONG_AGO) == Trend(0, 0, "too few")


@pytest.mark.parametrize(("one", "other"), [(3, 9), (40, 61), (0, 20), (520, 470), (700, 560)])
def test_the_chance_is_that_of_the_binomial_test(one: int, other: int) -> None:
    expected = binomtest(one, one + other, 0.5).pvalue
    assert trends._chance(one, other) == pytest.approx(expected, rel=0.02)  # noqa: SLF001 - the test of chance alone


def test_noise_alone_is_seldom_a_change() -> None:
    chance = random.Random(5)  # noqa: S311 - no secret
    changed = 0
    for _ in range(500):
        after = sum(chance.random() < 0.5 for _ in range(40))
        changed += trend(_times(40 - after, after), NOW, LONG_AGO).verdict != "steady"
    assert changed <= 10  # 1 in 100, by its definition at most
