"""Which file has become which, by git's own rename detection."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cannery.git.branch import Change, index_lines
from cannery.git.run import git

_USUAL = "100644"
_OPTIONS = ("-r", "-z", "--find-renames", "-l1000", "--diff-filter=R", "--name-status")


def renames(top: Path, old: str, new: str) -> dict[str, str]:
    """The new path of each file that was renamed between two commits or trees, by its old path."""
    fields = git(top, "diff-tree", *_OPTIONS, old, new).split("\0")
    return dict(zip(fields[1::3], fields[2::3], strict=False))


def renames_among(
    top: Path, gone: Mapping[str, str], new: Mapping[str, str], index: Path
) -> dict[str, str]:
    """The same of files by the ids of their contents; `index` is a file for git's use."""
    if not (gone and new):
        return {}
    return renames(top, *(_tree(top, files, index) for files in (gone, new)))


def _tree(top: Path, files: Mapping[str, str], index: Path) -> str:
    """A tree of these files alone."""
    environment = {"GIT_INDEX_FILE": str(index)}
    lines = index_lines([Change(path, _USUAL, name) for path, name in files.items()])
    try:
        update = ("update-index", "--add", "-z", "--index-info")
        git(top, *update, given=lines, environment=environment)
        return git(top, "write-tree", environment=environment)
    finally:
        index.unlink(missing_ok=True)
