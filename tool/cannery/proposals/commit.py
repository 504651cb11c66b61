"""Make commits of the user's changes, without a touch on their checkout."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.git.clone import Checkout, open_local
from cannery.git.locate import usable
from cannery.git.repository import GitError
from cannery.git.run import attempt, git
from cannery.proposals.changes import ProposedFile
from cannery.util.atomic import replace
from cannery.util.process import is_alive

_TREES, _TREE = "trees", "kb-propose-"
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")


class Committed(NamedTuple):
    """A commit, and the mail address of its author."""

    tip: str
    author: str


def commit(
    checkout: Checkout,
    start: str,
    files: Sequence[ProposedFile],
    message: str,
    merging: str = "",
) -> Committed:
    """A commit of the files on top of another, made in a working tree of its own.

    With `merging`, that commit's changes come along. The user's name, signature and hooks are
    those of any other commit here. Raises GitError.
    """
    with _tree(checkout, start, whole=bool(merging)) as tree:
        base = tree / checkout.prefix
        if merging:
            _merge(tree, base, merging, files)
        _write(tree, base, files)
        if merging:
            _refuse_unmerged(tree)
        git(base, "commit", "-q", "--allow-empty", "-F", "-", given=message.encode())
        tip, _, author = git(base, "log", "-1", "--format=%H%n%ae").partition("\n")
        return Committed(tip, author)


def _merge(tree: Path, base: Path, merging: str, files: Sequence[ProposedFile]) -> None:
    """Merge a commit; conflicts in the files are solved by what is written into them afterwards.

    Where a hook runs at a commit, it is done by one of its own, without that hook: the team's files
    are none for it to change.
    """
    attempt(tree, "merge", "-q", "--no-commit", "--no-ff", merging)
    if not _has_hooks(tree):
        return
    _write(tree, base, [item._replace(data=item.before) for item in files])
    _refuse_unmerged(tree)
    words = "Merge the team's changes"
    git(base, "commit", "-q", "--allow-empty", "--no-verify", "-F", "-", given=words.encode())


def _write(tree: Path, base: Path, files: Sequence[ProposedFile]) -> None:
    """Write the files, and tell the index of them."""
    for item in files:  # a file may stand where a folder was, and the other way round
        if item.data is None:
            _delete(tree, base / item.path)
    for item in files:
        if item.data is None:
            continue
        target = base / item.path
        if not target.parent.resolve().is_relative_to(tree):
            hint = "Ask the team to remove the link, or move your file to another folder."
            raise GitError(f"{item.path}: its folder is a symbolic link on the team's branch", hint)
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(target, item.data)
        if item.mode == "100755":
            target.chmod(0o755)
    _stage(base, files)


def _delete(tree: Path, target: Path) -> None:
    """Delete a file, and the folders that are empty without it."""
    with contextlib.suppress(NotADirectoryError):  # so it is gone
        target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == tree or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def _refuse_unmerged(tree: Path) -> None:
    if left := git(tree, "diff", "--name-only", "--diff-filter=U"):
        hint = "Merge it on the host, then run it again."
        raise GitError(f"the proposal conflicts with the team's branch in {left}", hint)


def _stage(base: Path, files: Sequence[ProposedFile]) -> None:
    """Tell the index of the files; one that is deleted may be gone there by a merge already."""
    literally = {"GIT_LITERAL_PATHSPECS": "1"}
    if deleted := [item.path for item in files if item.data is None]:
        options = ("-q", "-f", "--cached", "--ignore-unmatch")
        git(base, "rm", *options, "--", *deleted, environment=literally)
    if present := [item.path for item in files if item.data is not None]:
        git(base, "add", "-f", "--", *present, environment=literally)


@contextlib.contextmanager
def _tree(checkout: Checkout, start: str, *, whole: bool) -> Iterator[Path]:
    """A working tree of its own, gone afterwards; one that a killed process left goes first."""
    remove_left_trees(checkout.folder)
    note = checkout.store / _TREES / str(os.getpid())
    note.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_TREE)).resolve()
    note.write_text(str(folder), "utf-8")
    try:
        tree = folder / "tree"
        options = ("-q", "--detach", "--no-checkout")
        git(checkout.folder, "worktree", "add", *options, str(tree), start)
        # Only a hook looks at files; without one the index is enough, and 10,000 are not written.
        whole = whole or _has_hooks(tree)
        git(tree, *(("reset", "-q", "--hard") if whole else ("read-tree", "HEAD")))
        yield tree
    finally:
        _remove_tree(checkout, note)


def _has_hooks(tree: Path) -> bool:
    """Whether a commit runs a program of the user's."""
    folder = tree / git(tree, "rev-parse", "--git-path", "hooks")
    return any(os.access(folder / name, os.X_OK) for name in _HOOKS)


def remove_left_trees(folder: Path) -> None:
    """Take away the working trees that killed processes have left of the repository here."""
    at = usable(folder)
    notes = [*(at.common / "cannery" / _TREES).glob("[0-9]*")] if at else []
    for note in notes:
        if note.name.isdecimal() and note.is_file() and not is_alive(int(note.name)):
            _remove_tree(open_local(folder), note)


def _remove_tree(checkout: Checkout, note: Path) -> None:
    folder = Path(note.read_text("utf-8", "replace").partition("\0")[0])
    # A clone may have come with such notes: none of them names anything but what is made above.
    if folder.name.startswith(_TREE) and folder.parent == Path(tempfile.gettempdir()).resolve():
        shutil.rmtree(folder, ignore_errors=True)
    attempt(checkout.folder, "worktree", "prune", "--expire", "now")
    note.unlink(missing_ok=True)
