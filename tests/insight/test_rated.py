"""Satisfaction: each scale by itself, of tickets that have all had the same time."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

import pytest
from tests.insight.desk import report_of

from cannery.insight.fact import DAY, Frame
from cannery.insight.measures.rated import middle_of, points_of
from cannery.insight.report import MeasureReport
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord


def rated(number: int, *ratings: tuple[int, str, float], solved: int = DAY) -> TicketRecord:
    events = [TicketEvent(0, EventKind.CREATED), TicketEvent(solved, EventKind.SOLVED)]
    events += [
        TicketEvent(at, EventKind.RATED, detail=scale, value=value) for at, scale, value in ratings
    ]
    return TicketRecord(str(number), events)


def satisfaction(told: list[TicketRecord]) -> Mapping[str, MeasureReport]:
    measures = report_of(told, Frame(40 * DAY, 7)).measures
    return {name: each for name, each in measures.items() if name.startswith("satisfaction")}


def test_scales_are_never_mixed() -> None:
    told = [rated(number, (2 * DAY, "zendesk-2", 1.0)) for number in range(5)]
    told += [rated(10 + number, (2 * DAY, "zendesk-5", 3.0)) for number in range(6)]
    found = satisfaction(told)
    assert {name: (each.overall.value, each.overall.n) for name, each in found.items()} == {
        "satisfaction_zendesk_2": (1.0, 5),
        "satisfaction_zendesk_5": (0.0, 6),
        "satisfaction_score_zendesk_5": (3.0, 6),
    }


def test_the_last_rating_of_a_ticket_counts_if_it_came_in_time() -> None:
    bad, good, late = (2 * DAY, "csat-5", 1.0), (3 * DAY, "csat-5", 5.0), (20 * DAY, "csat-5", 1.0)
    found = satisfaction([rated(number, bad, good, late) for number in range(5)])
    assert found["satisfaction_csat_5"].overall.value == 1.0


def test_tickets_that_were_solved_just_now_have_not_had_their_time() -> None:
    told = [rated(number, (39 * DAY, "csat-5", 1.0), solved=38 * DAY) for number in range(9)]
    assert satisfaction(told) == {}


@pytest.mark.parametrize("value", [inf, -inf, 1e300])
def test_what_is_no_score_is_none(value: float) -> None:
    assert satisfaction([rated(number, (2 * DAY, "csat-5", value)) for number in range(9)]) == {}


def test_a_broken_export_makes_no_measure_of_each_of_its_scales() -> None:
    told = [rated(number, (2 * DAY, f"csat-{number}", 1.0)) for number in range(60)]
    assert len(satisfaction(told)) <= 40


@pytest.mark.parametrize(
    ("scale", "points", "middle"),
    [("zendesk-2", 2, 0.5), ("zendesk-survey-2", 2, 1.5), ("zendesk-5", 5, 3.0), ("csat", 0, 0.5)],
)
def test_a_scale_says_how_many_points_it_has(scale: str, points: int, middle: float) -> None:
    assert (points_of(scale), middle_of(scale)) == (points, middle)
