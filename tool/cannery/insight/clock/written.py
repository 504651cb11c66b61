"""Calendars in a line, to stand beside figures."""

from __future__ import annotations

from datetime import datetime

from cannery.insight.clock.choice import Clocks
from cannery.insight.clock.working import unknown_years
from cannery.model.business_calendar import BUSINESS, BusinessCalendar


def written(clocks: Clocks, first: int, at: datetime) -> str:
    """Each with its hours, zone, and the country whose holidays it has; empty without any.

    `first` is the beginning of the data, in seconds; `at` their end.
    """
    last = int(at.timestamp())
    return "; ".join(_one(calendar, first, last) for calendar in clocks.calendars)


def _one(calendar: BusinessCalendar, first: int, last: int) -> str:
    name = "" if calendar.name == BUSINESS else f"{calendar.name}: "
    missing = ", ".join(str(year) for year in unknown_years(calendar, first, last))
    country = f"{calendar.country} (without {missing})" if missing else calendar.country
    parts = (calendar.written, calendar.time_zone, country)
    return name + ", ".join(part for part in parts if part)
