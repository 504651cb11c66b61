"""Where the repository is that a folder lies in, found without running anything of it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from cannery.git.repository import GitError, UnusableError

_MOST = 4096  # bytes of a file that names a folder
_HEAD = re.compile(r"ref:\s*refs/|[0-9a-f]{40}")
_RESTORE = "Restore it from a backup, or clone the repository again."
_MOVED = (
    "If the repository has moved, run `git worktree repair` in it; for a submodule, run "
    "`git submodule update --init`."
)


class Located(NamedTuple):
    """A repository whose files begin at `top`.

    `own` has the HEAD and index of this working tree, `common` what all of its working trees share.
    `bare` is a folder on the way up to it that git would take for a repository of its own.
    """

    top: Path
    own: Path
    common: Path
    bare: Path | None


def locate(folder: Path) -> Located | None:
    """The repository that a folder is in; None where it is in none with files.

    Raises UnusableError where there is one that can't be read, or is damaged: Git itself goes on
    to a folder above then, or says that there is none.
    """
    start = folder.resolve()
    ceilings = _ceilings()
    bare: Path | None = None
    for top in (start, *start.parents):
        if top != start and top in ceilings:
            return None
        own = _named(top / ".git")
        if own and _is_begun(own):
            return Located(top, own, _checked(own), bare)
        if not bare and _looks_bare(top):
            bare = top
    return None


def located(folder: Path) -> Located:
    """The same. Raises GitError where there is none."""
    at = locate(folder)
    if at is None:
        raise no_repository(folder)
    return at


def usable(folder: Path) -> Located | None:
    """The same; None also for one that can't be used, where that is told by others."""
    try:
        return locate(folder)
    except UnusableError:
        return None


def no_repository(folder: Path) -> GitError:
    """What to tell where a folder is in no repository, as far as Git may look for one."""
    hint = "Clone the team's repository, or run `git init`."
    start = folder.resolve()
    if ceiling := next((above for above in start.parents if above in _ceilings()), None):
        hint = f"GIT_CEILING_DIRECTORIES keeps Git from looking in {ceiling}."
    return GitError(f"{folder} is not in a Git repository", hint)


def _ceilings() -> frozenset[Path]:
    """The folders that Git does not go up to, which hold for us too."""
    named = os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)
    return frozenset(Path(name).resolve() for name in named if Path(name).is_absolute())


def _named(entry: Path) -> Path | None:
    """The folder that `.git` is, or that it names, as in a working tree beside."""
    if _is_folder(entry):
        return entry
    text = _text(entry)
    if text is None:
        return None
    if not text.startswith("gitdir: "):
        raise UnusableError(f"{entry} names no repository", _RESTORE)
    own = (entry.parent / text.removeprefix("gitdir: ")).resolve()
    if not _is_folder(own):
        raise UnusableError(f"{entry} names {own}, which does not exist", _MOVED)
    return own


def _is_begun(own: Path) -> bool:
    """Whether a folder is a repository, whole or not: what is empty is none."""
    if not os.access(own, os.X_OK):
        raise unreadable(own)
    return any((own / name).exists() for name in ("HEAD", "config", "objects", "commondir"))


def _checked(own: Path) -> Path:
    """What all of its working trees share. Raises UnusableError for what is no repository."""
    head = own / "HEAD"
    text = f"ref: {head.readlink()}" if head.is_symlink() else _text(head)
    if text is None:
        raise UnusableError(f"{own} is damaged: it has no HEAD", _RESTORE)
    if not _HEAD.match(text):
        hint = "Have it name your branch again, as in `ref: refs/heads/main`."
        raise UnusableError(f"{head} is damaged: it names no branch", hint)
    common = _common(own)
    for name in ("objects", "refs"):
        if not _is_folder(common / name):
            raise UnusableError(f"{common} is damaged: it has no {name}", _RESTORE)
        if not os.access(common / name, os.X_OK):
            raise unreadable(common / name)
    return common


def unreadable(path: Path) -> UnusableError:
    """The error for what the user may not read."""
    return _forbidden("read", path)


def unwritable(path: Path) -> UnusableError:
    """The error for what the user may not write to."""
    return _forbidden("write to", path)


def _forbidden(act: str, path: Path) -> UnusableError:
    return UnusableError(f"you can't {act} {path}", f"See whose it is: `ls -ld {path}`.")


def _common(own: Path) -> Path:
    text = _text(own / "commondir")
    return (own / text).resolve() if text else own


def _looks_bare(folder: Path) -> bool:
    names = ("objects", "refs")
    return S_ISREG(_mode(folder / "HEAD")) and all(_is_folder(folder / name) for name in names)


def _is_folder(path: Path) -> bool:
    return S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    """0 for nothing, and in a folder that may be passed through, and not read."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _text(path: Path) -> str | None:
    """The text of a small file that names something; None for no such file.

    Raises UnusableError.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if isinstance(error, PermissionError):
            raise unreadable(path) from error
        raise UnusableError(f"{path}: {error.strerror}", _RESTORE) from error
    return raw.decode("utf-8", "surrogateescape").rstrip("\n") if b"\0" not in raw else ""
