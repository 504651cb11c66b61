"""Whether there is a commit to look at, and what a HEAD without one means."""

from __future__ import annotations

from pathlib import Path

from cannery.git.run import attempt


def has_commit(folder: Path) -> bool:
    """Whether the current branch has a commit; not so in no repository, and in a new one.

    Raises UnusableError for a branch that is damaged: to most of Git's commands it is as a new one.
    """
    status, _, _ = attempt(folder, "rev-parse", "--verify", "-q", "HEAD^{commit}")
    if status:
        refuse_damaged(folder)
    return not status


def refuse_damaged(folder: Path) -> None:
    """Raises UnusableError where HEAD leads to no commit, and is not that of a new branch."""
    attempt(folder, "log", "-1", "--format=%H")  # the command that tells one from the other
