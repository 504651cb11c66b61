"""`where` of a calendar or a promise: which tickets it is for. Raises SettingsError."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cannery.model.business_calendar import Where
from cannery.model.ticket_event import DIMENSIONS
from cannery.settings_file import wrong

_EXAMPLE = 'Write where = {tier = "gold", language = ["ja", "en"]}.'


def read_where(table: Mapping[str, Any], key: str, path: Path) -> Where:
    """The values by dimension; empty where it is for all tickets."""
    name = f"{key}.where"
    where = table.get("where", {})
    if not isinstance(where, dict):
        raise wrong(path, name, "must be a table", _EXAMPLE)
    refuse_unknown(where, DIMENSIONS, name, path)
    found = {at: [value] if isinstance(value, str) else value for at, value in where.items()}
    for value in found.values():
        if not isinstance(value, list) or not value or not all(map(_is_text, value)):
            raise wrong(path, name, "must have a text, or a list of them, for each", _EXAMPLE)
    return {at: tuple(text.strip() for text in value) for at, value in found.items()}


def refuse_unknown(keys: Iterable[str], known: tuple[str, ...], name: str, path: Path) -> None:
    """A key that nothing reads would make figures of something else than was meant."""
    for key in keys:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Use {', '.join(known)}."
            raise wrong(path, f"{name}.{key}", "is not a setting", hint)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
