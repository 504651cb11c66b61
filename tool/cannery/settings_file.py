"""Values out of a settings file. Each raises SettingsError: the file, and what to write in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from cannery.errors import SettingsError
from cannery.util.toml import read_toml

_T = TypeVar("_T")
MAX_DAYS = 100 * 365  # a day of a review and so many more are a day still
_MAX_NUMBER = 10**15


def read_settings_file(path: Path) -> dict[str, Any]:
    """The whole file as a table; empty where there is none."""
    try:
        return read_toml(path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}", "Mend the file, or empty it.") from error


def read_table(data: Mapping[str, Any], name: str, hint: str, path: Path) -> dict[str, str]:
    """A table of texts, by its whole name."""
    table = data.get(name.rpartition(".")[2], {})
    if not isinstance(table, dict) or not all(
        isinstance(text, str) and text.strip() and key.strip() for key, text in table.items()
    ):
        raise SettingsError(f"{path}: {name} is not a table of texts", hint)
    return {str(key).strip(): text.strip() for key, text in table.items()}


def read_text(data: Mapping[str, Any], key: str, default: str, path: Path) -> str:
    value = data.get(key, default)
    if not isinstance(value, str):
        raise SettingsError(f"{path}: {key} is not a text", f'Write {key} = "...".')
    return value


def read_plain(key: str, value: object, path: Path) -> str:
    """A text, or a number or day that stands for one."""
    if isinstance(value, str | date) or (isinstance(value, int) and abs(value) <= _MAX_NUMBER):
        return str(value)
    raise SettingsError(f"{path}: {key:.60} is not a text", f'Write {key:.60} = "...".')


def read_flag(data: Mapping[str, Any], key: str, path: Path) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise SettingsError(f"{path}: {key} is neither true nor false", f"Write {key} = true.")
    return value


def read_forge(data: Mapping[str, Any], path: Path, key: str = "forge") -> str:
    forge = read_text(data, key, "", path)
    if forge:
        from cannery.model.hosts import HOSTS  # few settings name one

        if forge not in HOSTS:
            raise SettingsError(
                f"{path}: there is no {key} {forge}", f"There is {', '.join(HOSTS)}."
            )
    return forge


def read_days(data: Mapping[str, Any], path: Path, default: _T) -> int | _T:
    """What [memory] says of how long values and the like are kept."""
    memory = data.get("memory", {})
    days = memory.get("days", default) if isinstance(memory, dict) else ""
    if days is default or (type(days) is int and 0 <= days <= MAX_DAYS):
        return days
    hint = "Write [memory], then days = 90; 0 keeps nothing."
    raise SettingsError(f"{path}: memory.days is no number of days", hint)
