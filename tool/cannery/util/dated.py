"""Rows of a user's own that are kept for so many days: JSON, in which each has its time.

A file is an object of lists, whose second item is the time in seconds that the row was written.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cannery.util import state
from cannery.util.atomic import locked

DAY = 86_400
_MAX_BYTES = 16_000_000
Rows = dict[str, list[Any]]
_Sound = Callable[[list[Any]], object]
_NONE: Rows = {}


class Keeping(NamedTuple):
    """How long rows are kept, at a time in seconds; a day is over after 24 hours."""

    days: int
    now: float

    def holds(self, row: list[Any]) -> bool:
        """Whether a row is not too old. Of a clock that was wrong, nothing is kept for longer."""
        return bool(-DAY <= self.now - row[1] < self.days * DAY)


def load(path: Path, keeping: Keeping, sound: _Sound) -> Rows:
    """The rows that are kept yet. `sound` raises as `state.load` says for one that is none."""
    return {name: row for name, row in _all(path, sound).items() if keeping.holds(row)}


def change(
    path: Path, keeping: Keeping, sound: _Sound, act: Callable[[Rows], Mapping[str, list[Any]]]
) -> None:
    """Replace the rows by what `act` makes of them; rows that are too old are dropped.

    Raises OSError where there is no place for them.
    """
    with locked(path):
        _put(path, act(load(path, keeping, sound)))


def prune(path: Path, days: int) -> None:
    """Delete the rows that are too old. Raises OSError."""
    if not path.exists():
        return
    keeping = Keeping(days, time.time())
    with locked(path):
        rows = _all(path, float_of)
        lasting = {name: row for name, row in rows.items() if keeping.holds(row)}
        if len(lasting) < len(rows):
            _put(path, lasting)


def float_of(row: list[Any]) -> float:
    """When a row was written."""
    return float(row[1])


def _put(path: Path, rows: Mapping[str, list[Any]]) -> None:
    if rows:
        state.store(path, rows)
    else:
        path.unlink(missing_ok=True)


def _all(path: Path, sound: _Sound) -> Rows:
    def shape(data: Any) -> Rows:  # noqa: ANN401 - what a file may hold
        rows = {state.text(name): _row(row, path) for name, row in data.items()}
        for row in rows.values():
            float_of(row)
            sound(row)
        return rows

    return state.load(path, shape, _NONE, limit=_MAX_BYTES)


def _row(row: Any, path: Path) -> list[Any]:  # noqa: ANN401 - likewise
    """A row; of a bare text, as earlier versions kept it, the file's own time counts."""
    return [row, path.lstat().st_mtime] if isinstance(row, str) else row
