"""Days on which a country works: not at weekends, nor on the holidays of `holidays.json`.

`python .ci/holiday_list.py` writes that file, which the site's scripts read too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from cannery.content.words import words

_FILE = Path(__file__).with_name("holidays.json")
_REGION = re.compile(r"[-_]([A-Za-z]{2})\Z")
_SATURDAY = 5


@cache
def holidays() -> Mapping[str, Mapping[str, str]]:
    """The file's content: by country and year, months and days such as `0101 0503`."""
    import json

    content: Mapping[str, Mapping[str, str]] = json.loads(_FILE.read_text("utf-8"))
    return content


def country_of(locale: str) -> str:
    """The country of `de-AT` or `ja_JP.UTF-8`, or of a language with one country; or else none."""
    tag = re.split(r"[.@]", locale)[0]
    region = _REGION.search(tag)
    return region[1].upper() if region else words()["countries"].get(tag.lower(), "")


def business_day(start: date, count: int, country: str) -> date:
    """So many business days later, or earlier.

    Where the holidays of a country are not known, weekends alone count. Raises ValueError beyond
    the years that are known of it.
    """
    day, step = start, timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while _is_free(day, country):
            day += step
    return day


def _is_free(day: date, country: str) -> bool:
    years = holidays().get(country)
    if years is None or day.weekday() >= _SATURDAY:
        return day.weekday() >= _SATURDAY
    if str(day.year) not in years:
        raise ValueError(f"the holidays of {day.year} are not known")
    return f"{day:%m%d}" in years[str(day.year)].split()
