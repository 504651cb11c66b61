"""What is surely beyond its threshold."""

from __future__ import annotations

import pytest
from tests.insight.reports import report_of

from cannery.insight.report import Definition, MeasureReport, Report
from cannery.insight.threshold import watched
from cannery.model.figure import Figure, suppressed
from cannery.model.insight_settings import Threshold

SHARE = Definition("solved_within_7d", "solved_within_{days}d", "share", "high", 1, "", {"days": 7})


def found(figure: Figure, threshold: Threshold) -> bool:
    report: Report = report_of(MeasureReport(SHARE, figure))
    [each] = watched(report, {"solved_within": threshold})
    return each.is_breached


@pytest.mark.parametrize(
    ("figure", "is_breached"),
    [
        (Figure(0.7, 0.66, 0.74, 400), True),
        (Figure(0.78, 0.74, 0.82, 400), False),
        (Figure(0.9, 0.86, 0.93, 400), False),
        (suppressed(3), False),
        (Figure(0.7, None, None, 400), True),
    ],
)
def test_a_share_is_beyond_what_it_is_to_reach_if_all_of_its_interval_is(
    figure: Figure, is_breached: bool
) -> None:
    assert found(figure, Threshold(is_least=True, value=0.8, written=">= 0.8")) is is_breached


@pytest.mark.parametrize(("low", "is_breached"), [(4.1, True), (3.9, False), (None, True)])
def test_what_is_to_stay_below_is_beyond_with_its_lowest_value(
    low: float | None, is_breached: bool
) -> None:
    threshold = Threshold(is_least=False, value=4, written="<= 4")
    assert found(Figure(5, low, 6, 400), threshold) is is_breached


def test_what_the_data_tell_nothing_of_is_left_out() -> None:
    assert (
        watched(report_of(), {"arrivals": Threshold(is_least=True, value=1, written=">= 1")}) == []
    )
