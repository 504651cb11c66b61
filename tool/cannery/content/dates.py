"""Dates as people type them: `12/24`, `24 Dec`, `in 3 days`, `月末`, `令和8年12月1日`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple
from unicodedata import normalize

from cannery.content.business_days import business_day
from cannery.content.words import words
from cannery.util.lazy_pattern import LazyPattern
from cannery.util.text import with_hyphens

_MAX_CHARS = 60
_SOME_MONTHS = 3  # among them is one with 31 days, and not all of it is over


class Calendar(NamedTuple):
    """The day on which a date is typed; `month_first` says how its typist reads 5/6.

    `country` is the customer's, as in JP: its holidays are no business days.
    """

    today: date
    month_first: bool = True
    country: str = ""


def is_month_first(locale: str) -> bool:
    """Whether 5/6 is in May to who uses a locale such as `en_US.UTF-8`, or one of no region."""
    tag = re.split(r"[.@]", locale.lower().replace("_", "-"))[0]
    return tag in ("", "c", "posix", *words()["monthFirst"])


def read_date(text: str, calendar: Calendar) -> date | None:
    """The day that is meant; None for what is no date, or no day of the calendar."""
    word = _plain(text)
    if len(word) > _MAX_CHARS:
        return None
    for form, read in _FORMS:
        if found := form.fullmatch(word):
            try:
                day = read(found, calendar)
            except (ValueError, OverflowError):
                continue  # as 2026-02-30
            if day is not None:
                return day
    return None


def _plain(text: str) -> str:
    """The text in small letters and usual width, without what means nothing."""
    word = " ".join(normalize("NFKC", text[:1000]).lower().replace(",", " ").split())
    word = with_hyphens("".join(str(int(char)) if char.isdecimal() else char for char in word))
    for lead in words()["dateLeads"]:
        word = word.removeprefix(lead)
    if re.search(r"\d [年月日週か営]|[年月] \d", word):
        word = word.replace(" ", "")
    return re.sub(r"(?<=[日\d])\([月火水木金土日]\)$", "", word)


def _named(found: re.Match[str], calendar: Calendar) -> date | None:
    word, today = found[0], calendar.today
    if (ahead := words()["days"].get(word)) is not None:
        return today + timedelta(days=ahead)
    if (ahead := words()["businessDays"].get(word)) is not None:
        return business_day(today, ahead, calendar.country)
    plain = word.replace("the ", "")
    if (ahead := words()["monthEnds"].get(plain)) is not None:
        first = _months_later(today.replace(day=1), ahead)
        return first.replace(day=monthrange(first.year, first.month)[1])
    if (ahead := words()["yearEnds"].get(plain)) is not None:
        return date(today.year + ahead, 12, 31)
    return None


def _ahead(found: re.Match[str], calendar: Calendar) -> date | None:
    """As `+3d`, `in two weeks`, `3 business days`, `5営業日後`."""
    unit = words()["units"].get(found["unit"] or "day")
    written = found["count"]
    count = int(written) if written.isdecimal() else words()["numbers"].get(written)
    if count is None or not (found["unit"] or found["sign"]):
        return None
    if found["sign"] == "-" or found["after"] in (" ago", "前"):
        count = -count
    if not unit or (found["unit"] in ("日", "年", "週") and not found["after"]):
        return None  # 24日 is a day of the month
    if unit == "business":
        return business_day(calendar.today, count, calendar.country)
    if unit in ("month", "year"):
        return _months_later(calendar.today, count * (12 if unit == "year" else 1))
    return calendar.today + timedelta(days=count * (7 if unit == "week" else 1))


def _months_later(day: date, count: int) -> date:
    """The same day of a later month, or the last one that it has."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _whole(found: re.Match[str], _: Calendar) -> date:
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def _of_era(found: re.Match[str], _: Calendar) -> date:
    year = 1 if found["year"] == "元" else int(found["year"])
    return date(words()["eras"][found["era"]] + year, int(found["month"]), int(found["day"]))


def _by_locale(found: re.Match[str], calendar: Calendar) -> date | None:
    """As `12/24`, `24/12/2026`, `24.12.`: in the typist's order, or else the only one there is."""
    one, two = int(found["one"]), int(found["two"])
    has_days_first = found["dot"] == "." and bool(found["end"] or found["year"])
    orders = [(one, two), (two, one)]
    if has_days_first or not calendar.month_first:
        orders.reverse()
    for month, day in orders:
        if (read := _next(calendar, month, day, found["year"] or "")) is not None:
            return read
    return None


def _next(calendar: Calendar, month: int, day: int, year: str = "") -> date | None:
    """The day of that year, or else the next one that has this month and day."""
    today = calendar.today
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [today.year, today.year + 1]  # noqa: PLR2004 - digits
    for number in years:
        if 1 <= month <= 12 and 1 <= day <= monthrange(number, month)[1]:  # noqa: PLR2004 - months
            read = date(number, month, day)
            if year or read >= today:
                return read
    return None


