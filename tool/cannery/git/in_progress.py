"""What the user has begun with git and not finished: a merge, a rebase and their like."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cannery.git.locate import locate
from cannery.git.repository import GitError


class Unfinished(NamedTuple):
    """`name` is the git command that was begun, `command` the one that goes on with it."""

    name: str
    command: str

    @property
    def error(self) -> GitError:
        hint = f"Resolve what is in conflict, then run `{self.command}`."
        return GitError(f"a {self.name} is in progress", hint)


# What git keeps in its folder meanwhile. A rebase picks commits: it is looked for first.
_MARKS = (
    ("rebase-apply/applying", "am", "git am --continue"),
    ("rebase-apply", "rebase", "git rebase --continue"),
    ("rebase-merge", "rebase", "git rebase --continue"),
    ("CHERRY_PICK_HEAD", "cherry-pick", "git cherry-pick --continue"),
    ("REVERT_HEAD", "revert", "git revert --continue"),
    ("MERGE_HEAD", "merge", "git merge --continue"),
    ("BISECT_LOG", "bisect", "git bisect reset"),
)


def in_progress(folder: Path) -> Unfinished | None:
    """What is unfinished in the repository that a folder is in."""
    at = locate(folder)
    found = (row[1:] for row in _MARKS if at and (at.own / row[0]).exists())
    return next((Unfinished(name, command) for name, command in found), None)


def refuse_in_progress(folder: Path) -> None:
    """Raises GitError where something is unfinished: its files and its HEAD are half-way."""
    if unfinished := in_progress(folder):
        raise unfinished.error
