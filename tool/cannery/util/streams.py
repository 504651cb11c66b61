"""The standard streams as `kb` has them: one that is lost breaks off no act.

What can't be written is dropped, and the reason is kept for the end, when it is told once. An act
that prints while it goes on, such as a sync, is then done whole or not begun, whoever reads along.
"""

from __future__ import annotations

import io
import os
import sys

TYPE_CHECKING = False  # typing itself takes a fifth of the time that a bare Python takes to start
if TYPE_CHECKING:
    from typing import TextIO

    from _typeshed import ReadableBuffer, WriteableBuffer

_STDERR = 2  # a descriptor


class _Source(io.FileIO):
    """Stdin; raises UsageError where there is none to read: a folder, or one that only writes."""

    def readall(self) -> bytes:
        try:
            return super().readall() or b""
        except OSError as error:
            raise _unreadable(error) from error

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise _unreadable(error) from error


class _Sink(io.FileIO):
    """Stdout or stderr; `fault` is why something was dropped."""

    fault: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        rest = memoryview(data).cast("B")
        size = len(rest)
        while rest and not self.fault:
            try:
                written = super().write(rest)
            except OSError as error:
                self.fault = error
            else:
                if written is None:  # another program has the terminal not wait
                    self._wait()
                rest = rest[written or 0 :]
        return size

    def _wait(self) -> None:
        import select

        select.select([], [self], [])


def prepare() -> None:
    """Take over the standard streams, of which the caller may have closed some."""
    for number in range(_STDERR + 1):
        try:
            os.fstat(number)
        except OSError:
            # No file that is opened later becomes descriptor 1 or 2, into which something may
            # write. It can't be written to: what should have gone to stdout is missed at the end.
            os.open(os.devnull, os.O_RDWR if number == _STDERR else os.O_RDONLY)
            os.set_inheritable(number, True)  # noqa: FBT003 - of what `kb` starts, likewise
    if sys.platform == "win32":  # a console takes text through an object of its own
        sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8")
        sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8")
        sys.stderr = sys.stderr or os.fdopen(_STDERR, "w", encoding="utf-8")
    else:
        source = io.BufferedReader(_Source(0, closefd=False))
        errors = sys.stdin.errors if sys.stdin else "strict"
        sys.stdin = io.TextIOWrapper(source, _encoding(sys.stdin), errors)
        sys.stdout = _output(1, sys.stdout)
        sys.stderr = _output(_STDERR, sys.stderr)


def lost(stream: TextIO) -> OSError | None:
    """Why not all that was printed has arrived; None if it has, as far as the system says."""
    try:
        stream.flush()
    except OSError as error:  # of a stream that is Python's own
        return error
    buffer = getattr(stream, "buffer", None)
    sink = getattr(buffer, "raw", buffer)
    return sink.fault if isinstance(sink, _Sink) else None


def _output(number: int, before: TextIO | None) -> io.TextIOWrapper:
    sink = _Sink(number, "w", closefd=False)
    # PYTHONUNBUFFERED: each piece at once.
    at_once = bool(before) and isinstance(getattr(before, "buffer", None), io.FileIO)
    return io.TextIOWrapper(
        sink if at_once else io.BufferedWriter(sink),
        _encoding(before),
        "strict",  # until util/local.py says what becomes of a letter that it lacks
        line_buffering=number == _STDERR or sink.isatty(),
        write_through=at_once,
    )


def _encoding(before: TextIO | None) -> str:
    return before.encoding if before else "utf-8"


def _unreadable(error: OSError) -> Exception:
    from cannery.errors import UsageError

    return UsageError(f"stdin can't be read: {error.strerror}", "Give it a file, or a pipe.")
