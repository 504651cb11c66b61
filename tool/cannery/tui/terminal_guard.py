"""Keep the terminal usable whatever becomes of a program that takes all of it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

# Leave the other screen, show the cursor, forget mouse, focus, paste, kitty's keys and colours.
_RESET = (
    "\x1b[?1049l\x1b[?25h\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\x1b[?2004l"
    "\x1b[?2048l\x1b[<u\x1b[0m\r"
)
_KILLED = 128  # plus the signal's number, as shells tell
_LAST_SECONDS = 5.0  # to end in, once asked to
_GONE = 1  # the exit code where that was not enough


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """What is inside runs in a child process; this one waits, and mends the terminal if need be.

    A killed child (SIGKILL too) leaves the terminal as it was before, and so does a killed parent,
    whose child then ends by itself. Where processes can't be forked, it just runs.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:
        yield
        return
    import termios

    terminal = sys.__stderr__.fileno() if sys.__stderr__ else 2
    before = termios.tcgetattr(terminal)
    watched, held = os.pipe()
    child = os.fork()
    if not child:
        os.close(held)
        _end_with_parent(watched)
        yield
        return
    os.close(watched)
    status = _wait(child)
    os.close(held)
    if os.WIFSIGNALED(status):
        # Whoever has taken the terminal meanwhile would stop us for writing to it.
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.write(terminal, _RESET.encode())
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
        termios.tcflush(terminal, termios.TCIFLUSH)
        number = os.WTERMSIG(status)
        sys.stderr.write(f"kb: ended by {signal.Signals(number).name}\n")
        sys.exit(_KILLED + number)
    sys.exit(os.waitstatus_to_exitcode(status))


def _wait(child: int) -> int:
    """The child's status once it has ended; signals go on to it, and a stop is shared."""

    def forward(number: int, _: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, forward)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keyboard's own reaches both
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            return status
        os.kill(os.getpid(), signal.SIGSTOP)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGCONT)


def _end_with_parent(watched: int) -> None:
    """End as if asked to when the parent is gone: its end of the pipe closes."""

    def watch() -> None:
        os.read(watched, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="guard", daemon=True).start()


def end_soon() -> None:
    """End within seconds, come what may: a write to a terminal that is gone may wait for ever."""

    def end() -> None:
        time.sleep(_LAST_SECONDS)
        os._exit(_GONE)

    threading.Thread(target=end, name="guard", daemon=True).start()
