"""Business time in [insight] of kb.toml: hours, holidays, calendars. Raises SettingsError."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cannery.model.business_calendar import ALWAYS, BUSINESS, BusinessCalendar
from cannery.settings_file import read_country, read_text, wrong
from cannery.settings_hours import read_week
from cannery.settings_named import named_table, names_below
from cannery.settings_where import read_where, refuse_unknown

CALENDARS_EXAMPLE = 'Write [insight.calendars.tokyo], then hours = "mon-fri 09:00-18:00".'
_HOURS = 'Write hours = "mon-fri 09:00-18:00", in steps of 15 minutes.'
_CLOSED = 'Write closed = ["2026-12-30"].'
_KEYS = ("time_zone", "hours", "country", "closed", "where")
_KIND = "calendars"
_MOST_CLOSED = 400


class Defaults(NamedTuple):
    """What a calendar has that names no time zone or country of its own."""

    time_zone: str
    country: str


def read_business(
    insight: Mapping[str, Any], otherwise: Defaults, path: Path
) -> BusinessCalendar | None:
    """The calendar of [insight] itself, which all tickets have that no other fits; None: none.

    Its time zone and country are those of `otherwise`, which were read there already.
    """
    if "hours" not in insight:
        return None
    own = {key: insight[key] for key in ("hours", "closed") if key in insight}
    return _calendar(BUSINESS, own, "insight", otherwise, path)


def calendar_names(insight: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """The names below [insight.calendars], each of which is read by itself."""
    return names_below(insight, _KIND, CALENDARS_EXAMPLE, path)


def read_calendar(
    insight: Mapping[str, Any], name: str, otherwise: Defaults, path: Path
) -> BusinessCalendar:
    """One of [insight.calendars]."""
    key = f"insight.{_KIND}.{name}"
    table = named_table(insight, (_KIND, name), CALENDARS_EXAMPLE, path, (BUSINESS, ALWAYS))
    refuse_unknown(table, _KEYS, key, path)
    return _calendar(name, table, key, otherwise, path)


def read_zone(value: object, key: str, path: Path) -> str:
    """The name of a time zone; `key` is the setting's whole name."""
    name = read_text({key: value}, key, "", path)
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        hint = 'Write time_zone = "Asia/Tokyo".'
        raise wrong(path, key, "must be the name of a time zone", hint) from error
    return name


def _calendar(
    name: str, table: Mapping[str, Any], key: str, otherwise: Defaults, path: Path
) -> BusinessCalendar:
    written = _written(table, key, path)
    try:
        week = read_week(written)
    except ValueError as error:
        raise wrong(path, f"{key}.hours", str(error), _HOURS) from error
    return BusinessCalendar(
        name,
        read_zone(table.get("time_zone", otherwise.time_zone), f"{key}.time_zone", path),
        week,
        written,
        read_holidays_of(table, key, otherwise.country, path),
        _closed(table, key, path),
        read_where(table, key, path),
    )


def _written(table: Mapping[str, Any], key: str, path: Path) -> str:
    """The hours as one text; a list has several."""
    value = table.get("hours")
    parts = value if isinstance(value, list) else [value]
    texts = [part for part in parts if isinstance(part, str)]
    if not texts or len(texts) < len(parts):
        raise wrong(path, f"{key}.hours", "must be text, or a list of texts", _HOURS)
    return ", ".join(texts)


def read_holidays_of(table: Mapping[str, Any], key: str, otherwise: str, path: Path) -> str:
    """The country whose holidays are days off; `country = ""` has none."""
    if "country" not in table:
        return otherwise
    name = f"{key}.country"
    return read_country({"country": table["country"]}, path, name)


def _closed(table: Mapping[str, Any], key: str, path: Path) -> tuple[date, ...]:
    """Days off, written as texts or as TOML's own dates."""
    value, name = table.get("closed", []), f"{key}.closed"
    if not isinstance(value, list) or len(value) > _MOST_CLOSED:
        raise wrong(path, name, f"must be a list of up to {_MOST_CLOSED} days", _CLOSED)
    try:
        return tuple(sorted({date.fromisoformat(str(day)) for day in value}))
    except ValueError as error:
        raise wrong(path, name, "must be days such as 2026-12-30", _CLOSED) from error
