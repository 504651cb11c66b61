"""[insight] of kb.toml. Each raises SettingsError."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from cannery.model.business_calendar import BusinessCalendar, SlaPolicy
from cannery.model.insight_settings import COLUMN_USES, DATE_ORDERS, DATES, SCALE, InsightSettings
from cannery.model.persons import names_person
from cannery.model.ticket_event import DIMENSIONS, FIELD_KINDS, STATUS_MEANINGS
from cannery.settings_calendar import (
    Defaults,
    calendar_names,
    read_business,
    read_calendar,
    read_holidays_of,
    read_zone,
)
from cannery.settings_file import texts_in, wrong
from cannery.settings_insight_pages import read_address, read_thresholds
from cannery.settings_sla import policy_names, read_policy

_MOST_POINTS = 100  # of a scale of satisfaction
_NONE: tuple[str, ...] = ()

_T = TypeVar("_T")
Table = Mapping[str, Any]


class Keep(Protocol):
    """Gives the table to a reader; what it raises is kept, and the value is the other one."""

    def __call__(self, read: Callable[[Table, Path], _T], otherwise: _T) -> _T: ...


def read_insight(each: Keep, country: str) -> InsightSettings:
    """All of the table; a wrong value costs itself alone. `country` is the knowledge base's."""
    base = InsightSettings()
    time_zone = each(_time_zone, base.time_zone)
    country = each(lambda *at: read_holidays_of(at[0], "insight", country, at[1]), country)
    calendars = _calendars(each, Defaults(time_zone, country))
    return InsightSettings(
        solved_days=each(partial(_number, "solved_days", "days", 365), base.solved_days),
        reply_hours=each(partial(_number, "reply_hours", "hours", 24 * 7), base.reply_hours),
        time_zone=time_zone,
        columns=each(_columns, base.columns),
        calendars=calendars,
        policies=_policies(each, calendars),
        fields=each(_fields, base.fields),
        statuses=each(_statuses, base.statuses),
        # Who writes one of these wrongly may mean `false`.
        searches=each(partial(_switch, "searches"), otherwise=False),
        site=each(partial(_switch, "site"), otherwise=False),
        address=each(read_address, base.address),
        thresholds=each(read_thresholds, base.thresholds),
    )


def _calendars(each: Keep, otherwise: Defaults) -> tuple[BusinessCalendar, ...]:
    found = [
        each(partial(_calendar, name, otherwise), None) for name in each(calendar_names, _NONE)
    ]
    found.append(each(lambda *at: read_business(at[0], otherwise, at[1]), None))
    return tuple(calendar for calendar in found if calendar)


def _calendar(name: str, otherwise: Defaults, table: Table, path: Path) -> BusinessCalendar | None:
    return read_calendar(table, name, otherwise, path)


def _policies(each: Keep, calendars: Sequence[BusinessCalendar]) -> tuple[SlaPolicy, ...]:
    names = {calendar.name for calendar in calendars}
    found = [each(partial(_policy, name, names), None) for name in each(policy_names, _NONE)]
    return tuple(policy for policy in found if policy)


def _policy(name: str, calendars: Collection[str], table: Table, path: Path) -> SlaPolicy | None:
    return read_policy(table, name, calendars, path)


def _number(name: str, unit: str, most: int, table: Table, path: Path) -> int:
    default: int = getattr(InsightSettings(), name)
    value = table.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= most:
        reason = f"must be a number of {unit} from 1 to {most}"
        raise wrong(path, f"insight.{name}", reason, f"Write {name} = {default}.")
    return value


def _time_zone(table: Table, path: Path) -> str:
    value = table.get("time_zone", InsightSettings().time_zone)
    return read_zone(value, "insight.time_zone", path)


def _columns(table: Table, path: Path) -> Mapping[str, str]:
    hint = 'Write [insight.columns], then solved_at = "Solved at".'
    found = texts_in(table.get("columns", {}), "insight.columns", hint, path)
    for use, name in found.items():
        key = f"insight.columns.{use:.40}"
        if use not in (*COLUMN_USES, DATES, SCALE):
            raise wrong(path, key, f"is not one of {', '.join((*COLUMN_USES, DATES, SCALE))}", hint)
        if use in DIMENSIONS and names_person(name):
            reason = "names a column that tells of persons: no figure is told by these"
            raise wrong(path, key, reason, 'Write team = "Account team", or leave it out.')
        if use == DATES and name not in DATE_ORDERS:
            raise wrong(path, key, _one_of(DATE_ORDERS), 'Write dates = "day first".')
        if use == SCALE and not (name.isdecimal() and 1 < int(name[:4]) <= _MOST_POINTS):
            reason = f"must be a number of points from 2 to {_MOST_POINTS}"
            raise wrong(path, key, reason, 'Write satisfaction_scale = "10".')
    return found


def _fields(table: Table, path: Path) -> Mapping[str, str]:
    hint = 'Write [insight.fields], then product = "custom_field:360001" or tier = "tag:tier_".'
    found = texts_in(table.get("fields", {}), "insight.fields", hint, path)
    if other := [name for name in found if name not in DIMENSIONS[1:]]:
        raise wrong(path, f"insight.fields.{other[0]:.40}", _one_of(DIMENSIONS[1:]), hint)
    for name, rule in found.items():
        kind, _, key = rule.partition(":")
        if kind not in FIELD_KINDS or not key.strip():
            reason = f"must begin with {', '.join(f'{kind}:' for kind in FIELD_KINDS)}"
            raise wrong(path, f"insight.fields.{name}", reason, hint)
    return found


def _statuses(table: Table, path: Path) -> Mapping[str, str]:
    hint = 'Write [insight.statuses], then "With vendor" = "waiting".'
    found = texts_in(table.get("statuses", {}), "insight.statuses", hint, path)
    if other := [name for name, meaning in found.items() if meaning not in STATUS_MEANINGS]:
        raise wrong(path, f"insight.statuses.{other[0]:.40}", _one_of(STATUS_MEANINGS), hint)
    return found


def _one_of(names: Sequence[str]) -> str:
    return f"must be one of {', '.join(names)}"


def _switch(name: str, table: Table, path: Path) -> bool:
    value = table.get(name, True)
    if not isinstance(value, bool):
        raise wrong(path, f"insight.{name}", "must be true or false", f"Write {name} = false.")
    return value
