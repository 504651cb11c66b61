"""One process at a time: a lock that a killed process lets go of by being killed."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from cannery.errors import CanneryError
from cannery.util.atomic import hold
from cannery.util.process import is_alive

PATIENCE = 30.0  # seconds; a longer wait is somebody's to decide
_PAUSE = 0.05  # seconds between two tries
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_MAX_WORDS = 200


class BusyError(CanneryError):
    """Another process has been at work for a while."""


@contextlib.contextmanager
def alone(path: Path, what: str, waiting: Callable[[str], None]) -> Iterator[None]:
    """Alone with a lock file meanwhile; not twice at once in one process.

    `what` is told to those who wait; `waiting` is called once, with what the other one is at, where
    this one has to wait. Raises BusyError where the other takes too long, and OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, _FLAGS, 0o600)
    end = time.monotonic() + PATIENCE
    has_told = taken = False
    try:
        while not _taken(handle, path):
            who = _words(path) or "another kb process"
            if time.monotonic() > end:
                raise BusyError(f"{who} is using these files", "Try again when it has finished.")
            if not has_told:
                waiting(who)
                has_told = True
            time.sleep(_PAUSE)
        taken = True
        os.ftruncate(handle, 0)
        os.write(handle, f"kb {what}, process {os.getpid()}".encode())
        yield
    finally:
        os.close(handle)  # which unlocks it
        if taken:
            _release(path)


def owned(path: Path) -> int | None:
    """A handle that keeps a lock file until it is closed; None where another process has it."""
    handle = os.open(path, _FLAGS, 0o600)
    if hold(handle):
        return handle
    os.close(handle)
    return None


def _taken(handle: int, path: Path) -> bool:
    """Take the lock if it is free; whether it is ours now."""
    if not hold(handle):
        return False
    other = os.open(path, _FLAGS, 0o600)
    try:
        locks_work = not hold(other)
    finally:
        os.close(other)
    return locks_work or _marked(path)


def _marked(path: Path) -> bool:
    """Where a file system has no locks: a file that names the process; whether it is ours."""
    mark = _mark(path)
    try:
        handle = os.open(mark, _FLAGS | os.O_EXCL, 0o600)
    except FileExistsError:
        if _is_at_work(mark):
            return False
        mark.unlink(missing_ok=True)
        return _marked(path)
    with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(str(os.getpid()).encode())
    return True


def _release(path: Path) -> None:
    with contextlib.suppress(OSError, ValueError):
        if int(_mark(path).read_bytes()[:20]) == os.getpid():
            _mark(path).unlink()


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.process")


def _is_at_work(mark: Path) -> bool:
    """Whether the process that a file names is there, or is about to write its name."""
    try:
        process = int(mark.read_bytes()[:20])
    except FileNotFoundError:
        return False
    except ValueError:
        return time.time() - mark.stat().st_mtime < PATIENCE
    return is_alive(process)


def _words(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_bytes()[:_MAX_WORDS].decode("utf-8", "replace")
    return ""
