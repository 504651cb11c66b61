"""What is kept of customers, where, and for how long: each command sees that it is no longer."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import NamedTuple

from cannery.util.sweep import drafts
from cannery.util.trust import distrust

VALUES, USAGE, CAPTURED = "values.json", "usage.json", "captured.md"
_DATED = (VALUES, USAGE)  # each row has its time
_WHOLE = (CAPTURED, "*.unreadable-*")  # the file's own time counts
_LOGS = ("bug-*.log",)
_MARK = "tidied"
_DAY = 86_400


class Places(NamedTuple):
    """Folders of the user's own: `state` is this knowledge base's, beside those of others."""

    state: Path
    cache: Path
    logs: Path
    content: Path  # the user's own, too: only what is surely kb's is taken away


def tidy(places: Places, user_days: int, days: int) -> None:
    """Take away leftovers; and once a day, or with other settings, what has been kept too long.

    `days` hold for this knowledge base, the user's own for all others.
    """
    drafts((places.state, places.cache))
    drafts((places.content,), ours=False)
    mark, settings = places.state / _MARK, f"{user_days} {days}"
    try:
        if 0 <= time.time() - mark.stat().st_mtime < _DAY and mark.read_text() == settings:
            return
    except (OSError, ValueError):
        if not places.state.is_dir():
            return
    with contextlib.suppress(OSError):
        if not distrust(str(places.state)):
            _daily(places, user_days, days)
            mark.write_text(settings)


def _daily(places: Places, user_days: int, days: int) -> None:
    from tempfile import gettempdir

    from cannery.util.dated import prune
    from cannery.util.sweep import expired, scratch, unfinished

    scratch(Path(gettempdir()))
    unfinished(places.cache)
    expired(places.logs, user_days, _LOGS)
    for folder in places.state.parent.iterdir():
        if folder.is_dir() and not folder.is_symlink():
            limit = days if folder == places.state else user_days
            drafts((folder,))
            expired(folder, limit, _WHOLE)
            for name in _DATED:
                with contextlib.suppress(OSError):
                    prune(folder / name, limit)
