"""Local days, weeks and months as a table, over changes of clocks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.insight.engine import SqliteEngine
from cannery.insight.periods import SLOT, make_slots, months, weeks

YEAR = 365 * 86_400


def at(text: str, zone: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        ("2026-03-29", "Europe/Berlin", 23),
        ("2026-10-25", "Europe/Berlin", 25),
        ("2026-04-05", "Australia/Lord_Howe", 24.5),  # half an hour
        ("2026-10-25", "Asia/Tokyo", 24),
    ],
)
def test_a_day_has_as_many_quarters_as_its_clock_shows(day: str, zone: str, hours: float) -> None:
    begin = at(f"{day} 00:00", zone)
    with closing(sqlite3.connect(":memory:")) as database:
        engine = SqliteEngine(database)
        make_slots(engine, begin - 86_400, begin + 2 * 86_400, ZoneInfo(zone))
        number = datetime.fromisoformat(day).toordinal()
        [(count,)] = engine.rows(f"SELECT COUNT(*) FROM slot WHERE day = {number}")  # noqa: S608 - our own SQL
    assert count == hours * 4


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"])
@given(moment=st.integers(1_200_000_000, 1_900_000_000))
def test_any_second_is_found_in_its_local_day_week_and_month(zone: str, moment: int) -> None:
    local = datetime.fromtimestamp(moment, ZoneInfo(zone))
    with closing(sqlite3.connect(":memory:")) as database:
        engine = SqliteEngine(database)
        make_slots(engine, moment, moment + 1, ZoneInfo(zone))
        where = f"starts_at = {moment - moment % SLOT} AND slot = {moment // SLOT}"
        rows = engine.rows(f"SELECT day, week, month FROM slot WHERE {where}")  # noqa: S608 - our own SQL
    [month] = months(moment, moment + 1, ZoneInfo(zone))
    [week] = weeks(moment, moment + 1, ZoneInfo(zone))
    assert rows == [(local.toordinal(), week.number, month.number)]
    year, number, _ = local.isocalendar()
    assert (month.label, week.label) == (f"{local:%Y-%m}", f"{year}-W{number:02}")
    assert month.starts_at <= moment < month.ends_at
    assert week.starts_at <= moment < week.ends_at


def test_months_have_no_gaps_and_end_with_the_last_second_that_is_seen() -> None:
    first, end = at("2025-11-30 23:00", "UTC"), at("2026-03-01 00:00", "UTC")
    found = months(first, end, ZoneInfo("UTC"))
    assert [month.label for month in found] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert [month.ends_at for month in found[:-1]] == [month.starts_at for month in found[1:]]
    assert found[-1].ends_at == end


def test_a_ticket_of_long_ago_makes_no_more_than_ten_years() -> None:
    end = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
    assert len(months(-60 * YEAR, end, ZoneInfo("UTC"))) == 121


def test_a_ticket_from_before_the_calendar_costs_nothing() -> None:
    assert len(months(-(10**15), 1_767_225_600, ZoneInfo("UTC"))) == 121
