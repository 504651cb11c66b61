from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.content.dates import Calendar, read_date

MONDAY = Calendar(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2026, 1, 31), "in a month", date(2026, 2, 28)),
        (date(2026, 12, 31), "end of next month", date(2027, 1, 31)),
        (date(2026, 12, 31), "来月の5日", date(2027, 1, 5)),
        (date(2027, 11, 1), "29 Feb", date(2028, 2, 29)),
        (date(2026, 11, 23), "11/23", date(2026, 11, 23)),
        (date(2026, 11, 28), "1 business day", date(2026, 11, 30)),  # from a Saturday
        (date(2026, 11, 29), "1 business day ago", date(2026, 11, 27)),
    ],
)
def test_a_date_is_reckoned_over_the_ends_of_months_and_weeks(
    today: date, text: str, day: date
) -> None:
    assert read_date(text, Calendar(today)) == day


@pytest.mark.parametrize(
    "text", ["9999営業日後", "2026-13-01", "a" * 10_000, "1" * 10_000, "", "-", "%"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text, MONDAY) is None


def test_the_last_day_of_the_calendar_is_no_bound_to_break() -> None:
    assert read_date("in 2 days", Calendar(date.max)) is None
    assert read_date("2 business days", Calendar(date.max)) is None
    assert read_date("end of next month", Calendar(date.max)) is None


@given(st.text(alphabet="0123456789./-年月日営業後前 adeginorsuwyth金曜来令和", max_size=20))
def test_any_text_is_a_day_or_none(text: str) -> None:
    day = read_date(text, MONDAY)
    assert day is None or isinstance(day, date)
