"""Working hours as people write them: `mon-fri 09:00-12:00 13:00-18:00, sat 10:00-14:00`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from cannery.model.business_calendar import Span

_MAX_CHARS = 400
_STEP = 15  # minutes: finer hours would need finer tables
_HOUR, _DAY, _WEEK = 60, 1_440, 10_080
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KANJI = "月火水木金土日"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−〜~ー", "-"))
_BETWEEN = re.compile(r"[\s,;、・]+")
_SPAN = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)", re.ASCII)

Week = tuple[tuple[Span, ...], ...]


def read_week(text: str) -> Week:
    """The spans of each day, from Monday on, in order. Raises ValueError: what is wrong."""
    if len(text) > _MAX_CHARS:
        raise ValueError("is too long")
    week: list[list[Span]] = [[] for _ in _DAYS]
    days: list[int] = []
    is_after_span = True
    plain = normalize("NFKC", text).casefold().translate(_DASHES)
    for word in filter(None, _BETWEEN.split(plain)):
        if word[0].isdigit():
            if not days:
                raise ValueError(f"has {word:.20} before any day")
            span = _span(word)
            for day in days:
                week[day].append(span)
            is_after_span = True
        else:
            days = [*([] if is_after_span else days), *_days(word)]
            is_after_span = False
    if is_after_span is False or not any(week):
        raise ValueError("has a day without hours")
    _refuse_overlaps(week)
    return tuple(tuple(sorted(spans)) for spans in week)


def _days(word: str) -> Iterator[int]:
    """The numbers of `mon` or `mon-fri`, round the end of the week as in `sat-tue`."""
    first, dash, last = word.partition("-")
    begin, end = _day(first), _day(last if dash else first)
    for number in range((end - begin) % len(_DAYS) + 1):
        yield (begin + number) % len(_DAYS)


def _day(name: str) -> int:
    for number, day in enumerate(_DAYS):
        if name in (day, day[:3], day[:4]):
            return number
    kanji = name.removesuffix("曜日").removesuffix("曜")
    if len(kanji) == 1 and kanji in _KANJI:
        return _KANJI.index(kanji)
    raise ValueError(f"has {name or '-':.20}, which is not a day such as mon")


def _span(word: str) -> Span:
    match = _SPAN.fullmatch(word)
    if not match:
        raise ValueError(f"has {word:.20}, which is not hours such as 09:00-18:00")
    hours = [int(part) for part in match.groups()]
    start, end = hours[0] * _HOUR + hours[1], hours[2] * _HOUR + hours[3]
    if start >= _DAY or end > _DAY or max(hours[1], hours[3]) >= _HOUR or start == end:
        raise ValueError(f"has {word:.20}, which are not hours of a day")
    if start % _STEP or end % _STEP:
        raise ValueError(f"has {word:.20}: hours begin and end on quarters, as 09:15")
    return Span(start, end if end > start else end + _DAY)


def _refuse_overlaps(week: list[list[Span]]) -> None:
    quarters = [
        (day * _DAY + minute) % _WEEK
        for day, spans in enumerate(week)
        for span in spans
        for minute in range(span.start, span.end, _STEP)
    ]
    if len(set(quarters)) < len(quarters):
        raise ValueError("has hours that overlap")
