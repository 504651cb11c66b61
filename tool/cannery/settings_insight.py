"""[insight] of kb.toml. Each raises SettingsError."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cannery.model.insight_settings import InsightSettings
from cannery.settings_file import read_text, texts_in, wrong

_MOST_DAYS = 365

_T = TypeVar("_T")
Table = Mapping[str, Any]


class Keep(Protocol):
    """Gives the table to a reader; what it raises is kept, and the value is the other one."""

    def __call__(self, read: Callable[[Table, Path], _T], otherwise: _T) -> _T: ...


def read_insight(each: Keep) -> InsightSettings:
    """All of the table; a wrong value costs itself alone."""
    base = InsightSettings()
    return InsightSettings(
        solved_days=each(_days, base.solved_days),
        time_zone=each(_time_zone, base.time_zone),
        columns=each(_columns, base.columns),
    )


def _days(table: Table, path: Path) -> int:
    value = table.get("solved_days", InsightSettings().solved_days)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST_DAYS:
        reason = f"must be a number of days from 1 to {_MOST_DAYS}"
        raise wrong(path, "insight.solved_days", reason, "Write solved_days = 7.")
    return value


def _time_zone(table: Table, path: Path) -> str:
    key = "insight.time_zone"
    value = read_text({key: table.get("time_zone", InsightSettings().time_zone)}, key, "", path)
    try:
        ZoneInfo(value)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        hint = 'Write time_zone = "Asia/Tokyo".'
        raise wrong(path, key, "must be the name of a time zone", hint) from error
    return value


def _columns(table: Table, path: Path) -> Mapping[str, str]:
    hint = 'Write [insight.columns], then solved_at = "Solved at".'
    return texts_in(table.get("columns", {}), "insight.columns", hint, path)
