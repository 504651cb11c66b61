"""What holds of all figures, whatever the tickets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.insight.desk import report_of

from cannery.insight.fact import DAY, Frame
from cannery.insight.report import Report
from cannery.model.figure import Figure
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

END = 40 * DAY
FRAME = Frame(END, 7)
KINDS = [EventKind.MESSAGE, EventKind.ASSIGNED, EventKind.MACRO, EventKind.LINKED, EventKind.REPLY]
few = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


@st.composite
def tickets(draw: st.DrawFn) -> TicketRecord:
    """A ticket: it is talked about, solved and opened again in turns, and perhaps rated."""
    created = draw(st.integers(0, 50 * DAY))
    times = sorted(draw(st.lists(st.integers(1, 20 * DAY), max_size=5, unique=True)))
    turns = (EventKind.SOLVED, EventKind.REOPENED)
    events = [TicketEvent(created, EventKind.CREATED)]
    events += [TicketEvent(created + at, turns[place % 2]) for place, at in enumerate(times)]
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=4)):
        at = created + draw(st.integers(1, 20 * DAY))
        events.append(TicketEvent(at, kind, detail=draw(st.sampled_from("ab"))))
    if times:
        asked = created + times[0] + 1
        events.append(TicketEvent(asked, EventKind.OFFERED, detail="zendesk-2"))
        score = float(draw(st.integers(0, 1)))
        events.append(TicketEvent(asked + DAY, EventKind.RATED, detail="zendesk-2", value=score))
    team = draw(st.sampled_from(["red", "blue", ""]))
    return TicketRecord("", events, {"team": team})


@st.composite
def desks(draw: st.DrawFn) -> list[TicketRecord]:
    found = draw(st.lists(tickets(), min_size=6, max_size=25))
    return [replace(each, ticket=str(number)) for number, each in enumerate(found)]


def figures(report: Report) -> Iterator[Figure]:
    for each in report.measures.values():
        yield each.overall
        yield from (point.figure for point in (*each.months, *each.weeks))
        yield from (figure for group in each.groups.values() for figure in group.values())


def known_before(told: Sequence[TicketRecord], at: int) -> list[TicketRecord]:
    found = [replace(each, events=[e for e in each.events if e.at < at]) for each in told]
    return [each for each in found if each.events]


@few
@given(desks(), st.integers(0, 39 * DAY))
def test_an_open_ticket_more_never_raises_the_share_that_is_solved(
    told: list[TicketRecord], created: int
) -> None:
    opened = TicketRecord("more", [TicketEvent(created, EventKind.CREATED)])
    for name in ("solved_within_7d", "solved_within_7d_km"):
        before, after = (
            report_of(each, FRAME).measures[name].overall for each in (told, [*told, opened])
        )
        assert (after.value or 0) <= (before.value or 1) + 1e-9


@few
@given(desks())
def test_a_value_is_within_its_interval_and_none_is_told_of_fewer_than_five(
    told: list[TicketRecord],
) -> None:
    for figure in figures(report_of(told, FRAME)):
        if figure.value is None:
            assert figure.low is figure.high is None
            assert figure.why
        else:
            assert figure.low is None or figure.low <= figure.value + 1e-12
            assert figure.high is None or figure.value <= figure.high + 1e-12
            assert figure.n >= 5 or figure.low is None


@few
@given(desks(), st.randoms(use_true_random=False))
def test_the_order_in_which_tickets_come_in_makes_no_difference(
    told: list[TicketRecord], draw: object
) -> None:
    shuffled = list(told)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert report_of(shuffled, FRAME) == report_of(told, FRAME)


@few
@given(desks(), st.integers(5, 45))
def test_what_happens_later_is_never_seen(told: list[TicketRecord], day: int) -> None:
    frame = Frame(day * DAY, 7)
    assert report_of(told, frame) == report_of(known_before(told, frame.at), frame)


@few
@given(desks())
def test_each_ticket_is_of_one_month_one_week_and_one_team(told: list[TicketRecord]) -> None:
    report = report_of([replace(each, attributes={"team": "t"}) for each in told], FRAME)
    for name in ("arrivals", "solved_within_7d", "one_touch_7d", "reopen_rate_7d"):
        each = report.measures[name]
        assert sum(point.figure.n for point in each.months) == each.overall.n
        assert sum(point.figure.n for point in each.weeks) == each.overall.n
        assert each.groups["team"]["t"] == each.overall


@few
@given(desks(), st.integers(1, 300))
def test_figures_over_all_are_the_same_in_other_weeks(told: list[TicketRecord], weeks: int) -> None:
    shift = weeks * 7 * DAY
    later = [
        replace(each, events=[replace(event, at=event.at + shift) for event in each.events])
        for each in told
    ]
    moved = report_of(later, Frame(END + shift, 7))
    for name, each in report_of(told, FRAME).measures.items():
        assert moved.measures[name].overall == each.overall


def test_a_desk_without_tickets_has_no_values() -> None:
    later = TicketRecord("1", [TicketEvent(90 * DAY, EventKind.CREATED)])
    report = report_of([later], FRAME)
    values = {figure.value for figure in figures(report)}
    assert values == {None, 0.0}  # counts of none


@pytest.mark.parametrize("days", [1, 7, 365])
def test_n_days_are_those_of_the_frame(days: int) -> None:
    solved = [
        TicketRecord(
            str(number), [TicketEvent(0, EventKind.CREATED), TicketEvent(5 * DAY, EventKind.SOLVED)]
        )
        for number in range(6)
    ]
    found = report_of(solved, Frame(400 * DAY, days)).measures[f"solved_within_{days}d"].overall
    assert found.value == (days >= 5)
