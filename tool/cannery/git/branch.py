"""Tell the index and the branch where the files are now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.git.run import attempt, git

GONE, LINK, MODULE, PROGRAM = "000000", "120000", "160000", "100755"


class Change(NamedTuple):
    """A path in a commit, from the top of the tree; its mode is 000000 if the commit deletes it."""

    path: str
    mode: str
    name: str

    @property
    def is_module(self) -> bool:
        """Whether it is a submodule, which is its owner's to update."""
        return self.mode == MODULE


def changes(top: Path, old: str, new: str) -> list[Change]:
    """What differs between two commits, as the new one has it."""
    raw = git(top, "diff-tree", "-r", "-z", "--no-renames", old, new).split("\0")
    listed = []
    for meta, path in zip(raw[::2], raw[1::2], strict=False):
        _, mode, _, name, _ = meta.split(" ")
        listed.append(Change(path, mode, name))
    return listed


def index_lines(changes_: Sequence[Change]) -> bytes:
    """The changes as `git update-index --index-info` takes them."""
    lines = "".join(f"{item.mode} {item.name}\t{item.path}\0" for item in changes_)
    return lines.encode("utf-8", "surrogateescape")


def is_at(top: Path, heads: tuple[str, str]) -> bool:
    """Whether the branch is at one of both commits; true if the operation moves no branch."""
    return not heads[1] or git(top, "rev-parse", "HEAD") in heads


def move(top: Path, heads: tuple[str, str], words: str) -> None:
    """Move the branch from the one to the other, and the index with it.

    What else is staged stays staged. What is done already is not done again. Raises GitError.
    """
    before, after = heads
    if not after:
        return
    given = index_lines(changes(top, before, after))
    git(top, "update-index", "--add", "-z", "--index-info", given=given)
    if git(top, "rev-parse", "HEAD") != after:
        git(top, "update-ref", "-m", words, "HEAD", after, before)
    attempt(top, "update-index", "-q", "--refresh")
