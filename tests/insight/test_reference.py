"""Measures and their months, held against pandas and scipy on the same simulated tickets."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from tests.insight import simulation
from tests.insight.desk import record, report_of
from tests.insight.reference import Reference
from tests.insight.second_curve import SecondCurve

from cannery.insight.fact import DAY, Frame
from cannery.insight.report import MeasureReport, Report
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

ZONE = "Europe/Berlin"  # its clocks change on 29 March
BEGIN = int(datetime(2026, 1, 9, tzinfo=ZoneInfo(ZONE)).timestamp())
END = BEGIN + 180 * DAY
OTHERS = {  # how many of these a ticket has at most, and one more
    EventKind.MESSAGE: 3,
    EventKind.ASSIGNED: 3,
    EventKind.LINKED: 2,
    EventKind.MACRO: 3,
}


def told() -> list[TicketRecord]:
    """A desk's tickets, with messages and assignments of which simulation.py knows nothing."""
    draw = random.Random(5)  # noqa: S311 - a simulation
    found = []
    for item in simulation.tickets(simulation.SCENARIOS[2], 2):
        known = record(item, 180 * DAY)
        events = [replace(event, at=event.at + BEGIN) for event in known.events]
        for kind, most in OTHERS.items():
            for _ in range(draw.randrange(most)):
                at = events[0].at + 1 + int(draw.expovariate(1 / 2.0) * DAY)
                detail = "" if kind is EventKind.MESSAGE else draw.choice("abc")
                events.append(TicketEvent(at, kind, detail=detail))
                if kind is EventKind.MESSAGE and draw.random() < 0.8:
                    answered = at + 1 + int(draw.expovariate(1 / 8.0) * 3_600)
                    events.append(TicketEvent(answered, EventKind.REPLY))
        found.append(replace(known, events=events))
    return found


@pytest.fixture(scope="module")
def both() -> tuple[Report, Reference]:
    tickets = told()
    return report_of(tickets, Frame(END, 7), ZoneInfo(ZONE)), Reference(tickets, END, ZONE)


def months(each: MeasureReport) -> Mapping[str, tuple[int, float | None]]:
    return {
        point.label: (point.figure.n, point.figure.value) for point in each.months if point.figure.n
    }


def same(each: MeasureReport, theirs: pd.DataFrame) -> None:
    expected = {str(label): (int(n), value) for label, (n, value) in theirs.iterrows()}
    found = months(each)
    assert list(found) == sorted(expected)
    for label, (n, value) in expected.items():
        assert found[label][0] == n
        assert found[label][1] == pytest.approx(value if n >= 5 else None, abs=1e-12)


def test_shares_by_month_are_those_of_pandas(both: tuple[Report, Reference]) -> None:
    ours, theirs = both
    same(ours.measures["solved_within_7d"], theirs.solved_within())
    same(ours.measures["reopen_rate_7d"], theirs.reopened())
    same(ours.measures["one_touch_7d"], theirs.one_touch())
    same(ours.measures["replied_within_8h"], theirs.replied_within(8 * 3_600))


def test_surveys_by_month_are_those_of_pandas(both: tuple[Report, Reference]) -> None:
    ours, theirs = both
    same(ours.measures["response_rate_7d"], theirs.responded())
    same(ours.measures["satisfaction_zendesk_2"], theirs.satisfied())


def test_use_of_the_knowledge_base_by_month_is_that_of_pandas(
    both: tuple[Report, Reference],
) -> None:
    ours, theirs = both
    linked, macro = EventKind.LINKED, EventKind.MACRO
    same(ours.measures["link_rate_7d"], theirs.happened(linked))
    same(ours.measures["macro_use_7d"], theirs.happened(macro))
    same(ours.measures["answered_from_kb_7d"], theirs.happened(linked, macro))


def test_counts_by_month_are_those_of_pandas(both: tuple[Report, Reference]) -> None:
    ours, theirs = both
    found = {label: n for label, (n, _) in months(ours.measures["arrivals"]).items()}
    assert found == theirs.arrivals().to_dict()


def test_backlog_and_its_age_are_those_of_pandas_at_the_end_of_each_month(
    both: tuple[Report, Reference],
) -> None:
    ours, theirs = both
    numbers, ages = ours.measures["backlog"].months, ours.measures["backlog_age"].months
    ends = [*(point.starts_at for point in numbers[1:]), END]
    for number, age, end in zip(numbers, ages, ends, strict=True):
        opened = pd.to_datetime(theirs.open_at(end), unit="s", utc=True).dt.tz_convert(ZONE)
        assert number.figure.value == len(opened)
        last = pd.Timestamp(end - 1, unit="s", tz="UTC").tz_convert(ZONE).tz_localize(None)
        days = (last.normalize() - opened.dt.tz_localize(None).dt.normalize()).dt.days
        assert age.figure.value == pytest.approx(days.median() * DAY)


def test_hand_overs_are_those_of_pandas(both: tuple[Report, Reference]) -> None:
    ours, theirs = both
    found, expected = ours.measures["handovers_7d"].overall, theirs.handovers()
    reach = 1.959963984540054 * expected.sem()
    assert found.n == len(expected)
    assert (found.value, found.low, found.high) == pytest.approx(
        (expected.mean(), expected.mean() - reach, expected.mean() + reach)
    )


@pytest.mark.parametrize(
    ("name", "curve"),
    [
        ("first_reply_time", Reference.first_replies),
        ("resolution_time", Reference.resolutions),
        ("next_reply_time", Reference.next_replies),
    ],
)
def test_medians_and_their_bands_are_those_of_scipy(
    both: tuple[Report, Reference], name: str, curve: object
) -> None:
    ours, theirs = both
    fitted: SecondCurve = curve(theirs)  # type: ignore[operator]
    found = ours.measures[name].overall
    assert (found.value, found.low, found.high) == fitted.median()
    assert found.n == fitted.n
