"""Answers of HTTP that end in time: also one that comes letter by letter, which no timeout ends."""

from __future__ import annotations

import socket
import time
from http.client import HTTPResponse
from io import BufferedReader, RawIOBase
from typing import Any

_WHOLE = 10  # times the timeout, for all of an answer


class _Bounded(RawIOBase):
    """What comes from a socket, until all of it has taken too long: that is a TimeoutError."""

    def __init__(self, raw: RawIOBase, sock: socket.socket, seconds: float) -> None:
        self._raw = raw
        self._sock = sock
        self._seconds = seconds
        self._end = time.monotonic() + seconds * _WHOLE

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:  # noqa: ANN401 - as the library has it
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(min(self._seconds, left))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def bounded(seconds: float) -> type[HTTPResponse]:
    """A class of answers, for a connection whose other side may be silent for so long."""

    class BoundedResponse(HTTPResponse):
        def __init__(self, sock: socket.socket, *options: Any, **named: Any) -> None:  # noqa: ANN401 - likewise
            super().__init__(sock, *options, **named)
            self.fp = BufferedReader(_Bounded(self.fp.detach(), sock, seconds))

    return BoundedResponse
