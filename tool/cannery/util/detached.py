"""Work that nobody waits for, in a process that goes on when this one has ended."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable

from cannery.util.fork import can_fork

_DETACHED = 0x00000008 | 0x00000200  # of Windows: without a console, in a group of its own


def can_detach() -> bool:
    """Whether `detached` works here: with more threads than one, a fork may hang."""
    return can_fork() and threading.active_count() == 1


def detached(act: Callable[[], None]) -> None:
    """Do `act` beside this process, which goes on at once; its outcome is lost."""
    try:
        child = os.fork()
    except OSError:  # too many processes: it can't be that important
        return
    if child:
        os.waitpid(child, 0)  # it ends at once
        return
    _orphan(act)


def run_detached(module: str, function: str, data: bytes) -> None:
    """Call a function with `data` beside this process, in a new Python: where no fork is safe."""
    code = f"import sys; from {module} import {function}; {function}(sys.stdin.buffer.read())"
    nothing, is_windows = subprocess.DEVNULL, sys.platform == "win32"
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE, stdout=nothing, stderr=nothing,
            start_new_session=not is_windows, creationflags=_DETACHED if is_windows else 0,
        )  # fmt: skip
        if process.stdin:
            with process.stdin as pipe:
                pipe.write(data)
    except OSError:  # likewise
        return
    process.returncode = 0  # nobody asks: Python would warn that it still runs


def _orphan(act: Callable[[], None]) -> None:
    """In the child: leave all to a grandchild, which no one has to wait for."""
    try:
        if not os.fork():
            os.setsid()  # ^C and a closed terminal are for others
            _silence()
            act()
    finally:
        os._exit(0)


def _silence() -> None:
    """Let go of what the parent reads and writes: who reads its output waits for all its ends."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(null, descriptor)
