"""Plain values kept in a file of the user's cache, all at once: a loss costs only time.

They are JSON: another form may be read faster, and one that others have written might do more than
make values.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from cannery.util import state, trust

_T = TypeVar("_T")
_MAX_BYTES = 512_000_000  # of 100,000 entries


def load(path: Path, form: int, shape: Callable[[Any], _T], default: _T) -> _T:
    """What was stored in this form; `default` where there is nothing to be had.

    `shape` makes of the JSON what was stored, and raises as `state.load` says.
    """

    def inner(data: Any) -> _T:  # noqa: ANN401 - what a file may hold
        written, value = data
        return shape(value) if written == _version(form) else default

    try:
        trust.refuse(path.parent)
        return state.load(path, inner, default, limit=_MAX_BYTES)
    except OSError:
        return default


def store(path: Path, form: int, value: object) -> None:
    """Keep what JSON can. Without a place to write, it is made again."""
    with contextlib.suppress(OSError):
        trust.make(path.parent)
        state.store(path, [_version(form), value])


def _version(form: int) -> str:
    """Another Python may make others of the same: its tables of letters are newer."""
    return f"{form} {sys.version}"
