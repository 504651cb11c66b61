"""A repository seen without its own settings.

What `.git/config` says may have come from a stranger, with an archive or a copied folder, and git
runs what it names: a monitor, hooks, filters, pagers, helpers. There is no switch to leave it
alone, and a list of what to switch off is never whole. So whoever only reads has git look at a
folder beside it, with links to the same history and index, and settings of ours.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from cannery.git.locate import Located, unreadable
from cannery.git.pins import FORMAT, STILL
from cannery.git.repository import UnusableError
from cannery.git.safe_config import Setting, safe_config
from cannery.util import atomic, user_folders
from cannery.util.address import without_credentials
from cannery.util.trust import make

_REMOTE = re.compile(
    r"remote\.pushdefault|remote\..+\.(?:push)?url|url\..+\.(?:push)?insteadof", re.DOTALL
)
# What is missed, should a reading differ from what git itself shows: the user is told of it.
_MISSED = re.compile(
    r"alias\..+|core\.(?:alternaterefscommand|askpass|attributesfile|editor|fsmonitor|gitproxy"
    r"|hookspath|pager|sshcommand|worktree)|credential\..+|diff\.external"
    r"|diff\..+\.(?:command|textconv)|extensions\.partialclone|filter\..+|gpg\..+|http\..+"
    r"|include\..+|includeif\..+|pager\..+|protocol\..+|remote\..+\.(?:proxy|promisor|receivepack"
    r"|uploadpack|vcs)|sequence\.editor|submodule\..+\.update|uploadpack\..+",
    re.DOTALL,
)
_SHARED = ("objects", "refs", "reftable", "info", "packed-refs", "shallow")
_OWN = ("FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD")
_MISSED_FILE = "missed"
_MADE = 2  # how views are made: one of another way is not used
_MOST_HEAD = 4096
_LONG = 7 * 86_400.0  # seconds

_trusts: ContextVar[bool] = ContextVar("trusts", default=False)


@contextmanager
def as_user() -> Iterator[None]:
    """What git does inside, it does as if the user had called it: with the clone's own settings.

    For commands that write to the user's clone: hooks, filters and credential helpers run.
    """
    token = _trusts.set(True)
    try:
        yield
    finally:
        _trusts.reset(token)


def act_as_user() -> None:
    """The same until the command ends: each has a context of its own."""
    _trusts.set(True)


def trusts() -> bool:
    """Whether the clone's own settings hold now."""
    return _trusts.get()


class _View(NamedTuple):
    """A view, and of which state of the repository's settings it is.

    `is_temporary`: for this process alone, since the cache can't be used.
    """

    folder: Path
    stamp: tuple[int, ...]
    is_temporary: bool


Read = Callable[[Path, Path], Iterable[Setting]]  # a folder to be in, a file of settings

# Caches of this process, by the folder of a repository and the stamp of its settings.
_views: dict[Path, _View] = {}
_settings: dict[Path, tuple[tuple[int, ...], list[Setting]]] = {}
_making = threading.Lock()


def view(at: Located, read: Read) -> dict[str, str]:
    """What git needs in its environment to see a repository without its settings.

    Raises UnusableError.
    """
    return {
        "GIT_DIR": str(_current(at, read)),
        "GIT_WORK_TREE": str(at.top),
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_PAGER": "cat",
    }


def remotes(at: Located, read: Read) -> list[Setting]:
    """Where the remotes are. No other file than Git's has that: an address may hold a token."""
    settings = _settings_of(at, _current(at, read), read)
    return [(key, value) for key, value in settings if _REMOTE.fullmatch(key)]


def missed(at: Located, read: Read) -> list[str]:
    """The names of the repository's settings that don't hold for reading, and might be missed."""
    return (_current(at, read) / _MISSED_FILE).read_text("utf-8").split("\0")[:-1]


def _settings_of(at: Located, folder: Path, read: Read) -> list[Setting]:
    """The repository's own settings, read from a folder where none of them holds."""
    file = at.common / "config"
    stamp = _stamp(file)
    if not stamp:
        return []
    cached = _settings.get(file)
    if cached is None or cached[0] != stamp:
        cached = _settings[file] = stamp, [*read(folder, file)]
    return cached[1]


def _current(at: Located, read: Read) -> Path:
    stamp = _stamp(at.common / "config")
    with _making:
        cached = _views.get(at.own)
        try:
            if not (cached and cached.stamp == stamp and (cached.folder / _MISSED_FILE).is_file()):
                cached = _replace_view(at, read, stamp)
            _refresh(at, cached.folder)
        except OSError as error:
            if isinstance(error, PermissionError) and error.filename:
                raise unreadable(Path(error.filename)) from error
            hint = "Check the free space and your write permission."
            raise UnusableError(f"{error.filename}: {error.strerror}", hint) from error
    return cached.folder


