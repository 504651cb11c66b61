"""What the main line of a history did to files, and who changed them: each in one walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.git.head import has_commit
from cannery.git.log_walk import commits, format_of, plausible, seconds
from cannery.git.run import git
from cannery.model.file_change import FileChange

_RENAMES = ("--find-renames", "-l1000")
_RAW = ("-z", "--raw", "--no-abbrev", "--relative", *_RENAMES)
_FILES = ("100644", "100755")


class Step(NamedTuple):
    """What a commit changed, at a time in seconds. `author` is as .mailmap has the name."""

    time: int
    author: str
    changes: Sequence[FileChange]


def main_line(folder: Path) -> list[Step]:
    """What each commit of the main line brought, the oldest first: a merge brings its branch.

    Times never fall: they are when a change came to the line. Empty without a commit. Raises
    GitError.
    """
    steps: list[Step] = []
    latest = 0
    for step in _walk(folder, "--first-parent", "-m"):
        latest = max(latest, step.time)
        steps.append(step._replace(time=latest))
    return steps


def all_changes(folder: Path) -> list[Step]:
    """What each commit of all branches that were merged changed, merges apart, by time."""
    return sorted(_walk(folder, "--no-merges"), key=lambda step: step.time)


def _walk(folder: Path, *options: str) -> Iterator[Step]:
    if not has_commit(folder):
        return
    fields = ("%ct", "%aN")
    log = git(folder, "log", "--reverse", *options, format_of(*fields), *_RAW, "--", ".")
    for (time, author), pieces in commits(log, len(fields)):
        yield Step(plausible(seconds(time)), author, [*_changes(pieces)])


def _changes(pieces: Sequence[str]) -> Iterator[FileChange]:
    """Each `:MODE MODE ID ID STATUS`, and the one or two paths behind it."""
    left = iter(pieces)
    for about in left:
        _, mode, _, blob, status = about.removeprefix("\n").removeprefix(":").split(" ")
        path = next(left)
        was, path = (path, next(left)) if status.startswith("R") else ("", path)
        is_file = mode in _FILES and blob.strip("0")
        yield FileChange(path, blob if is_file else "", was)
