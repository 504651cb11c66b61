"""Promises and business time in a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from scipy.stats import binomtest
from tests.insight import desk, desk_years, simulation
from tests.insight.clock.counting import CALENDARS
from tests.insight.clock.second_count import HOURS, Promise, minute_clock, outcome
from tests.insight.desk_years import DESKS

from cannery.insight import store
from cannery.insight.clock.choice import Clocks
from cannery.insight.engine import SqliteEngine
from cannery.insight.fact import Frame
from cannery.insight.report import Report
from cannery.insight.ticket_report import make_report
from cannery.insight.words import title
from cannery.model.business_calendar import BusinessCalendar, SlaPolicy, Target
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord
from cannery.settings_hours import read_week

TOKYO, HOUR = ZoneInfo("Asia/Tokyo"), 3_600
POLICY = SlaPolicy("tokyo", Target(4, "h"), None, Target(3, "d"), "apac", (), {"region": ("apac",)})


def report_of(folder: Path, records: Sequence[TicketRecord], clocks: Clocks, at: int) -> Report:
    with store.opened(folder / "events.sqlite3") as database:
        store.add(database, "desk", records, b"key")
        return make_report(SqliteEngine(database), Frame(at, 7), TOKYO, clocks)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    records = list(desk_years.records(desk_years.tickets()))
    clocks = Clocks(CALENDARS, (POLICY,))
    return report_of(tmp_path_factory.mktemp("report"), records, clocks, desk_years.end())


def test_a_promise_has_its_share_and_the_interval_of_it(report: Report) -> None:
    tickets = [item for item in desk_years.tickets() if item.desk.region == "apac"]
    desk, end = DESKS[0], desk_years.end()
    clock = minute_clock(HOURS["apac"], desk.zone, desk.country, (tickets[0].events[0].at, end))
    promise = Promise(4 * HOUR, 0, 27 * HOUR, ())
    found = [outcome(item.events, promise, clock, end) for item in tickets]
    settled = [each.resolution for each in found if each.resolution is not None]
    resolution = binomtest(sum(settled), len(settled)).proportion_ci(method="wilson")
    shown = report.measures["sla_tokyo_resolution"].overall
    assert (shown.value, shown.n) == (sum(settled) / len(settled), len(settled))
    assert (shown.low, shown.high) == pytest.approx((resolution.low, resolution.high))
    first = report.measures["sla_tokyo_first_reply"].overall
    assert first.n == sum(each.first[0] for each in found)
    assert first.value == sum(each.first[1] for each in found) / first.n


def test_what_is_not_promised_is_no_measure(report: Report) -> None:
    assert "sla_tokyo_next_reply" not in report.measures


def test_months_and_groups_add_up(report: Report) -> None:
    for name in ("sla_tokyo_first_reply", "sla_tokyo_resolution"):
        each = report.measures[name]
        assert sum(point.figure.n for point in each.months) == each.overall.n
        assert sum(point.figure.n for point in each.weeks) == each.overall.n
        assert sum(figure.n for figure in each.groups["tier"].values()) == each.overall.n


def test_a_month_is_complete_when_its_last_ticket_has_had_its_time(report: Report) -> None:
    """The data end with the year, after the last day of work: three days were over before."""
    complete = [
        point.label for point in report.measures["sla_tokyo_resolution"].months if point.is_complete
    ]
    assert complete[-1] == "2025-11"
    weeks = report.measures["sla_tokyo_resolution"].weeks
    assert [point.label for point in weeks if not point.is_complete] == ["2025-W52", "2026-W01"]


def test_titles_have_what_is_promised(report: Report) -> None:
    told = report.measures["sla_tokyo_resolution"].measure
    assert title(told, "en") == "SLA tokyo: resolution within 3 d (apac)"


def test_times_in_business_hours_leave_out_nights_and_weekends(report: Report) -> None:
    """All but one ticket of ten have a reply: the median is that of the others, nearly."""
    clocks = {
        desk.region: minute_clock(
            HOURS[desk.region], desk.zone, desk.country, (desk_years.tickets()[0].events[0].at, desk_years.end())
        )
        for desk in DESKS
    }  # fmt: skip
    times = []
    for item in desk_years.tickets():
        clock = clocks[item.desk.region]
        replies = [event.at for event in item.events if event.kind is EventKind.REPLY]
        if replies:
            times.append(clock(min(replies)) - clock(item.events[0].at))
    shown = report.measures["first_reply_business"].overall
    assert shown.value == pytest.approx(median(times), abs=120)


def test_the_calendars_are_told_beside_the_figures(report: Report) -> None:
    first, *_ = report.calendar.split("; ")
    assert first == "apac: mon-fri 09:00-18:00, Asia/Tokyo, JP"


def test_a_year_of_which_no_holidays_are_known_is_told(tmp_path: Path) -> None:
    old = [TicketRecord("1", [TicketEvent(1_640_000_000, EventKind.CREATED)])]
    week = read_week("mon 09:00-10:00")
    calendar = BusinessCalendar("business", "Asia/Tokyo", week, "mon 09:00-10:00", "JP")
    found = report_of(tmp_path, old, Clocks((calendar,)), 1_700_000_000)
    assert found.calendar == "mon 09:00-10:00, Asia/Tokyo, JP (without 2021, 2022)"


def test_without_hours_no_business_time_is_told(tmp_path: Path) -> None:
    records = list(desk_years.records(desk_years.tickets()[:9]))
    found = report_of(tmp_path, records, Clocks(), desk_years.end())
    assert found.calendar == ""
    assert not {name for name in found.measures if "business" in name or name.startswith("sla")}


@pytest.mark.parametrize("scenario", simulation.SCENARIOS[1::2], ids=lambda item: item.name)
def test_a_promise_has_the_true_share_where_what_is_closed_has_another(
    tmp_path: Path, scenario: simulation.Scenario
) -> None:
    """Growth and an outage, around the clock; the error of one seed is a point."""
    tickets, end = simulation.tickets(scenario, 2), scenario.days * simulation.DAY
    policy = SlaPolicy("all", Target(8, "h"), None, Target(3, "d"), "24x7")
    records = [desk.record(item, end) for item in tickets]
    found = report_of(tmp_path, records, Clocks((), (policy,)), end).measures
    true = simulation.truth(tickets)
    shown = found["sla_all_first_reply"].overall
    assert shown.value == pytest.approx(true.replied_in_time, abs=0.01)
    later = [item for item in tickets if item.created <= end - 3 * simulation.DAY]
    solved = sum(item.stands_solved(item.created + 3 * simulation.DAY) for item in later)
    resolution = found["sla_all_resolution"].overall
    assert resolution.value == pytest.approx(solved / len(later), abs=0.015)


def test_as_of_a_time_nothing_later_is_seen(tmp_path: Path) -> None:
    """In the middle of a day of work, of which the rest isn't there."""
    at = int(datetime(2025, 6, 10, 10, 7, 31, tzinfo=TOKYO).timestamp())
    whole = list(desk_years.records(desk_years.tickets()))
    known = [
        replace(each, events=[event for event in each.events if event.at < at])
        for each in whole
        if each.events[0].at < at
    ]
    clocks = Clocks(CALENDARS, (POLICY,))
    first, second = tmp_path / "known", tmp_path / "whole"
    first.mkdir()
    second.mkdir()
    expected = report_of(first, known, clocks, at)
    assert report_of(second, whole, clocks, at) == expected
