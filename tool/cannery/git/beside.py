"""A working tree of its own beside the user's, for a commit of somebody else's.

Git runs hooks and filters when it checks files out, and some settings name those that the commit
itself brings. So Git makes the tree without files and fills its index, and then files are written
as they are in the store.
"""

from __future__ import annotations

from pathlib import Path

from cannery.git.export import tree_files, write_files
from cannery.git.pins import STILL, pinned
from cannery.git.repository import GitError
from cannery.git.run import git


def main_tree(folder: Path) -> Path:
    """The top of the repository's first working tree, from which others are named."""
    listed = git(folder, "worktree", "list", "--porcelain")
    return Path(listed.split("\n", 1)[0].removeprefix("worktree "))


def trees(folder: Path) -> dict[Path, str]:
    """The commit of each working tree of the repository, by its folder."""
    found: dict[Path, str] = {}
    for record in git(folder, "worktree", "list", "--porcelain").split("\n\n"):
        facts = dict(line.partition(" ")[::2] for line in record.split("\n"))
        if "worktree" in facts:
            found[Path(facts["worktree"])] = facts.get("HEAD", "")
    return found


def add_tree(folder: Path, commit: str, target: Path) -> None:
    """Make a working tree for a commit. Raises GitError, and leaves nothing behind then."""
    if target.exists():
        raise GitError(f"{target} already exists", "Remove it, or move it away.")
    files = tree_files(folder, commit)
    _git(folder, "worktree", "add", "-q", "--no-checkout", "--detach", str(target), commit)
    try:
        _git(target, "read-tree", commit)
        if skipped := [item.path for item in files if not item.is_regular]:
            # Links may lead anywhere: they are not made, and Git does not miss them.
            names = "".join(f"{path}\0" for path in skipped).encode("utf-8", "surrogateescape")
            _git(target, "update-index", "-z", "--skip-worktree", "--stdin", given=names)
        write_files(folder, files, target, longest=None)
    except BaseException:
        _git(folder, "worktree", "remove", "--force", str(target))
        raise


def edited_in(target: Path) -> bool:
    """Whether a working tree has something that its commit does not have."""
    return bool(git(target, "status", "--porcelain", "--untracked-files=all"))


def remove_tree(folder: Path, target: Path) -> None:
    """Remove a working tree with all that is in it."""
    _git(folder, "worktree", "remove", "--force", str(target))


def _git(folder: Path, *arguments: str, given: bytes = b"") -> str:
    return git(folder, *arguments, given=given, environment=_pins())


def _pins() -> dict[str, str]:
    return pinned({key: STILL[key] for key in ("core.fsmonitor", "core.hooksPath")})
