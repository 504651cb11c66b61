"""Figures with their intervals, as all measures have them."""

from __future__ import annotations

import pytest

from cannery.insight import estimates
from cannery.insight.intervals import wilson
from cannery.model.figure import SMALLEST, Figure, suppressed


@pytest.mark.parametrize("n", range(SMALLEST))
def test_of_fewer_than_five_nothing_is_told(n: int) -> None:
    ones = {1: n}
    figures = (estimates.share(n, n), estimates.mean(n, n, n), estimates.median(ones))
    assert figures == (suppressed(n),) * 3


def test_a_share_has_wilsons_interval() -> None:
    assert estimates.share(3, 6) == Figure(0.5, *wilson(3, 6), 6)


def test_a_mean_is_not_believed_to_be_beyond_what_there_can_be() -> None:
    figure = estimates.mean(5, 1.0, 1.0, 0.0, 0.5)
    assert (figure.value, figure.low, figure.high) == (0.2, 0.0, 0.5)


def test_a_median_is_told_in_its_unit() -> None:
    days, seconds = ({1: 3, 2: 3, 4: 3}, {86_400: 3, 172_800: 3, 345_600: 3})
    assert estimates.median(days, unit=86_400) == estimates.median(seconds)
