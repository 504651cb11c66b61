"""Work that nobody waits for, in a process that goes on when this one has ended."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

from cannery.util.fork import can_fork


def detached(act: Callable[[], None]) -> None:
    """Do `act` beside this process, which goes on at once; its outcome is lost.

    Where a fork is not safe (other systems, more threads than one) it is done here instead.
    """
    if not can_fork() or threading.active_count() > 1:
        act()
        return
    sys.stdout.flush()
    try:
        child = os.fork()
    except OSError:  # too many processes: it can't be that important
        return
    if child:
        os.waitpid(child, 0)  # it ends at once
        return
    _orphan(act)


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
