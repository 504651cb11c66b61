"""[check] of kb.toml: severities, what is allowed, for all files or some. Raises SettingsError."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cannery.model.path_rules import PathRules
from cannery.settings_file import read_texts, texts_in, wrong
from cannery.util.plain import is_name

_SEVERITIES = ("error", "warning")
_ALLOW = 'Write [check.allow], then heading = "the reason".'
_SEVERITY = 'Write [check.severity], then overdue = "error".'
_MOST_PATTERNS = 200
_LONGEST = 200  # characters of a pattern


def read_allow(check: Mapping[str, Any], path: Path) -> dict[str, str]:
    return texts_in(_for_all(check, "allow"), "check.allow", _ALLOW, path)


def read_severity(check: Mapping[str, Any], path: Path) -> dict[str, str]:
    return _severities(_for_all(check, "severity"), "check.severity", path)


def read_tags(check: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    return tuple(read_texts(check, "check.tags", 'Write tags = ["billing", "network"].', path))


def read_contacts(check: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """What the team itself is reached by."""
    return tuple(read_texts(check, "check.contacts", 'Write contacts = ["+1 212-555-0142"].', path))


def read_by_path(check: Mapping[str, Any], path: Path) -> tuple[PathRules, ...]:
    """The tables within those two, each for the files that its name matches, in their order."""
    severities = [
        PathRules(pattern, severity=_severities(table, f"check.severity.{pattern}", path))
        for pattern, table in _by_pattern(check, "severity", path)
    ]
    allowed = [
        PathRules(pattern, allow=texts_in(table, f"check.allow.{pattern}", _ALLOW, path))
        for pattern, table in _by_pattern(check, "allow", path)
    ]
    return (*severities, *allowed)


def _severities(table: object, name: str, path: Path) -> dict[str, str]:
    severity = texts_in(table, name, _SEVERITY, path)
    if any(value not in _SEVERITIES for value in severity.values()):
        raise wrong(path, name, "must be error or warning", _SEVERITY)
    return severity


def _for_all(check: Mapping[str, Any], key: str) -> object:
    """What a table says of all files: what is in it, but for the tables within."""
    table = check.get(key, {})
    if not isinstance(table, dict):
        return table
    return {name: value for name, value in table.items() if not isinstance(value, dict)}


def _by_pattern(check: Mapping[str, Any], key: str, path: Path) -> list[tuple[str, object]]:
    """The tables within a table, by the pattern that each is for."""
    table = check.get(key, {})
    items = table.items() if isinstance(table, dict) else ()
    found: list[tuple[str, object]] = [
        (str(name), value) for name, value in items if isinstance(value, dict)
    ]
    for name, _ in found:
        is_odd = not name.strip("!/") or name != name.strip() or not is_name(name)
        if is_odd or name.startswith("!") or ".." in name.split("/") or len(name) > _LONGEST:
            message = f"has {name!r:.60}, which is not a pattern of files"
            hint = f'Write [check.{key}."kb/articles/old/**"].'
            raise wrong(path, f"check.{key}", message, hint)
    if len(found) > _MOST_PATTERNS:
        hint = "Name folders."
        raise wrong(path, f"check.{key}", f"has more than {_MOST_PATTERNS} patterns", hint)
    return found
