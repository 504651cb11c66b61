"""Intervals, held against scipy's and against what they promise."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm

from cannery.insight.intervals import Z, mean_interval, median_interval, wilson


@given(st.integers(1, 5_000), st.data())
def test_wilsons_interval_is_that_of_scipy(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    theirs = binomtest(hits, n).proportion_ci(0.95, "wilson")
    assert wilson(hits, n) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(st.integers(1, 5_000), st.data())
def test_a_share_is_within_its_interval(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1


@given(st.lists(st.integers(0, 9), min_size=2, max_size=200))
def test_the_interval_of_a_mean_is_the_normal_one(values: list[int]) -> None:
    n, mean = len(values), sum(values) / len(values)
    spread = (sum((value - mean) ** 2 for value in values) / (n - 1)) ** 0.5
    low, high = mean_interval(n, sum(values), sum(value * value for value in values))
    expected = norm.interval(0.95, mean, spread / n**0.5) if spread else (mean, mean)
    assert (low, high) == pytest.approx(expected, abs=1e-6)


def test_z_is_the_quantile_of_the_normal_distribution() -> None:
    assert pytest.approx(norm.ppf(0.975), abs=1e-12) == Z


@given(st.lists(st.integers(0, 50), min_size=1, max_size=200))
def test_a_median_is_the_middle_one_and_within_its_interval(values: list[int]) -> None:
    middle, low, high = median_interval(Counter(values))
    values.sort()
    assert middle == (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    assert low <= middle <= high


def test_the_interval_of_a_median_holds_the_true_one_as_often_as_it_says() -> None:
    draw, held = random.Random(1), 0  # noqa: S311 - a simulation
    for _ in range(2_000):
        values = Counter(draw.randrange(1_001) for _ in range(60))
        _, low, high = median_interval(values)
        held += low <= 500 <= high
    assert 0.94 < held / 2_000 < 0.985
