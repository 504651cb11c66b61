"""[insight.sla.NAME] of kb.toml: what is promised to whom. Raises SettingsError."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from cannery.model.business_calendar import ALWAYS, BUSINESS, SlaPolicy, Target
from cannery.model.ticket_event import PAUSES
from cannery.settings_file import read_text, read_texts, wrong
from cannery.settings_named import named_table, names_below
from cannery.settings_where import read_where, refuse_unknown

_EXAMPLE = 'Write [insight.sla.gold], then first_reply = "4h".'
_TARGETS = ("first_reply", "next_reply", "resolution")
_KEYS = (*_TARGETS, "calendar", "pauses", "where")
_KIND = "sla"
_DURATION = re.compile(r"([1-9]\d{0,3}) ?(min|[mhd])", re.ASCII)
_PAUSES = PAUSES | {"other"}  # what a desk calls otherwise


def policy_names(insight: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """The names below [insight.sla], each of which is read by itself."""
    return names_below(insight, _KIND, _EXAMPLE, path)


def read_policy(
    insight: Mapping[str, Any], name: str, calendars: Collection[str], path: Path
) -> SlaPolicy:
    """One of them. `calendars` are those that there are, by name."""
    key, table = f"insight.{_KIND}.{name}", named_table(insight, (_KIND, name), _EXAMPLE, path)
    refuse_unknown(table, _KEYS, key, path)
    if not table.keys() & set(_TARGETS):
        raise wrong(path, key, "promises nothing", _EXAMPLE)
    first_reply, next_reply, resolution = (_target(table, key, at, path) for at in _TARGETS)
    return SlaPolicy(
        name,
        first_reply,
        next_reply,
        resolution,
        _calendar(table, key, calendars, path),
        _pauses(table, key, path),
        read_where(table, key, path),
    )


def _target(table: Mapping[str, Any], key: str, name: str, path: Path) -> Target | None:
    if name not in table:
        return None
    at = f"{key}.{name}"
    match = _DURATION.fullmatch(read_text({at: table[name]}, at, "", path).strip())
    if not match:
        reason = "must be a time such as 30m, 4h or 3d"
        raise wrong(path, at, reason, f'Write {name} = "4h".')
    return Target(int(match[1]), match[2][0])


def _calendar(table: Mapping[str, Any], key: str, calendars: Collection[str], path: Path) -> str:
    at = f"{key}.calendar"
    value = read_text({at: table.get("calendar", BUSINESS)}, at, "", path)
    if value == BUSINESS and BUSINESS not in calendars:
        hint = 'Write hours = "mon-fri 09:00-18:00" below [insight], or calendar = "24x7" here.'
        raise wrong(path, at, "is business, and [insight] has no hours", hint)
    if value not in {ALWAYS, *calendars}:
        hint = f"Calendars: {', '.join([*sorted(calendars), ALWAYS])}."
        raise wrong(path, at, f"is {value!r:.40}, which is not a calendar", hint)
    return value


def _pauses(table: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...] | None:
    if "pauses" not in table:
        return None
    texts = read_texts(table, f"{key}.pauses", 'Write pauses = ["pending"].', path)
    if not _PAUSES.issuperset(texts):
        hint = f"Use {', '.join(sorted(_PAUSES))}."
        raise wrong(path, f"{key}.pauses", "has a status that no ticket waits in", hint)
    return tuple(texts)
