"""The curve of what has not ended yet, held against scipy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insight.second_curve import SecondCurve

from cannery.insight.kaplan_meier import Leaving, curve, median, share_until

Seen = Sequence[tuple[int, bool]]  # how long, and whether it came to its end
SEEN = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=5, max_size=80)


def leavings(seen: Seen) -> list[Leaving]:
    ended = Counter(at for at, is_ended in seen if is_ended)
    return [Leaving(at, ended[at], many) for at, many in Counter(at for at, _ in seen).items()]


def fitted(seen: Seen) -> SecondCurve:
    return SecondCurve([at for at, _ in seen], [ended for _, ended in seen])


@settings(max_examples=60, deadline=None)
@given(SEEN)
def test_shares_and_band_are_those_of_scipy(seen: Seen) -> None:
    theirs = fitted(seen)
    for step in curve(leavings(seen)):
        assert step.share == pytest.approx(theirs.share(step.at), abs=1e-9)
        low, high = theirs.bounds(step.at)
        if step.share > 0 and low is not None and high is not None:
            assert (step.low, step.high) == pytest.approx((low, high), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(SEEN)
def test_the_median_is_that_of_scipy(seen: Seen) -> None:
    """But where one half is a little more to them, for want of a digit."""
    assert median(leavings(seen)).value == fitted(seen).median()[0]


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_of_the_median_is_that_of_scipy(seed: int) -> None:
    seen = [(1 + (at * at * 7 + seed) % 997, at % 5 != seed) for at in range(400)]
    found = median(leavings(seen))
    assert (found.value, found.low, found.high) == fitted(seen).median()


@settings(max_examples=60, deadline=None)
@given(SEEN, st.integers(1, 40))
def test_a_share_until_a_time_is_one_minus_the_curve(seen: Seen, at: int) -> None:
    found, theirs = share_until(leavings(seen), at), fitted(seen)
    if found.value is None:
        assert max(last for last, _ in seen) < at
    else:
        assert found.value == pytest.approx(1 - theirs.share(at), abs=1e-9)


def test_of_fewer_than_five_nothing_is_told() -> None:
    assert median([Leaving(3, 4, 4)]).why == "fewer than 5"


def test_a_median_that_is_not_reached_is_not_told() -> None:
    assert median([Leaving(3, 2, 10)]).why == "more than half have not ended"


def test_half_that_ended_is_enough_for_the_median() -> None:
    """1 - 1/6 and so on until one half, which is no sum that floating point numbers hold."""
    found = median([Leaving(1, 1, 1), Leaving(2, 1, 1), Leaving(3, 1, 1), Leaving(9, 0, 3)])
    assert found.value == 3
