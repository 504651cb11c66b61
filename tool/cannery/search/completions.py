"""Values of filters for shell completion, in a file beside the index: opening that is too slow."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cannery.search.manifest import index_folder
from cannery.util.state import load, store, text

# Of the filters of a search, those whose values only entries tell.
COMPLETED = ("owner", "section", "shortcut", "tag")
_FILE = "completions.json"
_MAX_BYTES = 4_000_000


def store_completions(folder: Path, values: Mapping[str, Sequence[str]]) -> None:
    """Write them into the index's folder; on a full disk, the earlier ones stay."""
    with contextlib.suppress(OSError):
        store(folder / _FILE, {name: [*values[name]] for name in COMPLETED})


def completions(cache: Path) -> dict[str, list[str]] | None:
    """The values of `COMPLETED` as of the last search, folded; None before the first search."""
    none: dict[str, list[str]] | None = None
    try:
        return load(index_folder(cache) / _FILE, _values, none, limit=_MAX_BYTES)
    except OSError:
        return none


def _values(data: Any) -> dict[str, list[str]]:  # noqa: ANN401 - what a file may hold
    return {name: [text(value) for value in data[name]] for name in COMPLETED}