def _month_and_day(found: re.Match[str], calendar: Calendar) -> date | None:
    return _next(calendar, int(found["month"]), int(found["day"]))


def _of_month(found: re.Match[str], calendar: Calendar) -> date:
    first = calendar.today.replace(day=1)
    return _months_later(first, words()["monthsAhead"][found["which"]]).replace(
        day=int(found["day"])
    )


def _of_year(found: re.Match[str], calendar: Calendar) -> date:
    year = calendar.today.year + words()["yearsAhead"][found["which"]]
    return date(year, int(found["month"]), int(found["day"]))


def _day_alone(found: re.Match[str], calendar: Calendar) -> date | None:
    """The next day with this number: some months have no 31st. 3日 may be three days."""
    number, today = int(found["day"]), calendar.today
    for ahead in range(_SOME_MONTHS):
        first = _months_later(today.replace(day=1), ahead)
        if 1 <= number <= monthrange(first.year, first.month)[1]:
            day = first.replace(day=number)
            if day >= today:
                return day
    return None


def _month_name(found: re.Match[str], calendar: Calendar) -> date | None:
    """As `24 Dec`, `Thursday, Dec 24th 2026`."""
    lead = found["weekday"]
    if lead and not any(lead in names for names in words()["weekdays"]):
        return None
    months = [number for number, names in enumerate(words()["months"], 1) if found["name"] in names]
    return _next(calendar, months[0], int(found["day"]), found["year"] or "") if months else None


def _weekday(found: re.Match[str], calendar: Calendar) -> date | None:
    """The day that `friday` or `来週金曜` means: without a week, the next one after today."""
    name, today = found["en"] or found["ja"], calendar.today
    day = next((number for number, names in enumerate(words()["weekdays"]) if name in names), None)
    if day is None:
        return None
    which = (found["week"] or found["behind"] or "").split()
    if which:
        week = words()["weeks"][which[0].rstrip("の")]
        return today + timedelta(days=day - today.weekday() + 7 * week)
    return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)


_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?"
_YEAR = r"(?:[ -](?P<year>\d{4}))?"
_LEAD = r"(?:(?P<weekday>[a-z]{2,9})\.? )?"
_FORMS: tuple[tuple[LazyPattern, Callable[[re.Match[str], Calendar], date | None]], ...] = (
    (LazyPattern(r"\D+"), _named),
    (
        LazyPattern(
            r"(?P<sign>[+-]|in )?"
            r"(?P<count>\d{1,3}|\d{4}(?=[dw]?$)|[a-z]{1,5}(?= )|[一二三四五六七八九十]) ?"
            r"(?P<unit>(?:business |working )days?|days?|weeks?|months?|years?|bd|[dw]"
            r"|日|週間?|[かヶケカヵ箇]月|年|営業日)?間?"
            r"(?P<after>後|前| ago| later| from now| from today)?"
        ),
        _ahead,
    ),
    (
        LazyPattern(r"(?P<year>\d{4})[-/年.](?P<month>\d{1,2})[-/月.](?P<day>\d{1,2})日?"),
        _whole,
    ),
    (LazyPattern(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"), _whole),
    (
        LazyPattern(
            r"(?P<era>令和|平成|昭和|大正|明治|[rhstm])(?P<year>\d{1,2}|元)[-/年.]"
            r"(?P<month>\d{1,2})[-/月.](?P<day>\d{1,2})日?"
        ),
        _of_era,
    ),
    (LazyPattern(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日"), _month_and_day),
    (LazyPattern(r"(?P<which>今月|来月|翌月|再来月)の?(?P<day>\d{1,2})日"), _of_month),
    (
        LazyPattern(
            r"(?P<which>今年|本年|来年|翌年|再来年|昨年|去年)の?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
        ),
        _of_year,
    ),
    (LazyPattern(r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)"), _day_alone),
    (
        LazyPattern(
            r"(?P<one>\d{1,2})(?P<dot>[-/.]) ?(?P<two>\d{1,2})"
            r"(?:[-/.] ?(?P<year>\d{4}|(?<=\.)\d{2}|(?<=\. )\d{2})|(?P<end>\.)?)"
        ),
        _by_locale,
    ),
    (LazyPattern(rf"{_LEAD}{_DAY}[ -](?:of )?(?P<name>[a-z]{{3,9}})\.?{_YEAR}"), _month_name),
    (LazyPattern(rf"{_LEAD}(?P<name>[a-z]{{3,9}})\.?[ -]{_DAY}{_YEAR}"), _month_name),
    (
        LazyPattern(
            r"(?P<week>next |this |来週の?|再来週の?|今週の?|翌週の?)?"
            r"(?:(?P<en>[a-z]+)|\(?(?P<ja>[月火水木金土日])\)?(?:曜日?)?)"
            r"(?: (?P<behind>(?:next|this) week))?"
        ),
        _weekday,
    ),
)
