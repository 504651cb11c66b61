"""[links] of kb.toml: the web addresses that are never asked. Each raises SettingsError."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cannery.settings_file import read_texts, wrong

_MOST = 200  # as many as fnmatch remembers
_LONGEST = 300
LINKS_EXAMPLE = 'Write [links], then allow = ["*.corp.example", "https://shop.example.com/cart/*"].'


def read_allowed(table: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """Patterns of hosts and addresses."""
    patterns = read_texts(table, "links.allow", LINKS_EXAMPLE, path)
    if len(patterns) > _MOST or any(not 0 < len(item.strip()) <= _LONGEST for item in patterns):
        hint = f"Name up to {_MOST} patterns, of up to {_LONGEST} characters."
        raise wrong(path, "links.allow", "must be patterns of addresses", hint)
    return tuple(item.strip() for item in patterns)
