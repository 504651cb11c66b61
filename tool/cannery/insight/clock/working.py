"""Business time as a table: a row for each quarter of an hour of each calendar.

The business time until a moment `t` is `seconds_before + is_open * (t % 900)` of its row, so that
what lies between two moments is a difference that every engine can take.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from cannery.content.business_days import holidays
from cannery.insight.fact import DAY
from cannery.insight.periods import SLOT
from cannery.model.business_calendar import BusinessCalendar, Span

COLUMNS = ("calendar", "starts_at", "is_open", "seconds_before")
_DAY_MINUTES = 1_440
_MOST_DAYS = 3_660  # ten years: business time that is older is not known

Row = tuple[int, int, int, int]


def rows_of(calendars: Sequence[BusinessCalendar | None], first: int, end: int) -> Iterator[Row]:
    """The rows of all that may hold a time from `first` to `end`; None is around the clock.

    `calendar` is the place in the list.
    """
    first = max(first, end - _MOST_DAYS * DAY)
    for number, calendar in enumerate(calendars):
        before = 0
        for starts_at, is_open in _quarters(calendar, first, end):
            yield number, starts_at, int(is_open), before
            before += is_open * SLOT


def unknown_years(calendar: BusinessCalendar, first: int, end: int) -> Sequence[int]:
    """Years of a span of which the holidays are not known: weekends alone are days off in them."""
    if not calendar.country:
        return ()
    zone, known = ZoneInfo(calendar.time_zone), holidays().get(calendar.country, {})
    begin, last = (datetime.fromtimestamp(at, zone).year for at in (first, end))
    return [year for year in range(begin, last + 1) if str(year) not in known]


def _quarters(
    calendar: BusinessCalendar | None, first: int, end: int
) -> Iterator[tuple[int, bool]]:
    """Each quarter from midnight before `first` to midnight after `end`, and whether it is open."""
    if calendar is None:
        return ((at, True) for at in range(first - first % SLOT, end + SLOT, SLOT))
    zone = ZoneInfo(calendar.time_zone)
    begin, last = (datetime.fromtimestamp(at, zone).date() for at in (first, end))
    days = (begin + timedelta(days=number) for number in range((last - begin).days + 1))
    return (quarter for day in days for quarter in _of_day(_minutes(calendar, day), day, zone))


def _of_day(open_minutes: Collection[int], day: date, zone: ZoneInfo) -> Iterator[tuple[int, bool]]:
    begin, stop = (_midnight(at, zone) for at in (day, day + timedelta(days=1)))
    is_plain = stop - begin == DAY
    for at in range(begin, stop, SLOT):
        minute = (at - begin) // 60 if is_plain else _minute(at, zone)
        yield at, minute in open_minutes


def _midnight(day: date, zone: ZoneInfo) -> int:
    """The first quarter of a day, also where the clock is changed at midnight."""
    at = int(datetime.combine(day, time(), zone).timestamp())
    return -(-at // SLOT) * SLOT


def _minute(at: int, zone: ZoneInfo) -> int:
    """What the clock shows on a day on which it is changed."""
    local = datetime.fromtimestamp(at, zone)
    return local.hour * 60 + local.minute


def _minutes(calendar: BusinessCalendar, day: date) -> frozenset[int]:
    """The open quarters of a day by their minute: its own, and what the day before left."""
    return _open_minutes(_spans(calendar, day), _spans(calendar, day - timedelta(days=1)))


def _spans(calendar: BusinessCalendar, day: date) -> tuple[Span, ...]:
    """The hours that begin on a day."""
    return () if _is_day_off(calendar, day) else tuple(calendar.week[day.weekday()])


@cache
def _open_minutes(own: tuple[Span, ...], left: tuple[Span, ...]) -> frozenset[int]:
    """By the minute at which each quarter begins."""
    step = SLOT // 60
    return frozenset(
        minute
        for minute in range(0, _DAY_MINUTES, step)
        if any(span.start <= minute < span.end for span in own)
        or any(span.start <= minute + _DAY_MINUTES < span.end for span in left)
    )


def _is_day_off(calendar: BusinessCalendar, day: date) -> bool:
    days = holidays().get(calendar.country, {}).get(str(day.year), "")
    return f"{day:%m%d}" in days.split() or day in calendar.closed
