"""[front_matter] of kb.toml, and whom articles are for by default. Each raises SettingsError."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cannery.settings_file import wrong

_MAX_KEYS = 500
_MAX_NAME = 100
_MAX_DEPTH = 5
_AUDIENCES = ("internal", "public")
_NAMES = 'Write [front_matter.names], then permalink = "redirect_from".'
OWN_EXAMPLE = 'Write [front_matter], then own = ["sidebar_position"].'


def read_own(table: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """The keys that are the team's own."""
    own = table.get("own", [])
    if not isinstance(own, list) or not all(isinstance(item, str) for item in own):
        raise wrong(path, "front_matter.own", "must be a list of texts", OWN_EXAMPLE)
    if len(own) > _MAX_KEYS or any(not 0 < len(item) <= _MAX_NAME for item in own):
        hint = f"Name up to {_MAX_KEYS} keys, of up to {_MAX_NAME} characters."
        raise wrong(path, "front_matter.own", "must be names of keys", hint)
    return tuple(dict.fromkeys(own))


def read_names(table: Mapping[str, Any], path: Path) -> dict[str, str]:
    """Our keys, by those that are read as one."""
    written = table.get("names", {})
    names = dict(_flat(written, "", path)) if isinstance(written, dict) else {"": ""}
    if len(names) > _MAX_KEYS or any(not 0 < len(name) <= _MAX_NAME for name in names):
        raise wrong(path, "front_matter.names", "must be a table of keys", _NAMES)
    return names


def _flat(table: Mapping[str, Any], above: str, path: Path) -> Iterator[tuple[str, str]]:
    """The names of a table, dotted where TOML has made tables of a name without quotes."""
    for name, key in table.items():
        if isinstance(key, dict) and above.count(".") < _MAX_DEPTH:
            yield from _flat(key, f"{above}{name}.", path)
        elif isinstance(key, str) and key.strip():
            yield f"{above}{name}".strip(), key.strip()
        else:
            raise wrong(path, "front_matter.names", "must be a table of texts", _NAMES)


def read_public(content: Mapping[str, Any], path: Path) -> bool:
    """Whether articles are public that don't say whom they are for."""
    hint = 'Write [content], then audience = "public".'
    audience = content.get("audience", "internal")
    if audience not in _AUDIENCES:
        raise wrong(path, "content.audience", "must be internal or public", hint)
    return str(audience) == "public"
