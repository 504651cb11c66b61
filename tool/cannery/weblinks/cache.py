"""Verdicts of before: what works is asked again after a week, what doesn't much sooner."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import time
from typing import Any

from cannery.content.cachefile import load, store
from cannery.model.web_link import LinkState, Verdict
from cannery.util.state import text

_FILE = "links.json"
_FORMAT = 1
_HOUR = 3600
_DAY = 24 * _HOUR
_AGES: Mapping[LinkState, int] = {
    LinkState.WORKS: 7 * _DAY,
    LinkState.MOVED: 7 * _DAY,
    LinkState.GUARDED: _DAY,
    LinkState.DEAD: _DAY,
    LinkState.DOUBTFUL: _DAY,
    LinkState.UNCLEAR: _HOUR,
    LinkState.UNTRUSTED: _HOUR,
    LinkState.MUTE: _HOUR,
    LinkState.NO_HOST: _HOUR,
}
_MOST = 100_000

Row = tuple[Verdict, int]  # with the second in which it was found


def load_verdicts(cache: Path) -> dict[str, Row]:
    """The verdicts that still hold, by address."""
    now = int(time())
    return {
        address: (verdict, when)
        for address, (verdict, when) in last_verdicts(cache).items()
        if 0 <= now - when < _AGES.get(verdict.state, 0)
    }


def last_verdicts(cache: Path) -> dict[str, Row]:
    """The verdicts of the last look, by address, however long ago it was."""
    nothing: dict[str, Row] = {}
    return load(cache / _FILE, _FORMAT, _sound, nothing)


def store_verdicts(cache: Path, rows: Mapping[str, Row]) -> None:
    """Keep the newest ones. If that fails, they are asked for again."""
    lasting = ((address, row) for address, row in rows.items() if row[0].state in _AGES)
    newest = sorted(lasting, key=lambda item: item[1][1])[-_MOST:]
    store(
        cache / _FILE, _FORMAT, {address: [*verdict, when] for address, (verdict, when) in newest}
    )


def _sound(data: Any) -> dict[str, Row]:  # noqa: ANN401 - what a file may hold
    """The rows of a file; raises as `state.load` says."""
    return {
        text(address): (Verdict(LinkState(state), text(reason), text(moved)), int(when))
        for address, (state, reason, moved, when) in data.items()
    }
