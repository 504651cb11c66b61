"""A file of the team's and the user's own version of it: which one stays, or what both make."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.git.branch import GONE, LINK, MODULE, PROGRAM, Change, index_lines
from cannery.git.clone import THEIRS, Checkout, tree_blob
from cannery.git.merge import merge
from cannery.git.repository import GitError
from cannery.git.run import git, git_bytes
from cannery.git.versions import Form, Tree, Version, version_at

CONFLICT = "conflict"


class Came(NamedTuple):
    """What came of a file: `how` is taken, merged or conflict; `what` is in conflict."""

    path: str
    how: str
    what: tuple[str, ...] = ()


class Joined(NamedTuple):
    """What is to become of a file.

    `blob` is what was merged, empty where it is gone or where the user's or the team's version
    stays as it is; `theirs` is the team's text, to stand beside the user's.
    """

    change: Change
    came: Came
    is_joined: bool = False  # the user has changed it, too
    stays: bool = False  # the user's version is right as it is
    blob: str = ""
    theirs: bytes | None = None


def join(tree: Tree, change: Change, base: str, now: Version | None) -> Joined:
    """Merge the team's version with the user's, which come from the commit `base`."""
    top, path = tree.top, change.path
    if change.mode in (LINK, MODULE) or (now and now.form is not Form.FILE):
        return Joined(change, Came(path, CONFLICT, ("file",)), is_joined=True, stays=True)
    ours = _stored(top, path) if now else None
    theirs = None if change.mode == GONE else git_bytes(top, "cat-file", "blob", change.name)
    merged = merge(tree_blob(top, base, path), ours, theirs)
    if merged.conflicts:
        came = Came(path, CONFLICT, merged.conflicts)
        return Joined(change, came, is_joined=True, stays=True, theirs=theirs or b"")
    came = Came(path, "taken" if merged.data == theirs else "merged")
    if merged.data == ours:
        return Joined(change, came, is_joined=True, stays=True)
    given = merged.data
    blob = "" if given is None else git(top, "hash-object", "-w", "--stdin", given=given)
    return Joined(change, came, is_joined=True, blob=blob)


def _stored(top: Path, path: str) -> bytes:
    """The user's file as Git would keep it."""
    name = git(top, "hash-object", "-w", "--", path)
    return git_bytes(top, "cat-file", "blob", name)


class Inbox(NamedTuple):
    """An index of its own with what has come."""

    checkout: Checkout
    top: Path
    file: Path

    def git(self, *arguments: str, given: bytes = b"") -> str:
        return git(
            self.top, *arguments, given=given, environment={"GIT_INDEX_FILE": str(self.file)}
        )

    def drafts(self, joined: Sequence[Joined]) -> Path:
        """A folder with files as a checkout has them: line ends, filters, modes, links."""
        merged = [item.change._replace(name=item.blob) for item in joined if item.blob]
        self.git("update-index", "-z", "--index-info", given=index_lines(merged))
        folder = self.checkout.notes / "incoming"
        shutil.rmtree(folder, ignore_errors=True)  # what a killed process left
        folder.mkdir(parents=True)
        wanted = "".join(f"{item.change.path}\0" for item in joined if _is_drafted(item))
        given = wanted.encode("utf-8", "surrogateescape")
        self.git("checkout-index", "-q", "-f", "-z", "--stdin", f"--prefix={folder}/", given=given)
        return folder


@contextlib.contextmanager
def incoming(checkout: Checkout, top: Path, found: Sequence[Change]) -> Iterator[Inbox]:
    """What has come, in an index of its own, which is gone afterwards.

    Paths that Git itself would never check out, such as .git/hooks, come from no friend: Git's
    index judges. Raises GitError.
    """
    inbox = Inbox(checkout, top, checkout.notes / "index")
    try:
        inbox.file.parent.mkdir(parents=True, exist_ok=True)
        inbox.file.unlink(missing_ok=True)
        inbox.git("update-index", "--add", "-z", "--index-info", given=index_lines(found))
        known = {*inbox.git("ls-files", "-z").split("\0")}
        for change in found:
            if change.mode != GONE and change.path not in known:
                hint = "Nothing was changed. Ask the team who has pushed that."
                message = f"the team's repository has a file named {change.path!a:.200}"
                raise GitError(message, hint)
        yield inbox
    finally:
        shutil.rmtree(checkout.notes / "incoming", ignore_errors=True)
        inbox.file.unlink(missing_ok=True)


def _is_drafted(item: Joined) -> bool:
    """Whether its text is the team's, or merged."""
    if item.stays or item.change.mode in (GONE, MODULE):
        return False
    return bool(item.blob) or not item.is_joined


def files_of(tree: Tree, item: Joined, drafts: Path) -> Iterator[tuple[str, Version | None]]:
    """The files that change with one that came, each with what it is to be."""
    path, beside = item.change.path, item.change.path + THEIRS
    if _is_drafted(item):
        yield path, _drafted(tree, item, drafts)
    elif not item.stays and item.change.mode != MODULE:
        yield path, None
    if item.theirs is not None:
        yield beside, Version(item.theirs)
    elif item.is_joined and item.came.how != CONFLICT and version_at(tree, beside):
        yield beside, None


def _drafted(tree: Tree, item: Joined, drafts: Path) -> Version:
    """The draft of a file, which keeps its permissions but that it is a program, or none."""
    inner = Tree(drafts, drafts, "")
    draft = version_at(inner, item.change.path) or Version(b"")
    now = version_at(tree, item.change.path)
    if draft.form is not Form.FILE or now is None or now.form is not Form.FILE:
        return draft
    mode = now.mode | (now.mode & 0o444) >> 2
    return draft._replace(mode=mode if item.change.mode == PROGRAM else now.mode & ~0o111)
