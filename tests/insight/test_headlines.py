"""Headlines on simulated tickets whose truth is known. One seed each: all are a benchmark."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.insight import simulation
from tests.insight.desk import record, report_of

from cannery.insight.fact import DAY, Frame
from cannery.model.figure import Figure

HEADLINES = {
    "solved_within_7d": "solved_in_time",
    "solved_within_7d_km": "solved_in_time",
    "replied_within_8h": "replied_in_time",
    "reopen_rate_7d": "reopened",
    "one_touch_7d": "one_touch",
    "satisfaction_zendesk_2": "good",
}


class Told:
    """A scenario with its truth, its figures and what plain counts make of it."""

    def __init__(self, scenario: simulation.Scenario) -> None:
        tickets = simulation.tickets(scenario, 1)
        end = scenario.days * DAY
        report = report_of([record(item, end) for item in tickets], Frame(end, 7))
        self.truth = simulation.truth(tickets)
        self.figures: Mapping[str, Figure] = {
            name: each.overall for name, each in report.measures.items()
        }
        self.naive = simulation.naive_share_in_time(tickets, end)


@pytest.fixture(scope="module", params=simulation.SCENARIOS, ids=lambda item: item.name)
def told(request: pytest.FixtureRequest) -> Told:
    return Told(request.param)


@pytest.mark.parametrize("name", HEADLINES)
def test_a_headline_is_the_truth_but_for_the_error_of_its_sample(told: Told, name: str) -> None:
    true: float = getattr(told.truth, HEADLINES[name])
    assert told.figures[name].value == pytest.approx(true, abs=0.012)


@pytest.mark.parametrize("name", HEADLINES)
def test_the_truth_is_within_the_interval(told: Told, name: str) -> None:
    figure = told.figures[name]
    true: float = getattr(told.truth, HEADLINES[name])
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low <= true <= figure.high


def test_a_plain_count_of_closed_tickets_is_far_off(told: Told) -> None:
    assert told.naive > told.truth.solved_in_time + 0.05
