"""Tags and shortcuts for shell completion, in a file beside the index: opening that is too slow."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cannery.search.manifest import index_folder
from cannery.util.state import load, store, text

_FILE = "words.json"
_MAX_BYTES = 4_000_000


def store_completions(folder: Path, tags: Sequence[str], shortcuts: Sequence[str]) -> None:
    """Write them into the index's folder; on a full disk, the earlier ones stay."""
    with contextlib.suppress(OSError):
        store(folder / _FILE, [tags, shortcuts])


def completions(cache: Path) -> tuple[list[str], list[str]] | None:
    """Tags and shortcuts as of the last search, folded; None before the first search."""
    none: tuple[list[str], list[str]] | None = None
    try:
        return load(index_folder(cache) / _FILE, _words, none, limit=_MAX_BYTES)
    except OSError:
        return none


def _words(data: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401 - what a file may hold
    tags, shortcuts = data
    return [text(tag) for tag in tags], [text(shortcut) for shortcut in shortcuts]
