"""What this user has used, how often and how lately: frecency.

Each use counts one, and half as much after two weeks (an exponential decay, so one number and one
time an entry say it all).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from cannery.reply.memory import write
from cannery.workspace import Workspace

_HALF_LIFE = 14 * 86_400.0  # seconds
_KEPT = 500  # entries
_FULL = 20.0  # uses, lately: more lift an entry no further


class Use(NamedTuple):
    """An entry that was used: what it was worth at `time` (seconds), and its title then."""

    weight: float
    time: float
    title: str
    language: str

    def at(self, now: float) -> float:
        return float(self.weight * 0.5 ** (max(now - self.time, 0.0) / _HALF_LIFE))


def uses(workspace: Workspace) -> dict[str, Use]:
    """What was used, by id; nothing where the file is missing or spoilt."""
    try:
        data = json.loads(_file(workspace).read_bytes())
        return {
            str(id_): Use(float(weight), float(time), str(title), str(language))
            for id_, (weight, time, title, language) in data.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}  # a convenience: without it all entries are equal again


def ranked(workspace: Workspace, now: float) -> list[tuple[str, Use]]:
    """What was used, what is used often and lately first."""
    return sorted(uses(workspace).items(), key=lambda item: -item[1].at(now))


def weights(workspace: Workspace, now: float) -> dict[str, float]:
    """How much each entry is used, by id, from 0 to 1."""
    return {id_: min(use.at(now) / _FULL, 1.0) for id_, use in uses(workspace).items()}


def record(workspace: Workspace, used: Iterable[tuple[str, str, str]], now: float) -> None:
    """Count a use of each (id, title, language). Raises OSError where there is no place for it."""
    known = uses(workspace)
    for id_, title, language in used:
        before = known[id_].at(now) if id_ in known else 0.0
        known[id_] = Use(before + 1, now, title, language)
    best = sorted(known.items(), key=lambda item: -item[1].at(now))[:_KEPT]
    write(_file(workspace), dict(best))


def _file(workspace: Workspace) -> Path:
    return workspace.state / "usage.json"
