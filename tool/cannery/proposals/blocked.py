"""What comes where a file of the user's is in the way: they have a file, the team a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from cannery.git.branch import GONE, Change
from cannery.git.versions import Form, Tree, version_at
from cannery.proposals.incoming import CONFLICT, NO_FILE, FileMerge, FileOutcome


def without_blocked(tree: Tree, merges: Sequence[FileMerge]) -> list[FileMerge]:
    """The merges without those below a file that stays, which is one conflict in their place."""
    blocking = _blocking(tree, merges)
    if not blocking:
        return [*merges]
    own = (
        FileMerge(Change(path, GONE, ""), _conflict(path), is_edited=True, stays=True)
        for path in sorted(blocking)
    )
    left = (
        item
        for item in merges
        if item.change.path not in blocking
        and (item.change.mode == GONE or blocking.isdisjoint(_above(item.change.path)))
    )
    return [*left, *own]


def _conflict(path: str) -> FileOutcome:
    return FileOutcome(path, CONFLICT, (NO_FILE,))


def _blocking(tree: Tree, merges: Sequence[FileMerge]) -> frozenset[str]:
    """The plain files that stay where the team has a folder with something new."""
    folders = {
        folder for item in merges if item.change.mode != GONE for folder in _above(item.change.path)
    }
    going = {path for item in merges for path in _going(item)}
    return frozenset(path for path in folders - going if _is_file(tree, path))


def _is_file(tree: Tree, path: str) -> bool:
    now = version_at(tree, path)
    return now is not None and now.form is Form.FILE


def _going(item: FileMerge) -> Iterator[str]:
    """The files that a merge takes away."""
    if item.origin:
        yield item.origin
    elif item.change.mode == GONE and not item.stays and item.merged is None:
        yield item.change.path


def _above(path: str) -> Iterator[str]:
    return (folder.as_posix() for folder in PurePosixPath(path).parents[:-1])
