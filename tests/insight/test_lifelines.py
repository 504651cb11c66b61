"""The curve of what has not ended yet, held against lifelines, which not every machine installs."""

from __future__ import annotations

import warnings
from math import isinf, isnan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insight.test_kaplan_meier import SEEN, Seen, leavings

from cannery.insight.kaplan_meier import curve, median, share_until

pytestmark = pytest.mark.long


def fitted(seen: Seen) -> Any:  # noqa: ANN401 - a class without types
    from lifelines import KaplanMeierFitter  # it takes seconds to load

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return KaplanMeierFitter().fit([at for at, _ in seen], [ended for _, ended in seen])


def number(value: float) -> float | None:
    return None if isinf(value) or isnan(value) else float(value)


@settings(max_examples=300, deadline=None)
@given(SEEN)
def test_shares_and_band_are_those_of_lifelines(seen: Seen) -> None:
    theirs = fitted(seen)
    bounds = theirs.confidence_interval_
    for step in curve(leavings(seen)):
        assert step.share == pytest.approx(float(theirs.predict(step.at)), abs=1e-9)
        low, high = (number(value) for value in bounds.loc[step.at])
        if step.share > 0 and low is not None and high is not None:
            assert (step.low, step.high) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_of_the_median_is_that_of_lifelines(seed: int) -> None:
    from lifelines.utils import median_survival_times

    seen = [(1 + (at * at * 7 + seed) % 997, at % 5 != seed) for at in range(400)]
    found = median(leavings(seen))
    times = median_survival_times(fitted(seen).confidence_interval_)
    assert [found.low, found.high] == [number(value) for value in times.to_numpy().ravel()]


@settings(max_examples=300, deadline=None)
@given(SEEN, st.integers(1, 40))
def test_a_share_until_a_time_is_one_minus_the_curve(seen: Seen, at: int) -> None:
    found, theirs = share_until(leavings(seen), at), fitted(seen)
    if found.value is None:
        assert max(last for last, _ in seen) < at
    else:
        assert found.value == pytest.approx(1 - float(theirs.predict(at)), abs=1e-9)
