"""Local days, weeks and months, as a table that times are joined with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cannery.insight.engine import Engine

SLOT = 900  # seconds: no zone's clock is off by parts of a quarter of an hour
_DAY = 86_400
_MOST_DAYS = 3_660  # ten years: what is older is in no period
_COLUMNS = ("slot", "starts_at", "day", "week", "month")
_MONTHS = 12


class Period(NamedTuple):
    """A month or a week of a time zone: from `starts_at` until before `ends_at`."""

    number: int
    label: str
    starts_at: int
    ends_at: int


def make_slots(engine: Engine, first: int, end: int, zone: ZoneInfo) -> None:
    """Make the table `slot`: a row for each quarter of an hour of the local days of a span.

    `slot` numbers them since the epoch, `starts_at` is in seconds; `day`, `week` and `month` are
    the numbers of `day_number`, `week_number` and `month_number`.
    """
    engine.fill("slot", _COLUMNS, _slots(first, end, zone))


def _slots(first: int, end: int, zone: ZoneInfo) -> Iterator[tuple[int, int, int, int, int]]:
    for day in _days(first, end, zone):
        numbers = day.toordinal(), week_number(day), month_number(day)
        begin, stop = (_rounded(starts(at, zone)) for at in (day, day + timedelta(days=1)))
        for starts_at in range(begin, stop, SLOT):
            yield starts_at // SLOT, starts_at, *numbers


def _rounded(at: int) -> int:
    """A quarter of an hour belongs to the day in which it begins."""
    return -(-at // SLOT) * SLOT


def _days(first: int, end: int, zone: ZoneInfo) -> Iterator[date]:
    within = max(first, end - _MOST_DAYS * _DAY)
    begin, last = (datetime.fromtimestamp(at, zone).date() for at in (within, end))
    for number in range((last - begin).days + 1):
        yield begin + timedelta(days=number)


def starts(day: date, zone: ZoneInfo) -> int:
    """The second in which a local day begins."""
    return int(datetime.combine(day, time(), zone).timestamp())


def week_number(day: date) -> int:
    """Weeks begin on Mondays, as ISO 8601 has them; so did the first day of all."""
    return (day.toordinal() - 1) // 7


def month_number(day: date) -> int:
    """Months since the year 0."""
    return day.year * _MONTHS + day.month - 1


def months(first: int, end: int, zone: ZoneInfo) -> list[Period]:
    """All months of a span, without gaps; that of `end` is the last, if any of it is over."""
    numbers = _numbers(first, end, zone, "month")
    return [_month(number, zone) for number in numbers]


def weeks(first: int, end: int, zone: ZoneInfo) -> list[Period]:
    """All weeks of a span, likewise."""
    numbers = _numbers(first, end, zone, "week")
    return [_week(number, zone) for number in numbers]


def _numbers(first: int, end: int, zone: ZoneInfo, kind: str) -> range:
    number = {"month": month_number, "week": week_number}[kind]
    days = list(_days(min(first, end - 1), end - 1, zone))
    return range(number(days[0]), number(days[-1]) + 1)


def _month(number: int, zone: ZoneInfo) -> Period:
    day, following = (date(at // _MONTHS, at % _MONTHS + 1, 1) for at in (number, number + 1))
    return Period(number, f"{day:%Y-%m}", starts(day, zone), starts(following, zone))


def _week(number: int, zone: ZoneInfo) -> Period:
    day = date.fromordinal(number * 7 + 1)
    year, week, _ = day.isocalendar()
    ends_at = starts(day + timedelta(days=7), zone)
    return Period(number, f"{year}-W{week:02}", starts(day, zone), ends_at)
