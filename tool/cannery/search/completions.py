"""The tags and shortcuts that the index knows, in a file that is read in a millisecond."""

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
    with contextlib.suppress(OSError):  # a full disk: shells complete the words of before
        store(folder / _FILE, [tags, shortcuts])


def completions(cache: Path) -> tuple[list[str], list[str]] | None:
    """Tags and shortcuts as of the last search; None before the first one."""
    none: tuple[list[str], list[str]] | None = None
    try:
        return load(index_folder(cache) / _FILE, _words, none, limit=_MAX_BYTES)
    except OSError:
        return none


def _words(data: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401 - what a file may hold
    tags, shortcuts = data
    return [text(tag) for tag in tags], [text(shortcut) for shortcut in shortcuts]
