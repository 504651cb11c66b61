"""What is kept of customers, where, and for how long: each command sees that it is no longer."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from cannery.util.atomic import PREFIX

VALUES, USAGE, CAPTURED = "values.json", "usage.json", "captured.md"
SENT, FEEDBACK = "sent.jsonl", "feedback.jsonl"
SEARCHES, ASKED, GAPS = "searches.jsonl", "asked.jsonl", "gaps.jsonl"
TICKET_TEXTS, TEAM_QUESTIONS = "ticket_texts.jsonl", "team_questions.jsonl"
LINES = (TICKET_TEXTS, TEAM_QUESTIONS, SENT, FEEDBACK, SEARCHES, ASKED, GAPS)
_DATED = (VALUES, USAGE)  # each row has its time
_WHOLE = (CAPTURED, "*.unreadable-*")  # the file's own time counts
_LOGS = ("bug-*.log",)
_MARK = "tidied"
_DAY = 86_400


def tidy(state: Path, cache: Path, content: Path, logs: Path, days: tuple[int, int]) -> None:
    """Take away leftovers; and once a day, or with other settings, what has been kept too long.

    `state` is this knowledge base's, beside those of others; from `content`, the user's own, only
    what is surely `kb`'s is taken. `days` are the user's, and those for this knowledge base.
    """
    for folder in (state, cache, content):
        if _has_drafts(folder):
            from cannery.util.sweep import drafts  # as good as never

            drafts((folder,), ours=folder != content)
    mark, settings = state / _MARK, f"{days[0]} {days[1]}"
    try:
        if 0 <= time.time() - mark.stat().st_mtime < _DAY and mark.read_text() == settings:
            return
    except (OSError, ValueError):
        if not state.is_dir():
            return
    with contextlib.suppress(OSError):
        from cannery.util.trust import distrust

        if not distrust(str(state)):
            _daily(state, cache, logs, days)
            mark.write_text(settings)


def _has_drafts(folder: Path) -> bool:
    try:
        return any(name.startswith(PREFIX) for name in os.listdir(folder))  # noqa: PTH208 - quick
    except OSError:
        return False


def _daily(state: Path, cache: Path, logs: Path, days: tuple[int, int]) -> None:
    from tempfile import gettempdir

    from cannery.util import dated_lines
    from cannery.util.dated import prune
    from cannery.util.sweep import drafts, expired, scratch, unfinished

    scratch(Path(gettempdir()))
    unfinished(cache)
    expired(logs, days[0], _LOGS)
    for folder in state.parent.iterdir():
        if folder.is_dir() and not folder.is_symlink():
            limit = days[folder == state]
            drafts((folder,))
            expired(folder, limit, _WHOLE)
            for name in _DATED:
                with contextlib.suppress(OSError):
                    prune(folder / name, limit)
            for name in LINES:
                with contextlib.suppress(OSError):
                    dated_lines.prune(folder / name, limit)
