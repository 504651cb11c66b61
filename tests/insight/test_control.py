"""Limits of what a series does by chance."""

from __future__ import annotations

from cannery.insight.control import is_beyond, limits_of
from cannery.insight.report import Point
from cannery.model.figure import Figure


def points(*values: float, marked: int = -1) -> list[Point]:
    return [
        Point(
            f"2026-W{number:02}",
            number,
            Figure(value, None, None, 100),
            is_complete=True,
            marks=("2",) if number == marked else (),
        )
        for number, value in enumerate(values)
    ]


def test_they_are_the_mean_and_266_mean_moving_ranges() -> None:
    limits = limits_of(points(10, 12, 10, 12, 10, 12, 10, 12), "count")
    assert limits is not None
    assert [round(limit, 6) for limit in limits] == [5.68, 11, 16.32]


def test_fewer_than_eight_times_have_none() -> None:
    assert limits_of(points(1, 2, 3, 4, 5, 6, 7), "count") is None


def test_what_was_before_a_changed_definition_counts_for_nothing() -> None:
    values = [100, 200, 100, 10, 12, 10, 12, 10, 12, 10, 12]
    assert limits_of(points(*values, marked=3), "count") == limits_of(points(*values[3:]), "count")


def test_a_time_that_is_not_over_is_no_signal() -> None:
    limits = limits_of(points(*[10, 12] * 4), "count")
    [signal] = points(30)
    assert is_beyond(signal, limits)
    assert not is_beyond(signal._replace(is_complete=False), limits)


def test_a_share_has_no_limit_beyond_all() -> None:
    limits = limits_of(points(*[0.2, 0.9] * 4), "share")
    assert limits is not None
    assert (limits.low, limits.high) == (0.0, 1.0)
