"""Replace, create and remove files and folders, whole or not at all: the one way `kb` does it.

The temporary file stands beside its target as `.kb-PROCESS-LETTERS` and is locked by the process
that writes it, so that `sweep` can tell what a killed process has left from what is in use.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

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
    """Replace the content of `target` with `data`, whole or not at all.

    Raises OSError, and leaves the file as it was. The file's permissions are kept unless `mode`
    gives others; a new file gets the usual ones. A symbolic link is replaced, not followed. With
    `sync` the new content survives a power cut once this returns. `drafts` is a folder on the same
    file system for the temporary file, where none may stand beside `target`.
    """
    with _replacing(target, mode, drafts=drafts, sync=sync) as (_, file):
        file.write(data)


def link(source: Path, target: Path) -> bool:
    """Make `target`, a new name for a file that nobody may write to; not every disk can."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        return False
    return True


def replace_with_copy(target: Path, source: Path) -> None:
    """Replace `target` with a copy of `source`, its permissions and times. Raises OSError."""
    from shutil import copyfileobj

    with source.open("rb") as original:
        info = os.fstat(original.fileno())
        with _replacing(target, stat.S_IMODE(info.st_mode)) as (draft, file):
            copyfileobj(original, file)
            file.flush()  # a later write would set the time anew
            os.utime(draft, ns=(info.st_atime_ns, info.st_mtime_ns))


def replace_link(target: Path, leads: str, *, drafts: Path | None = None) -> None:
    """Replace `target` with a symbolic link to `leads`. Raises OSError."""
    draft = _draft_in(drafts or target.parent)
    draft.symlink_to(leads)
    try:
        draft.replace(target)
    except OSError:
        draft.unlink()
        raise


@contextlib.contextmanager
def _replacing(
    target: Path, mode: int | None, *, drafts: Path | None = None, sync: bool = False
) -> Iterator[tuple[Path, IO[bytes]]]:
    """A temporary file to write, which takes the place of `target` unless the block raises."""
    draft, handle = _begin(drafts or target.parent, _mode(target) if mode is None else mode)
    try:
        with open(handle, "wb", closefd=True) as file:  # noqa: PTH123 - a descriptor, not a path
            yield draft, file
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


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that must not exist yet, to write; it survives a power cut once the block ends.

    Raises OSError. A file that is cut short stays: whoever calls this names it in another file
    only when it is complete.
    """
    with path.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def new_folder(target: Path, prefix: str) -> Iterator[Path]:
    """A temporary folder to fill, named with `prefix`, which becomes `target` when the block ends.

    Raises OSError where `target` is there by then and holds anything: another process was sooner.
    The temporary folder is removed in any case.
    """
    from shutil import rmtree
    from tempfile import mkdtemp  # slow to load

    draft = Path(mkdtemp(prefix=prefix, dir=target.parent))
    try:
        yield draft
        draft.rename(target)
    finally:
        rmtree(draft, ignore_errors=True)


def remove_folder(target: Path, prefix: str) -> None:
    """Remove a folder atomically: no reader sees half of it. Raises OSError.

    It is moved into a temporary folder named with `prefix` first. One that is gone is no error.
    """
    from shutil import rmtree
    from tempfile import mkdtemp

    aside = Path(mkdtemp(prefix=prefix, dir=target.parent))
    try:
        with contextlib.suppress(FileNotFoundError):  # another process was sooner
            target.rename(aside / target.name)
    finally:
        rmtree(aside, ignore_errors=True)


def temporary_file(prefix: str, suffix: str, data: bytes) -> Path:
    """A new file in the system's temporary folder that only this user can read. Raises OSError."""
    from tempfile import mkstemp

    handle, name = mkstemp(prefix=prefix, suffix=suffix)
    with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(data)
    return Path(name)


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
    """Create a temporary file, with the target's permissions at most; its path and open handle."""
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


def append_line(path: Path, line: bytes) -> None:
    """Add a line at the end of a file of this user's, made if need be, as safe as `sync` has it.

    What a killed process has left of a line stays one of its own. Raises OSError.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _NO_FOLLOW | _BINARY, 0o600)
    with open(handle, "a+b") as file:  # noqa: PTH123 - a descriptor, not a path
        file.seek(max(file.seek(0, os.SEEK_END) - 1, 0))
        separator = b"" if file.read(1) in {b"", b"\n"} else b"\n"
        file.write(separator + line + b"\n")
        file.flush()
        os.fsync(file.fileno())


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
    lock = target.with_name(f".{target.name}{_LOCK}")
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | _NO_FOLLOW | _BINARY, 0o600)
    end = time.monotonic() + seconds
    try:
        while not hold(handle):
            if time.monotonic() > end:
                raise TimeoutError(f"another kb process is still writing {target}")
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
