"""The curve of what has not ended yet, held against lifelines."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from math import isinf, isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times

from cannery.insight.kaplan_meier import Leaving, curve, median, share_until

Seen = Sequence[tuple[int, bool]]  # how long, and whether it came to its end
SEEN = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=5, max_size=80)


def leavings(seen: Seen) -> list[Leaving]:
    ended = Counter(at for at, is_ended in seen if is_ended)
    return [Leaving(at, ended[at], many) for at, many in Counter(at for at, _ in seen).items()]


def fitted(seen: Seen) -> KaplanMeierFitter:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return KaplanMeierFitter().fit([at for at, _ in seen], [ended for _, ended in seen])


def number(value: float) -> float | None:
    return None if isinf(value) or isnan(value) else float(value)


@settings(max_examples=60, deadline=None)
@given(SEEN)
def test_shares_and_band_are_those_of_lifelines(seen: Seen) -> None:
    theirs = fitted(seen)
    bounds = theirs.confidence_interval_
    for step in curve(leavings(seen)):
        assert step.share == pytest.approx(float(theirs.predict(step.at)), abs=1e-9)
        low, high = (number(value) for value in bounds.loc[step.at])
        if step.share > 0 and low is not None and high is not None:
            assert (step.low, step.high) == pytest.approx((low, high), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(SEEN)
def test_the_median_is_that_of_lifelines(seen: Seen) -> None:
    """But where one half is a little more to them, for want of a digit."""
    shares = fitted(seen).survival_function_["KM_estimate"]
    reached = shares[shares <= 0.5 + 1e-9]
    expected = float(reached.index[0]) if len(reached) else None
    assert median(leavings(seen)).value == expected


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_of_the_median_is_that_of_lifelines(seed: int) -> None:
    seen = [(1 + (at * at * 7 + seed) % 997, at % 5 != seed) for at in range(400)]
    found = median(leavings(seen))
    times = median_survival_times(fitted(seen).confidence_interval_)
    assert [found.low, found.high] == [number(value) for value in times.to_numpy().ravel()]


@settings(max_examples=60, deadline=None)
@given(SEEN, st.integers(1, 40))
def test_a_share_until_a_time_is_one_minus_the_curve(seen: Seen, at: int) -> None:
    found, theirs = share_until(leavings(seen), at), fitted(seen)
    if found.value is None:
        assert max(last for last, _ in seen) < at
    else:
        assert found.value == pytest.approx(1 - float(theirs.predict(at)), abs=1e-9)


def test_of_fewer_than_five_nothing_is_told() -> None:
    assert median([Leaving(3, 4, 4)]).why == "fewer than 5"


def test_a_median_that_is_not_reached_is_not_told() -> None:
    assert median([Leaving(3, 2, 10)]).why == "more than half have not ended"


def test_half_that_ended_is_enough_for_the_median() -> None:
    """1 - 1/6 and so on until one half, which is no sum that floating point numbers hold."""
    found = median([Leaving(1, 1, 1), Leaving(2, 1, 1), Leaving(3, 1, 1), Leaving(9, 0, 3)])
    assert found.value == 3
