"""Who has changed each file, and when last: one walk through the whole history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cannery.contribute.command import attempt, git
from cannery.model import Lineage

_FORMAT = "--format=%x01%ct%x02%aN"  # %aN: as .mailmap has the name


def lineages(folder: Path, paths: Iterable[str]) -> dict[str, Lineage]:
    """What Git knows of the files, by path relative to the folder; nothing where there is no Git.

    Only of these files: nobody else's name comes back. Renames begin anew.
    """
    wanted = set(paths)
    if not wanted or attempt(folder, "rev-parse", "--verify", "-q", "HEAD")[0]:
        return {}
    options = ("--name-only", "-z", "--no-renames", "--relative", "--no-merges")
    log = git(folder, "log", _FORMAT, *options, "--", ".")
    days: dict[str, int] = {}
    people: dict[str, dict[str, None]] = {}
    time, name = 0, ""
    for piece in log.split("\0"):
        text = piece.lstrip("\n")
        if text.startswith("\x01"):
            stamp, _, name = text[1:].partition("\x02")
            time = int(stamp)
        elif text in wanted:
            days.setdefault(text, time)
            people.setdefault(text, {}).setdefault(name)
    return {
        path: Lineage(datetime.fromtimestamp(when, UTC).date(), tuple(people[path]))
        for path, when in days.items()
    }
