"""Delete what a killed `kb` left behind: only names of its own, and never through a link."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from cannery.util.atomic import PREFIX, hold
from cannery.util.process import is_alive
from cannery.util.trust import is_mine

_SOON = 600  # seconds: nothing is written for as long
_DAY = 86_400
_LETTERS = 8  # at the end of a name: so many of `atomic`, and of Python's own temporary files
_HEX = frozenset("0123456789abcdef")
_FOLDERS = ("kb-index-", "kb-merge-", "kb-review-", "kb-site-", "kb-view-")
EDITED = "kb-reply-"
_MADE_IN_CACHE = ("fresh-*", "spoilt-*")  # an index on its way in, or out
_LEFT_IN_CACHE = (
    *(f"{name}.[0-9]*" for name in ("check", "commits", "site-search", "site-links-*")),
    *("site-search", "site-links-public", "site-links-internal"),
    "*.unreadable-*",
)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


def drafts(folders: Iterable[Path], *, ours: bool = True) -> None:
    """Remove from folders what was written for a file and never took its place.

    `ours` are those that only `kb` writes into: names that others could give count there, too.
    """
    for folder in folders:
        with contextlib.suppress(OSError):
            for name in os.listdir(folder):  # noqa: PTH208 - each command does it
                if name.startswith(PREFIX) and (is_draft(name) or (ours and _is_old_draft(name))):
                    remove_draft(folder / name)


def drafts_beside(folders: Iterable[Path]) -> None:
    """The same for folders of the user's, where only `atomic`'s own names are taken for drafts."""
    for folder in folders:
        for path in folder.glob(f"{PREFIX}*"):
            if is_draft(path.name):
                remove_draft(path)


def is_draft(name: str) -> bool:
    """Whether `atomic` gives such a name: `.kb-PROCESS-LETTERS`."""
    process, _, letters = name.removeprefix(PREFIX).partition("-")
    named = name.startswith(PREFIX) and process.isascii() and process.isdecimal()
    return named and len(letters) == _LETTERS and _HEX.issuperset(letters)


def _is_old_draft(name: str) -> bool:
    """Whether an earlier version gave it: a user may, too, where the folder is not kb's own."""
    letters = name.removeprefix(PREFIX)
    return len(letters) == _LETTERS and letters.replace("_", "a").isalnum()


def remove_draft(path: Path) -> None:
    """Remove an unlocked temporary file of ours if it is old or its process is dead."""
    with contextlib.suppress(OSError):
        info = path.lstat()
        is_link = stat.S_ISLNK(info.st_mode)
        if not ((is_link or stat.S_ISREG(info.st_mode)) and is_mine(info)):
            return
        process = path.name.removeprefix(PREFIX).partition("-")[0]
        is_dead = is_draft(path.name) and not is_alive(int(process))
        if is_dead and is_link:  # nobody can lock one: `atomic` makes it and moves it at once
            path.unlink()
        elif not is_link and (is_dead or time.time() - info.st_mtime > _SOON):
            _remove_unless_held(path)


def _remove_unless_held(path: Path) -> None:
    """Remove a file unless it is locked, which works across containers, where process ids don't."""
    handle = os.open(path, os.O_RDWR | _NO_FOLLOW)
    try:
        if hold(handle):
            path.unlink()
    finally:
        os.close(handle)


def scratch(folder: Path) -> None:
    """Remove from the system's temporary folder what dead processes left there a day ago.

    An editor's own copies of a text that it was given are of the same name.
    """
    from shutil import rmtree

    for path in _left(folder, (*_FOLDERS, EDITED)):
        with contextlib.suppress(OSError):
            if path.is_dir() and path.name.startswith(_FOLDERS):
                rmtree(path, ignore_errors=True)
            elif path.is_file():
                path.unlink()


def unfinished(cache: Path) -> None:
    """Remove from a cache what killed processes and earlier versions have left of it."""
    from shutil import rmtree

    for pattern in _MADE_IN_CACHE:
        for path in cache.glob(pattern):
            if path.is_dir() and _is_over(path, 1):
                rmtree(path, ignore_errors=True)
    expired(cache, 1, _LEFT_IN_CACHE)


def _left(folder: Path, beginnings: tuple[str, ...]) -> Iterator[Path]:
    for path in folder.iterdir():
        name = path.name.lstrip(".#")
        beginning = next((item for item in beginnings if name.startswith(item)), "")
        if not beginning or not _is_over(path, 1):
            continue
        process = name.removeprefix(beginning).partition("-")[0]
        if not (process.isascii() and process.isdecimal() and is_alive(int(process))):
            yield path


def expired(folder: Path, days: int, patterns: Iterable[str]) -> None:
    """Remove the files with such names that have not been written for so many days."""
    for pattern in patterns:
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                if _is_over(path, days) and path.is_file():
                    path.unlink()


def _is_over(path: Path, days: int) -> bool:
    """Whether a file or folder of this user's was last changed so long ago; never for a link."""
    info = path.lstat()
    is_link = stat.S_ISLNK(info.st_mode)
    return not is_link and is_mine(info) and time.time() - info.st_mtime >= days * _DAY
