"""Whose a folder is: what others could have written is neither read nor written.

Cheap enough for every search, and imports next to nothing: the helper is asked before all else.
"""

from __future__ import annotations

import errno
import os

from cannery.util import notices

TYPE_CHECKING = False  # typing itself takes a fifth of the time that a bare Python takes to start
if TYPE_CHECKING:
    from pathlib import Path

_KIND, _FOLDER, _LINK = 0o170000, 0o040000, 0o120000
_OTHERS_WRITE, _GROUP_WRITES = 0o022, 0o020
_STICKY = 0o1000  # what is in such a folder can be moved by its owner alone
_OURS = 2  # folders at the end of a path that kb has made itself


class UntrustedError(PermissionError):
    """A folder of `kb`'s own that others could have written to."""


def refuse(folder: Path | str, ours: int = _OURS) -> None:
    """Raises UntrustedError for a folder that others can write, or for one that is not the user's.

    The last so many folders of its path are made by `kb` itself, for one user; those above may be
    the system's. It is told to the user, once. Nothing is looked at where systems have no owners.
    """
    if reason := distrust(str(folder), ours):
        notices.add(f"{folder} is not used: {reason}")
        raise UntrustedError(errno.EACCES, reason, str(folder))


def make(folder: Path) -> None:
    """Make a folder for this user alone, if it is not there yet. Raises OSError."""
    folder.parent.parent.mkdir(parents=True, exist_ok=True)
    for path in (folder.parent, folder):
        path.mkdir(mode=0o700, exist_ok=True)
    refuse(folder)


def distrust(folder: str, ours: int = _OURS) -> str:
    """Why a folder can't be trusted, and what to do about it; empty if it can be."""
    if not hasattr(os, "getuid"):
        return ""
    path = os.path.abspath(folder)  # noqa: PTH100 - pathlib takes long to load
    for _ in range(ours):
        if reason := _fault(path, strict=True):
            return reason
        path = os.path.dirname(path)  # noqa: PTH120
    return distrust_above(path)


def distrust_above(folder: str) -> str:
    """The same for a folder that `kb` did not make, and for all above it, links or not."""
    path, is_led = folder, False
    while True:
        if reason := _fault(path, strict=False):
            return reason
        is_led = is_led or os.path.islink(path)  # noqa: PTH114
        above = os.path.dirname(path)  # noqa: PTH120
        if above == path:
            break
        path = above
    return distrust_above(os.path.realpath(folder)) if is_led else ""


def _fault(path: str, *, strict: bool) -> str:
    """What is wrong with one folder on the way; `strict` for one of our own."""
    try:
        info = os.lstat(path)
    except OSError:
        return ""  # not there yet, or out of reach: whoever opens it is told
    kind = info.st_mode & _KIND
    if not is_mine(info) and (strict or info.st_uid):
        what = (
            "Remove it"
            if strict
            else "Set XDG_CACHE_HOME or a similar variable to a folder of yours"
        )
        return f"{path} belongs to another user. {what}"
    if kind == _LINK:
        return f"{path} is a link. Replace it with a folder" if strict else ""
    if kind != _FOLDER or not info.st_mode & _OTHERS_WRITE:
        return ""
    if not strict and (info.st_mode & _STICKY or _is_of_one(info)):
        return ""
    return f"other users can write to {path}. Run: chmod go-w {path}"


def is_mine(info: os.stat_result) -> bool:
    """Whether it is this user's; where systems have no owners, everything is."""
    return not hasattr(os, "geteuid") or info.st_uid == os.geteuid()


def _is_of_one(info: os.stat_result) -> bool:
    """Whether a group-writable folder's group has this user as its only member."""
    if info.st_mode & _OTHERS_WRITE != _GROUP_WRITES:
        return False
    import grp
    import pwd

    try:
        user, group = pwd.getpwuid(os.geteuid()), grp.getgrgid(info.st_gid)
    except KeyError:
        return False
    return info.st_gid == user.pw_gid and {*group.gr_mem} <= {user.pw_name}
