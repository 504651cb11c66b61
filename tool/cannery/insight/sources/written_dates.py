"""Dates as reports write them, as seconds. One that may be read in two ways is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

Order = Literal["", "day first", "month first"]
DAY_FIRST: Order = "day first"
MONTH_FIRST: Order = "month first"
_EARLIEST, _LATEST = 1970, 2200
_MOST_LETTERS = 60
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.年-]([0-9]{1,2})[/.月-]([0-9]{1,2})日?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})[/.-]([0-9]{4})")
_NAMED = re.compile(r"([0-9]{1,2})[ /.-]([A-Za-z]{3,9})\.?[ /.,-] ?([0-9]{4}|[0-9]{2})")
_NAME_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_CLOCK = re.compile(
    r"([0-9]{1,2})[:時]([0-9]{1,2})(?:[:分]([0-9]{1,2})(?:[.,][0-9]{1,9})?)?[秒分]?"
    r" ?([AaPp]\.?[Mm]\.?)?"
)
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {"Z": 0, "z": 0, "UTC": 0, "GMT": 0, "JST": 540}  # minutes; others are of two places
_MOST_HOURS = 23  # before or behind UTC, as ISO 8601 is read
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]{1,15})?")
_EPOCH = re.compile(r"[0-9]{10}(?:[0-9]{3})?")
# No value is shown: in a wrong column it may be somebody's name.
_NO_DATE = "not a date that is known here: write it as 2026-01-05 09:30"
_TOLD = 12  # a greater number is no month


class WrittenDates:
    """Reads dates; those without a zone are of `zone`, and of the order that the file shows."""

    def __init__(self, zone: tzinfo, order: Order = "") -> None:
        self._zone, self.order = zone, order

    def seconds(self, text: str) -> tuple[int, bool]:
        """The time, and whether it is a day alone, at its beginning. Raises ValueError."""
        if len(text) > _MOST_LETTERS:
            raise ValueError(_NO_DATE)
        at, is_day = _of_iso(text) or self._of_words(text)
        if not _EARLIEST <= at.year < _LATEST:
            raise ValueError("a date of another century")
        if at.tzinfo is None:
            at = at.replace(tzinfo=self._zone)
        return int(at.timestamp()), is_day

    def end_of_day(self, at: int) -> int:
        """The last second of the day that a time is in."""
        day = datetime.fromtimestamp(at, self._zone).replace(hour=23, minute=59, second=59)
        return int(day.timestamp())

    def _of_words(self, text: str) -> tuple[datetime, bool]:
        text = " ".join(text.split())
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text[:10]), UTC), False
        if _SERIAL.fullmatch(text):
            raise ValueError("a spreadsheet's number where a date is expected: format it as a date")
        day, rest = self._day(text)
        clock = rest.lstrip(" T,")
        return (day, True) if not clock else (_at_clock(day, clock), False)

    def _day(self, text: str) -> tuple[datetime, str]:
        """The day that a text begins with, and what comes after it."""
        if match := _YEAR_FIRST.match(text):
            return self._midnight(match[1], int(match[2]), match[3]), text[match.end() :]
        if match := _YEAR_LAST.match(text):
            day, month = self._ordered(match)
            return self._midnight(match[4], month, day), text[match.end() :]
        if match := _NAMED.match(text):
            return self._midnight(match[3], _month(match[2]), match[1]), text[match.end() :]
        if match := _NAME_FIRST.match(text):
            return self._midnight(match[3], _month(match[1]), match[2]), text[match.end() :]
        raise ValueError(_NO_DATE)

    def _midnight(self, year: str, month: int, day: str | int) -> datetime:
        century = 2000 if len(year) == 2 else 0  # noqa: PLR2004 - digits
        try:
            return datetime(century + int(year), month, int(day), tzinfo=self._zone)
        except ValueError as error:
            raise ValueError(_NO_DATE) from error

    def _ordered(self, match: re.Match[str]) -> tuple[int, int]:
        """The day and the month of a date whose year comes last."""
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > _TOLD or self.order == DAY_FIRST:
            return first, second
        if second > _TOLD or self.order == MONTH_FIRST:
            return second, first
        raise ValueError(f"{match[0]} may be of two months")


def order_of(texts: Iterable[str]) -> Order:
    """Whether the day or the month comes first in dates such as 05/01/2026, by those that tell.

    Empty where none does. Raises ValueError where they contradict each other.
    """
    told: dict[Order, str] = {}
    for text in texts:
        if (match := _YEAR_LAST.match(text)) and match[2] != ".":
            if int(match[1]) > _TOLD:
                told.setdefault(DAY_FIRST, text)
            elif int(match[3]) > _TOLD:
                told.setdefault(MONTH_FIRST, text)
    if len(told) > 1:
        raise ValueError(f"its dates are of two orders: {' and '.join(told.values())}")
    return next(iter(told), "")


def is_open(text: str) -> bool:
    """Whether the order of day and month matters to a date."""
    match = _YEAR_LAST.match(text)
    return bool(match and match[2] != ".")


def _of_iso(text: str) -> tuple[datetime, bool] | None:
    """What Python reads: of ISO's forms those with dashes, which nobody means otherwise."""
    if len(text) < 10 or text[4:5] != "-" or text[7:8] != "-":  # noqa: PLR2004 - 2026-01-05
        return None
    try:
        return datetime.fromisoformat(text), len(text) == 10  # noqa: PLR2004 - digits
    except ValueError:
        return None


def _month(name: str) -> int:
    if name[:3].lower() not in _MONTHS:
        raise ValueError(_NO_DATE)
    return _MONTHS.index(name[:3].lower()) + 1


def _at_clock(day: datetime, clock: str) -> datetime:
    match = _CLOCK.match(clock)
    if match is None:
        raise ValueError(_NO_DATE)
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if half := match[4]:
        if not 1 <= hour <= _TOLD:
            raise ValueError(_NO_DATE)
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - a clock
        raise ValueError(_NO_DATE)
    at = day.replace(hour=hour, minute=minute, second=second)
    return _in_zone(at, clock[match.end() :].strip())


def _in_zone(at: datetime, zone: str) -> datetime:
    if not zone:
        return at
    if zone in _ZONES:
        return at.replace(tzinfo=UTC) - timedelta(minutes=_ZONES[zone])
    offset = _OFFSET.fullmatch(zone)
    if offset is None or int(offset[2]) > _MOST_HOURS:
        raise ValueError("a time zone that is not known here: write it as +09:00")
    minutes = (int(offset[2]) * 60 + int(offset[3])) * (1 if offset[1] == "+" else -1)
    return at.replace(tzinfo=UTC) - timedelta(minutes=minutes)
