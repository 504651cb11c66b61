"""Make commits of the user's changes, without a touch on their checkout."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.git.clone import Checkout, blob, edits, open_local
from cannery.git.locate import locate
from cannery.git.merge import merge
from cannery.git.repository import GitError
from cannery.git.run import attempt, git
from cannery.model.proposal import Proposal
from cannery.util.process import is_alive

_TREES, _TREE = "trees", "kb-propose-"
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")


class ProposedFile(NamedTuple):
    """A file as it shall be: `data` is None where it goes; `before` is what it was upstream."""

    path: str
    before: bytes | None
    data: bytes | None
    mode: str


class ConflictError(GitError):
    """The user's changes and the team's meet; `paths` are the files."""

    def __init__(self, found: dict[str, tuple[str, ...]], where: str = "") -> None:
        listed = "\n".join(f"  {path}: {', '.join(what)}" for path, what in found.items())
        hint = "Run `kb sync`, which puts both side by side, and propose again."
        if where:
            hint = f"It was changed in {where}: write the same, or take it back there."
        super().__init__(f"the team has changed the same:\n{listed}", hint)
        self.paths = tuple(found)


def proposed(
    checkout: Checkout, main: str, chosen: Callable[[str], bool]
) -> tuple[ProposedFile, ...]:
    """The user's changes on top of `main`, less what is there already. Raises ConflictError."""
    base = checkout.git("merge-base", "HEAD", main)
    found: list[ProposedFile] = []
    conflicts: dict[str, tuple[str, ...]] = {}
    for edit in edits(checkout, base):
        if not chosen(edit.path):
            continue
        theirs = blob(checkout, main, edit.path)
        merged = merge(edit.before, edit.now, theirs)
        if merged.conflicts:
            conflicts[edit.path] = merged.conflicts
        elif merged.data != theirs:
            found.append(ProposedFile(edit.path, theirs, merged.data, edit.mode))
    if conflicts:
        raise ConflictError(conflicts)
    return tuple(found)


class Onto(NamedTuple):
    """What goes on top of an earlier proposal, on the team's state `main`.

    `merging` is that same commit where the branch does not have it yet and must, else empty.
    """

    main: str
    merging: str
    files: tuple[ProposedFile, ...]


def onto(
    checkout: Checkout, earlier: Proposal, tip: str, main: str, chosen: Callable[[str], bool]
) -> Onto:
    """What an earlier proposal lacks of the user's changes, on top of what its branch has now.

    `tip` is where the branch is: behind what the user has sent, others may have added to it. Where
    the team has changed the same files since, its state is merged in, so that the request can be
    merged. Raises ConflictError.
    """
    has_main = contains(checkout, tip, main)
    moved = any(
        blob(checkout, earlier.main, path) != blob(checkout, main, path) for path in earlier.paths
    )
    merging = main if moved and not has_main else ""
    on = main if moved or has_main else earlier.main
    ours_there = earlier.tip if contains(checkout, tip, earlier.tip) else earlier.sent
    wanted = {item.path: item for item in proposed(checkout, on, chosen)}
    found: list[ProposedFile] = []
    conflicts: dict[str, tuple[str, ...]] = {}
    for path in sorted({*wanted, *(path for path in earlier.paths if chosen(path))}):
        sent = blob(checkout, ours_there or earlier.main, path)
        theirs = blob(checkout, tip, path)
        item = wanted.get(path)
        # What is not changed any more goes back to what the team has.
        ours = item.data if item else blob(checkout, on, path)
        merged = merge(sent, ours, theirs)
        if merged.conflicts:
            conflicts[path] = merged.conflicts
        elif merged.data != theirs or merging:
            found.append(ProposedFile(path, theirs, merged.data, item.mode if item else "100644"))
    if conflicts:
        raise ConflictError(conflicts, where=earlier.url or earlier.branch)
    return Onto(on, merging, tuple(found))


def commit(
    checkout: Checkout,
    start: str,
    files: Sequence[ProposedFile],
    message: str,
    merging: str = "",
) -> str:
    """A commit of the files on top of another, made in a working tree of its own.

    With `merging`, that commit's changes come along. The user's name, signature and hooks are
    those of any other commit here. Raises GitError.
    """
    with _tree(checkout, start, whole=bool(merging)) as tree:
        base = tree / checkout.prefix
        if merging:  # conflicts in these files are solved by what is written below
            attempt(tree, "merge", "-q", "--no-commit", "--no-ff", merging)
        for item in files:
            target = base / item.path
            if item.data is None:
                target.unlink(missing_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(item.data)
            if item.mode == "100755":
                target.chmod(0o755)
        git(base, "add", "-A", "-f", "--", *(item.path for item in files))
        if left := git(tree, "diff", "--name-only", "--diff-filter=U"):
            hint = "Merge it on the host, then run it again."
            raise GitError(f"the proposal's branch and the team's state meet in {left}", hint)
        git(base, "commit", "-q", "-F", "-", given=message.encode())
        return git(base, "rev-parse", "HEAD")


@contextlib.contextmanager
def _tree(checkout: Checkout, start: str, *, whole: bool) -> Iterator[Path]:
    """A working tree of its own, gone afterwards; one that a killed process left goes first."""
    remove_left_trees(checkout.folder)
    note = checkout.notes / _TREES / str(os.getpid())
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
    at = locate(folder)
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


def contains(checkout: Checkout, tip: str, commit: str) -> bool:
    """Whether a commit is another's ancestor, or the same."""
    return not attempt(checkout.folder, "merge-base", "--is-ancestor", commit, tip)[0]


def is_merged(checkout: Checkout, proposal: Proposal) -> bool:
    """Whether the team's newest state has all that was proposed, by whatever way it came there."""
    for path in proposal.paths:
        before = blob(checkout, proposal.main, path)
        proposed_, now = blob(checkout, proposal.tip, path), blob(checkout, checkout.upstream, path)
        if merge(before, proposed_, now) != (now, ()):
            return False
    return True
