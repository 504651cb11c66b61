"""Which times are beyond chance."""

from __future__ import annotations

from cannery.insight.control import Control
from cannery.insight.report import Definition, Point
from cannery.model.figure import Figure

COUNT = Definition("arrivals", "arrivals", "count", "", 1, "", {})
LEVEL = COUNT._replace(name="backlog", key="backlog")
SHARE = Definition("solved", "solved", "share", "high", 1, "", {})


def points(*values: float, marked: int = -1, n: int = 100) -> list[Point]:
    return [
        Point(
            f"2026-W{number:02}",
            number,
            Figure(value, None, None, n),
            is_complete=True,
            marks=("2",) if number == marked else (),
        )
        for number, value in enumerate(values)
    ]


def test_what_was_before_a_changed_definition_counts_for_nothing() -> None:
    values = [100, 200, 100, 10, 12, 10, 12, 10, 12, 10, 12]
    changed, alone = Control(points(*values, marked=3), COUNT), Control(points(*values[3:]), COUNT)
    assert changed.limits == alone.limits is not None


def test_a_time_that_is_not_over_is_no_signal() -> None:
    control = Control(points(*[10, 12] * 4), COUNT)
    [signal] = points(30)
    assert control.is_beyond(signal)
    assert not control.is_beyond(signal._replace(is_complete=False))


def test_a_time_of_few_tickets_may_swing_further() -> None:
    control = Control(points(*[0.7, 0.72] * 5, n=1_000), SHARE)
    [of_many], [of_few] = points(0.5, n=1_000), points(0.5, n=10)
    assert control.is_beyond(of_many)
    assert not control.is_beyond(of_few)


def test_a_level_has_no_limits() -> None:
    """Each value goes on from the one before, so that it drifts without a cause."""
    assert Control(points(*[10, 12] * 4), LEVEL).limits is None
