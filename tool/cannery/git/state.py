"""A folder and its repository: whether there is one, how it stands, what changed in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cannery.git.default_branch import configured_branch
from cannery.git.head import refuse_damaged
from cannery.git.incomplete import SHALLOW, oldest_commits
from cannery.git.locate import locate, located, unwritable
from cannery.git.refusals import locked
from cannery.git.repository import GitError, UnusableError
from cannery.git.run import attempt, git, git_bytes
from cannery.git.view import as_user


@dataclass(frozen=True, slots=True)
class GitState:
    """`branch` is empty for a detached head; `remote` is empty where there is none."""

    version: str
    branch: str
    dirty: bool
    remote: str


def start(folder: Path) -> bool:
    """Make the folder a repository unless it is in one; whether it was made."""
    if locate(folder) is not None:
        return False
    git(folder, "init", "-q", *([] if configured_branch(folder) else ["--initial-branch=main"]))
    return True


def state(folder: Path) -> GitState | None:
    """How the repository stands; None where the folder is in none."""
    if locate(folder) is None:
        return None
    version = git(folder, "version").removeprefix("git version ").split(" ")[0]
    refuse_damaged(folder)
    status, head, _ = attempt(folder, "symbolic-ref", "-q", "--short", "HEAD")
    branch = "" if status else os.fsdecode(head).strip()
    remote = next(iter(git(folder, "remote").splitlines()), "")
    return GitState(version, branch, bool(git(folder, "status", "--porcelain")), remote)


def refusal_to_write(folder: Path) -> GitError | None:
    """Why commands that write, which use the clone's own settings, can't do so; None if they can.

    Raises UnusableError where not even reading is possible.
    """
    at = located(folder)
    for path in (at.own, at.common / "objects", at.common / "refs"):
        if not os.access(path, os.W_OK):
            return unwritable(path)
    lock = at.own / "index.lock"
    if lock.exists():
        return UnusableError(*locked(lock))
    try:
        with as_user():
            git(folder, "rev-parse", "--show-toplevel")
    except GitError as error:
        return error
    return None


def changed_since(folder: Path, revision: str) -> list[str]:
    """The files below the folder that differ from a revision, committed or not, and new ones.

    Paths are relative to the folder, with `/`. Raises GitError.
    """
    located(folder)
    status, base, _ = attempt(folder, "merge-base", "--end-of-options", revision, "HEAD")
    if status:
        refuse_damaged(folder)
        hint = SHALLOW if oldest_commits(folder) else "Give a branch, a tag or a commit."
        raise GitError(f"no history in common with {revision}", hint)
    options = ("--name-only", "-z", "--relative", "--no-renames")
    changed = git_bytes(folder, "diff", *options, base.decode().strip())
    new = git_bytes(folder, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted({os.fsdecode(path) for path in (changed + b"\0" + new).split(b"\0") if path})


class FileState(NamedTuple):
    """How a file differs: in the index from HEAD, in the working tree from the index."""

    is_staged: bool
    is_edited: bool

    @property
    def is_half_staged(self) -> bool:
        """Whether it is staged in another state than it has."""
        return self.is_staged and self.is_edited


def worktree_status(top: Path) -> dict[str, FileState]:
    """What the user has changed or added, staged or not, ignored or not, by path from the top."""
    options = ("--porcelain=v2", "-z", "--no-renames", "--untracked-files=all", "--ignored")
    states: dict[str, FileState] = {}
    for record in git(top, "status", *options).split("\0"):
        kind, _, rest = record.partition(" ")
        if kind in ("?", "!"):
            states[rest] = FileState(is_staged=False, is_edited=True)
        elif kind in _FIELDS_BEFORE_PATH:
            codes, *_, path = rest.split(" ", _FIELDS_BEFORE_PATH[kind])
            states[path] = FileState(codes[0] != ".", codes[1] != ".")
    return states


_FIELDS_BEFORE_PATH = {"1": 7, "u": 9}  # see git-status(1), Porcelain Format Version 2
