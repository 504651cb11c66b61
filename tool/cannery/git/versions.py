"""A file of the working tree at one moment: read, compared, and restored."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Collection
from enum import StrEnum
from errno import EXDEV
from pathlib import Path
from typing import NamedTuple

from cannery.errors import ContentError
from cannery.util.atomic import replace, replace_link, sync_file, sync_folder

_PROGRAM = 0o100
_FEW = 100  # files that are flushed one by one


class Form(StrEnum):
    FILE = "file"
    LINK = "link"
    OTHER = "other"  # a folder, a device, what is behind a link: none of ours


class Version(NamedTuple):
    """A file's bytes, or where a link leads; `mode` has its permissions, 0 for what is usual."""

    data: bytes
    mode: int = 0
    form: Form = Form.FILE


def is_same(one: Version | None, two: Version | None) -> bool:
    """Whether two versions say the same; of their permissions, a program's count."""
    if one is None or two is None:
        return one is two
    if Form.OTHER in (one.form, two.form):
        return False
    program = (one.mode & _PROGRAM) == (two.mode & _PROGRAM) or not (one.mode and two.mode)
    return one.form is two.form and one.data == two.data and program


class Tree(NamedTuple):
    """A working tree that is written to.

    `drafts` is for what is not whole yet, `content` the knowledge base's folder in the tree, which
    may be a link of the user's own.
    """

    top: Path
    drafts: Path
    content: str


def version_at(tree: Tree, path: str, passing: Collection[str] = ()) -> Version | None:
    """What is at a path below the top now; None where nothing is.

    What is behind a link is none of ours, unless `passing` has that link: it is about to go.
    """
    if link := _link_before(tree, path):
        return None if link in passing else Version(b"", 0, Form.OTHER)
    target = tree.top / path
    try:
        info = target.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(info.st_mode):
        return Version(os.fsencode(target.readlink()), 0, Form.LINK)
    if not stat.S_ISREG(info.st_mode):
        return Version(b"", 0, Form.OTHER)
    return Version(target.read_bytes(), stat.S_IMODE(info.st_mode))


def put(tree: Tree, path: str, version: Version | None) -> None:
    """Make a file so, whole or not at all. Raises OSError and ContentError.

    It outlives a power cut after `settle_down`.
    """
    target = _inside(tree, path)
    if version is None:
        target.unlink(missing_ok=True)
        _prune(tree, target.parent)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    drafts = _drafts(tree, target.parent)
    try:
        _replace(target, version, drafts)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        _replace(target, version, None)  # one disk can be mounted twice, and is two then


def _replace(target: Path, version: Version, drafts: Path | None) -> None:
    if version.form is Form.LINK:
        replace_link(target, os.fsdecode(version.data), drafts=drafts)
    else:
        replace(target, version.data, mode=version.mode or None, drafts=drafts)


def settle_down(tree: Tree, paths: Collection[str]) -> None:
    """Have files outlive a power cut; many of them at once with the whole disk, which is sooner."""
    if len(paths) > _FEW and sys.platform == "linux":
        os.sync()
        return
    targets = [tree.top / path for path in paths]
    for target in targets:
        if target.is_file() and not target.is_symlink():
            sync_file(target)
    for folder in {target.parent for target in targets if target.parent.is_dir()}:
        sync_folder(folder)


def _drafts(tree: Tree, folder: Path) -> Path | None:
    """Where drafts for a folder are written; None for itself: they can't be moved across disks."""
    tree.drafts.mkdir(parents=True, exist_ok=True, mode=0o700)
    return tree.drafts if tree.drafts.stat().st_dev == folder.stat().st_dev else None


def _link_before(tree: Tree, path: str) -> str:
    """The first folder of a path that is a link; empty for none."""
    above = [folder.as_posix() for folder in Path(path).parents][-2::-1]
    links = (name for name in above if name != tree.content and (tree.top / name).is_symlink())
    return next(links, "")


def _inside(tree: Tree, path: str) -> Path:
    """The file's place. Raises ContentError for one outside, in Git's own folder, behind a link."""
    parts = Path(path).parts
    if not parts or Path(path).is_absolute() or ".." in parts or ".git" in map(str.lower, parts):
        raise ContentError(f"{path!a:.200}: not a file of the working tree")
    if _link_before(tree, path):
        hint = "Replace the link with the folder itself."
        raise ContentError(f"{path}: inside a symbolic link", hint)
    return tree.top / path


def _prune(tree: Tree, folder: Path) -> None:
    """Take folders away that are empty now, as Git does."""
    while folder != tree.top:
        try:
            folder.rmdir()
        except OSError:  # it holds something, or is somebody's current folder
            return
        folder = folder.parent


def in_order(paths: Collection[str], target: Callable[[str], bool]) -> list[str]:
    """The order in which nothing is in another's way, and all new is there before old goes.

    `target` tells whether a path is to be a file. What goes so that another can stand in its place
    goes first: a folder may stand where a file was, or the other way round.
    """
    stays = {path for path in paths if target(path)}
    folders = {folder.as_posix() for path in stays for folder in Path(path).parents}

    def rank(path: str) -> tuple[int, str]:
        if path in stays:
            return 1, path
        above = {folder.as_posix() for folder in Path(path).parents}
        return (0 if path in folders or above & stays else 2), path

    return sorted(paths, key=rank)
