"""A file of the team's and the user's own version of it: which one stays, or what both make."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.git.blobs import Blobs, store_texts
from cannery.git.branch import GONE, LINK, MODULE, PROGRAM, Change, index_lines
from cannery.git.clone import Checkout
from cannery.git.merge import Merged, merge_from
from cannery.git.repository import GitError
from cannery.git.run import git
from cannery.git.versions import Form, Tree, Version, version_at
from cannery.model.hunk import Hunk

CONFLICT, RENAMED = "conflict", "renamed"
DELETED_HERE, DELETED_THERE = "deleted by you", "deleted by the team"
NO_FILE = "no plain file"


class FileOutcome(NamedTuple):
    """What came of a file: `how` is taken, merged, conflict, or renamed, which `to` tells.

    `what` is in conflict: a key, `body`, `file`, or one of the words for a file that is deleted, or
    no plain file on one side: then the user's stays, and nothing stands beside it. `hunks` are the
    places.
    """

    path: str
    how: str
    what: tuple[str, ...] = ()
    hunks: tuple[Hunk, ...] = ()
    to: str = ""


class FileMerge(NamedTuple):
    """What is to become of a file.

    `is_edited`: the user has changed it, too. `stays`: the user's version is right as it is.
    `merged` is the merged text, None where it is gone or where the user's or the team's version
    stays as it is. Of a conflict, `theirs` is what is to stand beside the user's file, and `base`
    what the team's next version is to be merged from. `origin` is where the user's file stands now,
    empty if it is the change's path.
    """

    change: Change
    outcome: FileOutcome
    is_edited: bool = False
    stays: bool = False
    merged: bytes | None = None
    theirs: bytes | None = None
    base: bytes | None = None
    origin: str = ""

    @property
    def here(self) -> str:
        """Where the user's file stands."""
        return self.origin or self.change.path


class EditedFile(NamedTuple):
    """A file that both have changed: the team's change, and git's names for the base of both.

    There may be a second base, for where the first leaves a conflict.

    `blob` is the id of the user's version in git's store, empty where it is gone; None where what
    is there is no plain file. `origin` is the path of the user's version where it is another.
    """

    change: Change
    bases: tuple[str, ...]
    blob: str | None
    origin: str = ""


def merge_file(item: EditedFile, blobs: Blobs) -> FileMerge:
    """Merge the team's version of a file with the user's."""
    change, path = item.change, item.change.path
    if change.mode in (LINK, MODULE) or item.blob is None:
        outcome = FileOutcome(path, CONFLICT, (NO_FILE,))
        return FileMerge(change, outcome, is_edited=True, stays=True)
    ours = blobs[item.blob] if item.blob else None
    theirs = None if change.mode == GONE else blobs[change.name]
    merged = merge_from([blobs[base] for base in item.bases], ours, theirs)
    stays = merged.data == ours and not item.origin
    how, what = "taken" if merged.data == theirs else "merged", tuple[str, ...]()
    if merged.conflicts:
        how, what = CONFLICT, _subjects(merged, ours, theirs)
    return FileMerge(
        change,
        FileOutcome(path, how, what, merged.conflicts),
        is_edited=True,
        stays=stays,
        merged=None if stays else merged.data,
        theirs=merged.theirs,
        base=merged.base,
        origin=item.origin,
    )


def _subjects(merged: Merged, ours: bytes | None, theirs: bytes | None) -> tuple[str, ...]:
    if ours is None:
        return (DELETED_HERE,)
    if theirs is None:
        return (DELETED_THERE,)
    return merged.subjects


class IncomingIndex(NamedTuple):
    """An index of its own with what has come."""

    checkout: Checkout
    top: Path
    file: Path

    def git(self, *arguments: str, given: bytes = b"") -> str:
        return git(
            self.top, *arguments, given=given, environment={"GIT_INDEX_FILE": str(self.file)}
        )

    def drafts(self, merges: Sequence[FileMerge]) -> Path:
        """A folder with files as a checkout has them: line ends, filters, modes, links."""
        texts = [(item.change, item.merged) for item in merges if item.merged is not None]
        ids = store_texts(self.top, [text for _, text in texts])
        merged = [change._replace(name=id_) for (change, _), id_ in zip(texts, ids, strict=True)]
        if merged:
            self.git("update-index", "--add", "-z", "--index-info", given=index_lines(merged))
        folder = self.checkout.store / "incoming"
        shutil.rmtree(folder, ignore_errors=True)  # what a killed process left
        folder.mkdir(parents=True)
        wanted = "".join(f"{item.change.path}\0" for item in merges if _is_drafted(item))
        if wanted:
            given = wanted.encode("utf-8", "surrogateescape")
            options = ("-q", "-f", "-z", "--stdin", f"--prefix={folder}/")
            self.git("checkout-index", *options, given=given)
        return folder


@contextlib.contextmanager
def incoming_index(
    checkout: Checkout, top: Path, changes: Sequence[Change]
) -> Iterator[IncomingIndex]:
    """What has come, in an index of its own, which is gone afterwards.

    Paths that Git itself would never check out, such as .git/hooks, come from no friend: Git's
    index judges. Raises GitError.
    """
    index = IncomingIndex(checkout, top, checkout.store / "index")
    try:
        index.file.parent.mkdir(parents=True, exist_ok=True)
        index.file.unlink(missing_ok=True)
        index.git("update-index", "--add", "-z", "--index-info", given=index_lines(changes))
        accepted = {*index.git("ls-files", "-z").split("\0")}
        for change in changes:
            if change.mode != GONE and change.path not in accepted:
                hint = "Nothing was changed. Ask the team who pushed that file."
                message = f"unsafe file name in the team's repository: {change.path!a:.200}"
                raise GitError(message, hint)
        yield index
    finally:
        shutil.rmtree(checkout.store / "incoming", ignore_errors=True)
        index.file.unlink(missing_ok=True)


def _is_drafted(item: FileMerge) -> bool:
    """Whether its text is the team's, or merged."""
    if item.origin:
        return True
    if item.stays or item.change.mode in (GONE, MODULE):
        return False
    return item.merged is not None or not item.is_edited


def files_of(tree: Tree, item: FileMerge, drafts: Path) -> Iterator[tuple[str, Version | None]]:
    """The files that change with one that came, each with what it is to be."""
    path = item.change.path
    if _is_drafted(item):
        yield path, _drafted(tree, item, drafts)
    elif not item.stays and item.change.mode != MODULE:
        yield path, None
    if item.origin:
        yield item.origin, None


def _drafted(tree: Tree, item: FileMerge, drafts: Path) -> Version:
    """The draft of a file, which keeps its permissions but that it is a program, or none."""
    inner = Tree(drafts, drafts, "")
    draft = version_at(inner, item.change.path) or Version(b"")
    now = version_at(tree, item.change.path)
    if draft.form is not Form.FILE or now is None or now.form is not Form.FILE:
        return draft
    mode = now.mode | (now.mode & 0o444) >> 2
    return draft._replace(mode=mode if item.change.mode == PROGRAM else now.mode & ~0o111)
