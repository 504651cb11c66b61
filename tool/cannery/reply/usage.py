"""What this user has used, how often and how lately: frecency.

Each use counts one, and half as much after two weeks (an exponential decay, so one number and one
time an entry say it all).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from cannery.util import dated, trust
from cannery.util.state import text
from cannery.util.tidy import USAGE
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


def uses(workspace: Workspace, now: float) -> dict[str, Use]:
    """The uses by entry id; empty if the file is missing or corrupt."""
    try:
        rows = dated.load(_file(workspace), dated.Keeping(workspace.memory_days, now), _use)
    except OSError:
        return {}  # a convenience: without it all entries are equal again
    return {id_: _use(row) for id_, row in rows.items()}


def _use(row: list[Any]) -> Use:
    weight, time, title, language = row
    if not isfinite(weight):
        raise ValueError("no weight")
    return Use(float(weight), float(time), text(title), text(language))


def ranked(workspace: Workspace, now: float) -> list[tuple[str, Use]]:
    """The uses, most frecent first."""
    return sorted(uses(workspace, now).items(), key=lambda item: -item[1].at(now))


def weights(workspace: Workspace, now: float) -> dict[str, float]:
    """How much each entry is used, from 0 to 1, by id."""
    return {id_: min(use.at(now) / _FULL, 1.0) for id_, use in uses(workspace, now).items()}


def record(workspace: Workspace, used: Iterable[tuple[str, str, str]], now: float) -> None:
    """Count a use of each (id, title, language). Raises OSError where there is no place for it."""
    if not workspace.memory_days:
        return

    def counted(rows: dated.Rows) -> dict[str, list[Any]]:
        by_id = {id_: _use(row) for id_, row in rows.items()}
        for id_, title, language in used:
            before = by_id[id_].at(now) if id_ in by_id else 0.0
            by_id[id_] = Use(before + 1, now, title, language)
        best = sorted(by_id.items(), key=lambda item: -item[1].at(now))[:_KEPT]
        return {id_: [*use] for id_, use in best}

    trust.make(workspace.state)
    dated.change(_file(workspace), dated.Keeping(workspace.memory_days, now), _use, counted)


def _file(workspace: Workspace) -> Path:
    trust.refuse(workspace.state)
    return workspace.state / USAGE
