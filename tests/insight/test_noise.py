"""Changes that are told from noise."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from cannery.insight.intervals import wilson
from cannery.insight.noise import change, control_limits, difference
from cannery.insight.report import Better, Definition, Point, Unit
from cannery.model.figure import Figure, suppressed


def measure(unit: Unit = "share", better: Better = "high") -> Definition:
    return Definition("m", "m", unit, better, 1, "measures/m", {})


def share(hits: int, n: int) -> Figure:
    return Figure(hits / n, *wilson(hits, n), n)


def number(value: float) -> Figure:
    return Figure(value, None, None, 50)


def months(*figures: Figure) -> list[Point]:
    return [Point(str(at), at, figure, is_complete=True) for at, figure in enumerate(figures)]


def verdict(figures: Sequence[Figure], told: Definition) -> str:
    found = change(months(*figures), told)
    assert found is not None
    return found.verdict


@pytest.mark.parametrize(
    ("before", "after", "better", "expected"),
    [
        (share(500, 1000), share(600, 1000), "high", "better"),
        (share(500, 1000), share(600, 1000), "low", "worse"),
        (share(600, 1000), share(500, 1000), "low", "better"),
        (share(500, 1000), share(600, 1000), "", "higher"),
        (share(500, 1000), share(510, 1000), "high", "no change"),
        (share(5, 10), share(6, 10), "high", "no change"),
        (suppressed(3), share(600, 1000), "high", "too few"),
        (share(600, 1000), suppressed(3), "high", "too few"),
    ],
)
def test_a_change_counts_if_it_is_more_than_chance(
    before: Figure, after: Figure, better: Better, expected: str
) -> None:
    assert verdict([before, after], measure(better=better)) == expected


def test_the_interval_of_a_difference_is_newcombes() -> None:
    """The example of his paper: 56 of 70 and 48 of 80 differ by 0.2, from 0.0524 to 0.3339."""
    found = difference(share(48, 80), share(56, 70))
    assert found == pytest.approx((0.0524, 0.3339), abs=0.00005)


def test_months_that_always_swing_do_so_without_a_change() -> None:
    swinging = [share(500 + 100 * (at % 2), 1000) for at in range(12)]
    assert verdict(swinging, measure()) == "no change"
    assert verdict(swinging[-2:], measure()) == "better"


def test_a_step_after_quiet_months_is_a_change() -> None:
    assert verdict([*[share(500, 1000)] * 8, share(600, 1000)], measure()) == "better"


def test_what_is_counted_is_told_by_its_months_alone() -> None:
    quiet = [number(value) for value in (100, 104, 98, 101, 99, 103, 100)]
    assert verdict([*quiet, number(140)], measure("count", "low")) == "worse"
    assert verdict([*quiet, number(105)], measure("count", "low")) == "no change"
    assert verdict(quiet[:3], measure("count", "low")) == "too few"


def test_one_month_is_no_change() -> None:
    assert change(months(share(5, 10)), measure()) is None


def test_a_month_that_is_not_over_is_no_change() -> None:
    points = months(share(500, 1000), share(510, 1000))
    running = Point("2", 2, share(10, 1000), is_complete=False)
    found = change([*points, running], measure())
    assert found is not None
    assert found.after.n == 1000
    assert found.verdict == "no change"


def test_limits_of_values_are_those_of_moving_ranges() -> None:
    values = [10.0, 12.0, 11.0, 13.0, 9.0, 11.0]
    found = control_limits([number(value) for value in values], measure("seconds"), 50)
    assert found is not None
    mean, ranges = 66 / 6, (2 + 1 + 2 + 4 + 2) / 5
    assert found == pytest.approx((mean - 2.66 * ranges, mean, mean + 2.66 * ranges), abs=0.01)


def test_limits_of_counts_are_no_narrower_than_those_of_a_c_chart() -> None:
    found = control_limits([number(100.0)] * 6, measure("count"), 50)
    assert found == (70.0, 100.0, 130.0)
    assert control_limits([number(0.0)] * 6, measure("count"), 50) == (0.0, 0.0, 3.0)


def test_no_change_is_told_of_counts_that_are_chance_however_few_the_months() -> None:
    draw, told = random.Random(9), 0  # noqa: S311 - a simulation
    for _ in range(400):
        figures = [number(max(0, round(draw.gauss(100, 10)))) for _ in range(7)]
        told += verdict(figures, measure("count", "low")) != "no change"
    assert told < 8


def test_limits_of_shares_are_those_of_a_p_chart_where_chance_alone_is_at_work() -> None:
    draw = random.Random(4)  # noqa: S311 - a simulation
    figures = [share(sum(draw.random() < 0.3 for _ in range(400)), 400) for _ in range(24)]
    found = control_limits(figures, measure(), 400)
    assert found is not None
    reach = 3 * (found.middle * (1 - found.middle) / 400) ** 0.5
    assert found.high - found.middle == pytest.approx(reach, rel=0.2)
    assert found.high - found.middle >= reach - 1e-12


def test_no_change_is_told_of_most_months_in_which_nothing_changed() -> None:
    draw, told = random.Random(8), 0  # noqa: S311 - a simulation
    for _ in range(300):
        figures = [share(sum(draw.random() < 0.75 for _ in range(300)), 300) for _ in range(10)]
        told += verdict(figures, measure()) != "no change"
    assert told < 10
