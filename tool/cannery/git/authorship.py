"""Who has changed each file, and when last: one walk through the whole history."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cannery.git.log_walk import commits, day_of, format_of, seconds
from cannery.git.run import attempt, git
from cannery.model.entry import FileHistory

_FIELDS = ("%ct", "%aN")  # %aN: as .mailmap has the name


def file_histories(folder: Path, paths: Iterable[str]) -> dict[str, FileHistory]:
    """What Git knows of the files, by path relative to the folder; nothing where there is no Git.

    Only of these files: nobody else's name comes back. Renames begin anew.
    """
    wanted = set(paths)
    if not wanted or attempt(folder, "rev-parse", "--verify", "-q", "HEAD")[0]:
        return {}
    options = ("--name-only", "-z", "--no-renames", "--relative", "--no-merges")
    log = git(folder, "log", format_of(*_FIELDS), *options, "--", ".")
    days: dict[str, int] = {}
    people: dict[str, dict[str, None]] = {}
    for (time, name), changed in commits(log, len(_FIELDS)):
        for path in wanted.intersection(changed):
            days.setdefault(path, seconds(time))
            people.setdefault(path, {}).setdefault(name)
    return {path: FileHistory(day_of(when), tuple(people[path])) for path, when in days.items()}
