"""Reports of one part of the tickets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.insight import simulation
from tests.insight.desk import look_at, records, report_of

from cannery.insight.fact import DAY, Frame
from cannery.insight.parts import make_parts
from cannery.insight.report import Report
from cannery.model.ticket_event import TicketRecord

TEAMS = ("red", "blue", "")


@pytest.fixture(scope="module")
def told() -> list[TicketRecord]:
    found = records(simulation.SCENARIOS[1], 3)
    return [
        replace(each, attributes={"team": TEAMS[number % 3]}) for number, each in enumerate(found)
    ]


def without_groups(report: Report, first: str) -> dict[str, object]:
    """Measures from a month on: a part's own report begins with its own first ticket."""
    return {
        name: (
            each.overall,
            each.change,
            [point for point in each.months if point.label >= first],
        )
        for name, each in report.measures.items()
    }


def test_a_part_is_told_as_if_its_tickets_were_all(told: list[TicketRecord]) -> None:
    frame = Frame(180 * DAY, 7)
    with look_at(told, frame) as look:
        parts = make_parts(look, "team")
    assert list(parts) == ["blue", "red"]
    alone = report_of([each for each in told if each.attributes["team"] == "red"], frame)
    first = alone.measures["arrivals"].months[0].label
    assert without_groups(parts["red"], first) == without_groups(alone, first)


def test_a_group_is_the_part_over_all_its_data(told: list[TicketRecord]) -> None:
    frame = Frame(180 * DAY, 7)
    with look_at(told, frame) as look:
        parts = make_parts(look, "team")
    for name, each in report_of(told, frame).measures.items():
        groups = each.groups.get("team", {})
        assert groups == {
            value: part.measures[name].overall
            for value, part in parts.items()
            if name in part.measures and value in groups
        }
