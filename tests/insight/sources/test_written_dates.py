"""Dates as reports write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cannery.insight.sources.written_dates import Order, WrittenDates, order_of

TOKYO = ZoneInfo("Asia/Tokyo")
AT = int(datetime(2026, 1, 5, 9, 30, tzinfo=TOKYO).timestamp())


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05T09:30:00",
        "2026-01-05 09:30",
        "2026-01-05T00:30:00Z",
        "2026-01-05T00:30:00.000+0000",
        "2026-01-05 09:30:00 +0900",
        "2026-01-05 00:30:00 UTC",
        "2026-01-05 09:30:00 JST",
        "2026/01/05 9:30",
        "2026/1/5 09:30:00",
        "2026年1月5日 9時30分",
        "2026.1.5 9:30",
        "05/Jan/26 9:30 AM",
        "5 Jan 2026 09:30",
        "05-Jan-2026 09:30:00",
        "Jan 5, 2026 9:30 AM",
        "January 5th, 2026, 9:30 a.m.",
        "5.1.2026 09:30",
        "1767573000",
        "1767573000000",
    ],
)
def test_a_date_is_read_in_the_zone_that_it_names_or_else_in_the_teams(text: str) -> None:
    assert WrittenDates(TOKYO).seconds(text) == (AT, False)


@pytest.mark.parametrize("text", ["2026-01-05", "2026/1/5", "2026年1月5日", "5 Jan 2026"])
def test_a_day_alone_is_told_apart(text: str) -> None:
    assert WrittenDates(TOKYO).seconds(text) == (AT - 34_200, True)


@pytest.mark.parametrize(
    ("text", "order", "month"),
    [("05/01/2026", "day first", 1), ("05/01/2026", "month first", 5), ("13/01/2026", "", 1)],
)
def test_day_and_month_are_in_the_order_of_the_file(text: str, order: Order, month: int) -> None:
    at, _ = WrittenDates(UTC, order).seconds(text)
    assert datetime.fromtimestamp(at, UTC).month == month


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("05/01/2026", "05/01/2026 may be of two months"),
        ("46027.3958", "spreadsheet"),
        ("2026-02-30", "not a date"),
        ("2026/13/45 9:30", "not a date"),
        ("2026/01/05 25:30", "not a date"),
        ("Hanako Yamada", "not a date"),
        ("0005-01-05", "another century"),
        ("2026-01-05 09:30 CST", "time zone"),
        ("9" * 5_000, "not a date"),
    ],
)
def test_what_may_mean_something_else_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as raised:
        WrittenDates(UTC).seconds(text)
    assert "Hanako" not in str(raised.value)


def test_the_order_is_told_by_any_day_after_the_twelfth() -> None:
    assert order_of(["05/01/2026", "2026-01-31", "01/05/2026 9:30", "25/01/2026"]) == "day first"
    assert order_of(["05-01-2026", "01-25-2026"]) == "month first"
    assert order_of(["05/01/2026", "31.01.2026"]) == ""


def test_dates_of_two_orders_are_refused() -> None:
    with pytest.raises(ValueError, match="two orders: 25/01/2026 and 01/25/2026"):
        order_of(["25/01/2026", "01/25/2026"])


@pytest.mark.parametrize("zone", ["+99:99", "-24:00"])
def test_a_zone_that_no_clock_has_is_none(zone: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        WrittenDates(UTC).seconds(f"2026-01-05 09:30:00{zone}")
