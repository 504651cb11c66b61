"""Who has changed each file, and when last: one walk through the whole history."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cannery.git.failures import MissingObjectsError
from cannery.git.head import has_commit
from cannery.git.incomplete import oldest_commits, tell_shallow
from cannery.git.log_walk import commits, day_of, format_of, seconds
from cannery.git.repository import UnusableError
from cannery.git.run import git
from cannery.model.entry import FileHistory
from cannery.util import notices

_FIELDS = ("%H", "%ct", "%aN")  # %aN: as .mailmap has the name


def file_histories(folder: Path, paths: Iterable[str]) -> dict[str, FileHistory]:
    """What Git knows of the files, by path relative to the folder; nothing where there is no Git.

    Only of these files: nobody else's name comes back. Renames begin anew. Where the history is
    cut off, a file whose last change is not known for sure is left out, and where Git can't be used
    all are: a notice says so.
    """
    wanted = set(paths)
    options = ("--name-only", "-z", "--no-renames", "--relative", "--no-merges")
    try:
        if not wanted or not has_commit(folder):
            return {}
        log = git(folder, "log", format_of(*_FIELDS), *options, "--", ".")
    except (MissingObjectsError, UnusableError) as error:
        notices.add(f"What Git knows of the pages is left out: {error.message}. {error.hint}")
        return {}
    days: dict[str, int] = {}
    first: dict[str, int] = {}
    people: dict[str, dict[str, None]] = {}
    unknown: set[str] = set()
    oldest = oldest_commits(folder)
    for (commit, time, name), changed in commits(log, len(_FIELDS)):
        known = wanted.intersection(changed) - unknown
        if commit in oldest:
            unknown |= known - days.keys()
            continue
        for path in known:
            first[path] = seconds(time)
            days.setdefault(path, first[path])
            people.setdefault(path, {}).setdefault(name)
    if unknown:
        tell_shallow("Last changes that are not known are left out.")
    return {
        path: FileHistory(day_of(when), tuple(people[path]), day_of(first[path]))
        for path, when in days.items()
    }
