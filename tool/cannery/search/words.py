"""The tags and shortcuts that the index knows, in a file that is read in a millisecond."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from cannery.search.ledger import index_folder

_FILE = "words.json"


def keep(folder: Path, tags: Sequence[str], shortcuts: Sequence[str]) -> None:
    fresh = folder / f"{_FILE}.{os.getpid()}.tmp"
    try:
        fresh.write_text(json.dumps([tags, shortcuts], ensure_ascii=False), "utf-8")
        fresh.replace(folder / _FILE)
    except OSError:  # a full disk: shells complete the words of before
        fresh.unlink(missing_ok=True)


def words(cache: Path) -> tuple[list[str], list[str]] | None:
    """Tags and shortcuts as of the last search; None before the first one."""
    try:
        tags, shortcuts = json.loads((index_folder(cache) / _FILE).read_bytes())
        return [str(tag) for tag in tags], [str(shortcut) for shortcut in shortcuts]
    except (OSError, ValueError, TypeError):
        return None
