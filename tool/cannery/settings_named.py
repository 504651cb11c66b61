"""Tables of [insight] that a team names itself: calendars and promises. Raises SettingsError."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from cannery.settings_file import wrong

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}")
MOST = 20  # of a kind


def names_below(insight: Mapping[str, Any], kind: str, example: str, path: Path) -> tuple[str, ...]:
    """The names below [insight.KIND], each of which is read by itself."""
    table, key = insight.get(kind, {}), f"insight.{kind}"
    if not isinstance(table, dict):
        raise wrong(path, key, "must be a table", example)
    if len(table) > MOST:
        raise wrong(path, key, f"must be at most {MOST}", "Remove some.")
    return tuple(table)


def named_table(
    insight: Mapping[str, Any],
    key: tuple[str, str],
    example: str,
    path: Path,
    taken: Collection[str] = (),
) -> Mapping[str, Any]:
    """The table of a kind and a name, which is none of those that are `taken`."""
    kind, name = key
    table = insight[kind][name]
    if not _NAME.fullmatch(name) or name in taken or not isinstance(table, dict):
        raise wrong(path, f"insight.{kind}.{name}", "must be a table with a short name", example)
    return table
