"""Replace a file, whole or not at all: the one way in which `kb` does it.

What is written first stands beside it as `.kb-PROCESS-LETTERS`, and is locked by the process that
writes it: what a killed one leaves can be told from what a living one is at, see `sweep`.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PREFIX = ".kb-"
_LOCK = ".lock"
_PAUSE = 0.02  # seconds between two tries for a lock
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def replace(
    target: Path,
    data: bytes,
    *,
    mode: int | None = None,
    sync: bool = False,
    drafts: Path | None = None,
) -> None:
    """Put data in a file's place. Raises OSError, and the file is as it was then.

    Its permissions stay unless `mode` says others; a new one has those that are usual. A link is
    replaced, not followed. With `sync` it outlives a power cut from here on. `drafts` is a folder
    on the same disk for what is written first, where it must not stand beside.
    """
    draft, handle = _begin(drafts or target.parent, _mode(target) if mode is None else mode)
    try:
        with open(handle, "wb", closefd=True) as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
            if sys.platform != "win32":  # there, nothing that is open can be moved
                draft.replace(target)  # still locked: nobody takes it for a dead process's
        if sys.platform == "win32":
            draft.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    if sync:
        sync_folder(target.parent)


def replace_link(target: Path, leads: str, *, drafts: Path | None = None) -> None:
    """The same with a link that leads there."""
    draft = _draft_in(drafts or target.parent)
    draft.symlink_to(leads)
    try:
        draft.replace(target)
    except OSError:
        draft.unlink()
        raise


def _draft_in(folder: Path) -> Path:
    return folder / f"{PREFIX}{os.getpid()}-{os.urandom(4).hex()}"


def _mode(target: Path) -> int | None:
    """The permissions of the file that is there; None where there is no plain file."""
    try:
        info = target.lstat()
    except FileNotFoundError:
        return None
    return stat.S_IMODE(info.st_mode) if stat.S_ISREG(info.st_mode) else None


def _begin(folder: Path, mode: int | None) -> tuple[Path, int]:
    """A new file that nobody else may read more of than what it is to become, and its handle."""
    draft = _draft_in(folder)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY
    handle = os.open(draft, flags, 0o666 if mode is None else mode & 0o777)
    try:
        hold(handle)
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(handle, mode)  # what the process's mask has taken away
    except BaseException:
        os.close(handle)
        draft.unlink()
        raise
    return draft, handle


def sync_file(path: Path) -> None:
    """Have a file's bytes outlive a power cut. Raises OSError."""
    handle = os.open(path, (os.O_RDWR if sys.platform == "win32" else os.O_RDONLY) | _NO_FOLLOW)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have a folder's names outlive a power cut, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some network file systems don't offer it
        return
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(target: Path, seconds: float = 10.0) -> Iterator[None]:
    """Alone among all `kb` that change a file meanwhile: for who reads it and writes it again.

    Not twice at once in one process. Raises TimeoutError where another takes longer than that, and
    OSError where nothing can be written.
    """
    place = target.with_name(f".{target.name}{_LOCK}")
    handle = os.open(place, os.O_RDWR | os.O_CREAT | _NO_FOLLOW | _BINARY, 0o600)
    end = time.monotonic() + seconds
    try:
        while not hold(handle):
            if time.monotonic() > end:
                raise TimeoutError(f"another kb has been writing {target} for a while")
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)  # which unlocks it


if sys.platform == "win32":

    def hold(handle: int) -> bool:
        """Lock an open file until it is closed; False where another process has it."""
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def hold(handle: int) -> bool:
        """Lock an open file until it is closed; False where another process has it."""
        import fcntl  # a search writes nothing

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: an age has to do
            return True
        return True
