"""Work that a second process does meanwhile: a fork of this one, which never outlives it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, TypeVar

from cannery.errors import CanneryError

_T = TypeVar("_T")


def can_fork() -> bool:
    """Whether a second process knows all that this one knows; on macOS its libraries may not."""
    return sys.platform == "linux"


@contextmanager
def beside(act: Callable[..., _T], *arguments: object) -> Iterator[Callable[[], _T]]:
    """Do `act` in a fork of this process.

    What is yielded waits for the outcome: what `act` gives, or the CanneryError or OSError that it
    raises. The fork knows the arguments as they are, and sends nothing back but that. It is gone
    when the block is left, ready or not, and as soon as this process is.
    """
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    other = context.Process(target=_do, args=(sender, act, arguments), daemon=True)
    with _no_interrupts():
        other.start()
    sender.close()

    def outcome() -> _T:
        try:
            value, error = receiver.recv()
        except EOFError:
            other.join()
            code = other.exitcode or 0
            if code < 0:
                what = f"the second process was killed by signal {-code}"
                raise CanneryError(what, "Check the free memory.") from None
            raise RuntimeError(f"the second process failed with exit code {code}") from None
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]

    try:
        yield outcome
    finally:
        other.kill()
        other.join()
        other.close()
        receiver.close()


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """What is forked meanwhile leaves ^C to this process for good."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _do(sender: Connection, act: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        outcome = act(*arguments)
    except (CanneryError, OSError) as error:
        sender.send((None, error))
    else:
        sender.send((outcome, None))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
