"""What a user has changed in the knowledge base, committed or not."""

from __future__ import annotations

import stat
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cannery.content.layout import belongs, pathspecs
from cannery.git.blobs import Blobs, store_files
from cannery.git.clone import THEIRS, Checkout
from cannery.model.layout import Layout


class Edit(NamedTuple):
    """A file of the knowledge base that differs from `base`, by its path from the root.

    `before` and `now` are its bytes as Git keeps them, None for no such file. `mode` is Git's:
    100644, or 100755 for a program. `id` is that of `now` in git's store, empty for no file.
    """

    path: str
    before: bytes | None
    now: bytes | None
    mode: str
    id: str = ""


def edits(checkout: Checkout, base: str, blobs: Blobs, layout: Layout) -> list[Edit]:
    """What the user's files say otherwise than a commit, whether committed or not.

    `layout` says which are the knowledge base's. Links and submodules are left out: they have no
    content of ours.
    """
    present, deleted = _changed_files(checkout, base, layout)
    stored = store_files(checkout.folder, [checkout.prefix + path for path in present])
    ids = dict(zip(present, stored, strict=True))
    paths = sorted({*present, *deleted})
    blobs.load([*(checkout.at(base, path) for path in paths), *ids.values()])
    differing = []
    for path in paths:
        before = blobs[checkout.at(base, path)]
        now = blobs[ids[path]] if path in ids else None
        executable = before is None and present.get(path, 0) & stat.S_IXUSR
        if before != now:
            mode = "100755" if executable else "100644"
            differing.append(Edit(path, before, now, mode, ids.get(path, "")))
    return differing


def _changed_files(
    checkout: Checkout, base: str, layout: Layout
) -> tuple[dict[str, int], list[str]]:
    """Files that may differ from a commit: those that are there by their mode, and deleted ones."""
    where = ("--", *pathspecs(layout))
    options = ("--name-only", "-z", "--relative", "--no-renames", base)
    changed = checkout.git("diff", *options, *where).split("\0")
    untracked = checkout.git("ls-files", "--others", "--exclude-standard", "-z", *where)
    new = [path for path in untracked.split("\0") if not _is_scratch(path)]
    present: dict[str, int] = {}
    deleted = []
    for path in dict.fromkeys([*changed, *new]):
        if not belongs(path, layout) or _is_behind_link(checkout.folder, path):
            continue
        try:
            mode = (checkout.folder / path).lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):  # a file may stand where its folder was
            deleted.append(path)
            continue
        if stat.S_ISREG(mode):
            present[path] = mode
        elif stat.S_ISDIR(mode):  # a folder stands where the file was
            deleted.append(path)
    return present, deleted


def _is_behind_link(folder: Path, path: str) -> bool:
    """Whether a folder of a path is a link: Git has nothing there, and its target is no content."""
    above = PurePosixPath(path).parents
    return any((folder / inner).is_symlink() for inner in [*above][:-1])


def _is_scratch(path: str) -> bool:
    """Whether a file that Git does not know is what editors and tools leave, or is hidden."""
    hidden = any(name.startswith(".") for name in path.split("/"))
    return hidden or path.endswith(("~", ".swp", ".orig", ".rej", THEIRS))