def _replace_view(at: Located, read: Read, stamp: tuple[int, ...]) -> _View:
    """A view of the settings as they are now, in the place of an earlier one."""
    _remove_temporary(_views.pop(at.own, None))
    base = _base()
    if base is None:
        folder = Path(tempfile.mkdtemp(prefix=f"kb-view-{os.getpid()}-"))
        _views[at.own] = _View(folder, stamp, is_temporary=True)
        _fill(folder, at, read)
    else:
        _views[at.own] = _View(_shared_view(base, at, read, stamp), stamp, is_temporary=False)
    return _views[at.own]


def _remove_temporary(cached: _View | None) -> None:
    if cached and cached.is_temporary:
        shutil.rmtree(cached.folder, ignore_errors=True)


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        info = path.stat()
    except OSError:
        return ()
    return info.st_mtime_ns, info.st_size, info.st_ino


def _shared_view(base: Path, at: Located, read: Read, stamp: tuple[int, ...]) -> Path:
    """The view of this state of the settings, kept from one process to the next."""
    key = repr((_MADE, at.own, at.common, stamp, FORMAT, STILL)).encode("utf-8", "surrogateescape")
    folder = base / blake2b(key, digest_size=12).hexdigest()
    if (folder / _MISSED_FILE).is_file():
        os.utime(folder)
        return folder
    _sweep(base)
    try:
        with atomic.new_folder(folder, ".new-") as draft:
            _fill(draft, at, read)
    except OSError:
        if not (folder / _MISSED_FILE).is_file():  # else another process was sooner
            raise
    return folder


def _base() -> Path | None:
    """The folder where views are kept; None where there is none that is the user's alone."""
    base = user_folders.cache() / "views"
    try:
        make(base)
    except OSError:
        return None
    return base if os.access(base, os.W_OK) else None


def close() -> None:
    """Remove the views that are temporary. Called when `kb` ends."""
    with _making:
        for cached in _views.values():
            _remove_temporary(cached)
        _views.clear()


def _sweep(base: Path) -> None:
    """Delete the views that have not been used for a week."""
    with os.scandir(base) as entries:
        old = [item for item in entries if item.stat().st_mtime < time.time() - _LONG]
    for item in old:
        shutil.rmtree(item, ignore_errors=True)


def _fill(folder: Path, at: Located, read: Read) -> None:
    (folder / "logs").mkdir()
    (folder / "config").write_text(safe_config([]), "utf-8")
    _refresh(at, folder)
    settings = _settings_of(at, folder, read)
    (folder / "config").write_text(safe_config(settings), "utf-8", errors="surrogateescape")
    missing = (without_credentials(key) for key, _ in settings if _MISSED.fullmatch(key))
    names = "".join(f"{name}\0" for name in dict.fromkeys(missing))
    (folder / _MISSED_FILE).write_text(names, "utf-8", errors="replace")


def _refresh(at: Located, folder: Path) -> None:
    """Links to what the repository has, and its HEAD, which git does not take as a link."""
    for source in (*(at.common / name for name in _SHARED), *(at.own / name for name in _OWN)):
        _link(source, folder / source.name)
    for source in at.own.glob("sharedindex.*"):
        _link(source, folder / source.name)
    _renew(at.own / "logs" / "HEAD", folder / "logs" / "HEAD")  # git takes no link for one
    _link(at.common / "logs" / "refs", folder / "logs" / "refs")
    _renew(at.own / "index", folder / "index")
    with (at.own / "HEAD").open("rb") as file:
        head = file.read(_MOST_HEAD)
    if (at.own / "HEAD").is_symlink():
        head = f"ref: {(at.own / 'HEAD').readlink()}\n".encode()
    target = folder / "HEAD"
    if not target.exists() or target.read_bytes() != head:
        atomic.replace(target, head)


def _renew(source: Path, target: Path) -> None:
    """Copy a file if it has changed. Git writes to the index even while it reads."""
    if not source.is_file():
        target.unlink(missing_ok=True)
    elif _stamp(source)[:2] != _stamp(target)[:2]:
        atomic.replace_with_copy(target, source)


def _link(source: Path, target: Path) -> None:
    try:
        if not target.is_symlink():
            target.symlink_to(source)
    except FileExistsError:  # another process was sooner, or it is a copy
        _copy(source, target)
    except OSError:  # Windows lets not everybody link
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    """Without symbolic links: junctions for folders, copies of files."""
    if target.is_symlink():
        return
    if source.is_dir() and not target.exists():
        import _winapi

        _winapi.CreateJunction(str(source), str(target))  # type: ignore[attr-defined,unused-ignore]
    elif not source.is_dir():
        _renew(source, target)
