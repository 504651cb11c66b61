"""Business time: what holds of it whatever the hours are, and where clocks and days are odd."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.insight.clock.working import rows_of, unknown_years
from cannery.model.business_calendar import BusinessCalendar, Span
from cannery.settings_hours import read_week

WEEK, DAY, HOUR = 604_800, 86_400, 3_600
MONDAY = int(datetime(2026, 1, 12, tzinfo=UTC).timestamp())  # no clock changes in two months

_QUARTERS = st.integers(0, 96).map(lambda number: number * 15)
_SPANS = st.lists(_QUARTERS, min_size=2, max_size=4, unique=True).map(
    lambda at: tuple(Span(*pair) for pair in zip(sorted(at)[::2], sorted(at)[1::2], strict=False))
)
_ZONES = st.sampled_from(
    ("UTC", "Asia/Tokyo", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns")
)
_CALENDARS = st.builds(
    lambda zone, days: BusinessCalendar("any", zone, days, ""),
    _ZONES,
    st.lists(_SPANS, min_size=7, max_size=7).map(tuple),
)
_TIMES = st.lists(
    st.integers(MONDAY, MONDAY + 2 * WEEK), min_size=3, max_size=3
).map(sorted)  # fmt: skip


def clock(calendar: BusinessCalendar | None, first: int, end: int) -> Callable[[int], int]:
    """Business seconds until a time, as SQL takes them from the table."""
    table = {at: (is_open, before) for _, at, is_open, before in rows_of([calendar], first, end)}

    def seconds(at: int) -> int:
        is_open, before = table[at - at % 900]
        return before + is_open * (at % 900)

    return seconds


@given(_CALENDARS, _TIMES)
@settings(max_examples=40, deadline=None)
def test_business_time_adds_up_and_is_never_more_than_time(
    calendar: BusinessCalendar, times: list[int]
) -> None:
    a, b, c = times
    until = clock(calendar, a, c)
    assert (until(c) - until(b)) + (until(b) - until(a)) == until(c) - until(a)
    assert 0 <= until(b) - until(a) <= b - a


@given(_CALENDARS, _TIMES)
@settings(max_examples=40, deadline=None)
def test_a_week_later_is_the_same_where_no_clock_is_changed(
    calendar: BusinessCalendar, times: list[int]
) -> None:
    a, _, c = times
    until = clock(calendar, a, c + WEEK)
    assert until(c + WEEK) - until(a + WEEK) == until(c) - until(a)


@given(_CALENDARS, _TIMES)
@settings(max_examples=20, deadline=None)
def test_a_day_off_never_adds_time(calendar: BusinessCalendar, times: list[int]) -> None:
    a, _, c = times
    fewer = BusinessCalendar(
        "any", calendar.time_zone, calendar.week, "", closed=(date(2026, 1, 20),)
    )
    until, at_most = clock(fewer, a, c), clock(calendar, a, c)
    assert until(c) - until(a) <= at_most(c) - at_most(a)


@given(_CALENDARS)
@settings(max_examples=20, deadline=None)
def test_a_week_has_the_seconds_of_its_hours(calendar: BusinessCalendar) -> None:
    until = clock(calendar, MONDAY, MONDAY + WEEK)
    spans = [span for day in calendar.week for span in day]
    assert until(MONDAY + WEEK) - until(MONDAY) == sum(span.end - span.start for span in spans) * 60


def test_around_the_clock_each_second_counts() -> None:
    until = clock(None, MONDAY + 7, MONDAY + WEEK)
    assert until(MONDAY + WEEK) - until(MONDAY + 7) == WEEK - 7


def hours(zone: str, text: str, begin: str, end: str, country: str = "") -> float:
    """Business hours between two local times."""
    calendar = BusinessCalendar("any", zone, read_week(text), text, country)
    a, b = (
        int(datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone)).timestamp())
        for at in (begin, end)
    )
    until = clock(calendar, a, b)
    return (until(b) - until(a)) / HOUR


@pytest.mark.parametrize(
    ("zone", "text", "begin", "end", "expected"),
    [
        ("Europe/Berlin", "sun 00:00-06:00", "2025-03-30 00:00", "2025-03-31 00:00", 5),
        ("Europe/Berlin", "sun 00:00-06:00", "2025-10-26 00:00", "2025-10-27 00:00", 7),
        ("Europe/Berlin", "sat 22:00-06:00", "2025-03-29 12:00", "2025-03-30 12:00", 7),
        ("Africa/Cairo", "fri 00:00-24:00", "2024-04-25 00:00", "2024-04-27 00:00", 23),
        ("America/Asuncion", "sat 00:00-24:00", "2024-03-22 00:00", "2024-03-25 00:00", 25),
        ("Pacific/Apia", "thu-sat 09:00-17:00", "2011-12-29 00:00", "2012-01-01 00:00", 16),
        ("Australia/Lord_Howe", "sun 00:00-24:00", "2025-04-06 00:00", "2025-04-07 00:00", 24.5),
    ],
    ids=["forward", "back", "over midnight", "no midnight", "midnight twice", "no Friday", "half"],
)
def test_hours_are_those_that_the_clock_shows(
    zone: str, text: str, begin: str, end: str, expected: float
) -> None:
    assert hours(zone, text, begin, end) == expected


def test_what_begins_on_a_holiday_has_no_hours_and_what_began_before_it_ends() -> None:
    night = "mon-sun 22:00-06:00"
    found = hours("Asia/Tokyo", night, "2026-01-11 12:00", "2026-01-13 12:00", "JP")
    assert found == 8  # the night to the holiday; that of the holiday itself is free


def test_years_without_known_holidays_are_told() -> None:
    calendar = BusinessCalendar("any", "Asia/Tokyo", read_week("mon 09:00-10:00"), "", "JP")
    begin, end = (int(datetime(year, 6, 1, tzinfo=UTC).timestamp()) for year in (2021, 2024))
    assert unknown_years(calendar, begin, end) == [2021, 2022]


def test_time_that_is_older_than_ten_years_has_no_rows() -> None:
    first = min(at for _, at, _, _ in rows_of([None], 0, MONDAY))
    assert MONDAY - first == 3_660 * DAY
