"""Definitions that change mark the series."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from tests.insight import simulation
from tests.insight.desk import records, report_of

from cannery.insight import definitions
from cannery.insight.fact import DAY, Frame
from cannery.insight.measures.promised import all_promised
from cannery.insight.report import Report
from cannery.model.business_calendar import SlaPolicy, Target


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        yield opened


@pytest.fixture(scope="module")
def reports() -> dict[int, Report]:
    told = records(simulation.SCENARIOS[1], 1)
    return {days: report_of(told, Frame(180 * DAY, days)) for days in (7, 10)}


def keep(
    database: sqlite3.Connection, report: Report, day: str, calendar: str = "", zone: str = "UTC"
) -> None:
    told = [each.measure for each in report.measures.values()]
    definitions.keep(database, told, {"time_zone": zone}, calendar, date.fromisoformat(day))


def marks(report: Report, name: str) -> dict[str, tuple[str, ...]]:
    return {point.label: point.marks for point in report.measures[name].months if point.marks}


def test_a_definition_that_never_changed_leaves_no_mark(
    database: sqlite3.Connection, reports: dict[int, Report]
) -> None:
    for day in ("1970-02-01", "1970-03-01"):
        keep(database, reports[7], day)
    assert marks(definitions.marked(reports[7], database), "solved_within_7d") == {}


def test_another_number_of_days_marks_the_month_of_the_change(
    database: sqlite3.Connection, reports: dict[int, Report]
) -> None:
    keep(database, reports[7], "1970-02-01")
    keep(database, reports[10], "1970-04-09")
    found = definitions.marked(reports[10], database)
    assert marks(found, "solved_within_10d") == {"1970-04": ("definition changed on 1970-04-09",)}
    assert marks(found, "satisfaction_zendesk_2")
    assert not marks(found, "backlog")
    assert not marks(found, "replied_within_8h")
    [week] = [point for point in found.measures["solved_within_10d"].weeks if point.marks]
    assert week.label == "1970-W15"


def test_a_time_zone_marks_all_and_hours_of_work_only_what_counts_in_them(
    database: sqlite3.Connection, reports: dict[int, Report]
) -> None:
    keep(database, reports[7], "1970-02-01")
    keep(database, reports[7], "1970-03-01", calendar="mon-fri 09:00-18:00")
    assert marks(definitions.marked(reports[7], database), "backlog") == {}
    keep(database, reports[7], "1970-04-01", zone="Asia/Tokyo")
    assert list(marks(definitions.marked(reports[7], database), "backlog")) == ["1970-04"]


def test_a_change_before_the_data_marks_nothing(
    database: sqlite3.Connection, reports: dict[int, Report]
) -> None:
    keep(database, reports[7], "1960-01-01")
    keep(database, reports[10], "1961-01-01")
    assert marks(definitions.marked(reports[10], database), "solved_within_10d") == {}


def test_a_promise_has_a_definition_of_its_own_and_all_that_it_depends_on(
    database: sqlite3.Connection,
) -> None:
    gold = SlaPolicy("gold", resolution=Target(3, "d"), calendar="24x7")
    plus = SlaPolicy("plus", resolution=Target(4, "d"), calendar="24x7")
    others = [
        gold,
        replace(gold, resolution=Target(2, "d")),
        replace(gold, pauses=("pending",)),
        replace(gold, where={"tier": ("gold",)}),
        replace(gold, calendar="tokyo"),
    ]
    for day, policy in enumerate([gold, *others], start=1):
        told = [each.definition for each in all_promised((policy, plus))]
        definitions.keep(database, told, {}, "", date(1970, 2, day))
    rows = database.execute("SELECT measure, count(*) FROM definition GROUP BY measure").fetchall()
    assert rows == [("sla_gold_resolution", 5), ("sla_plus_resolution", 1)]
