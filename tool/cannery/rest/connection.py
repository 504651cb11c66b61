"""One connection to one service: kept open, bounded in time and size, by a proxy if there is one.

Certificates are those that OpenSSL trusts: SSL_CERT_FILE names a file of others.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, InvalidURL
from typing import NamedTuple

from cannery.errors import without_errno
from cannery.rest.bounded_response import bounded
from cannery.rest.proxy import ProxyError, proxy_for
from cannery.util.address import Web

_MOST = 64_000_000  # bytes of an answer
_CHUNK = 65_536
_SLOWEST = 50_000  # bytes a second of what is sent
_IDLE = 2.0  # seconds after which a kept connection may have been closed on the other side


class RawReply(NamedTuple):
    """An answer; `headers` by their names in lower case."""

    code: int
    headers: Mapping[str, str]
    body: bytes


class BrokenError(Exception):
    """No answer, and why. `was_sent` says that the service may have done what was asked."""

    def __init__(self, reason: str, *, was_sent: bool) -> None:
        super().__init__(reason)
        self.was_sent = was_sent


class TooLongError(Exception):
    """An answer is longer than any that is wanted."""


class Connection:
    """A connection to a service, opened when it is needed. It belongs to one thread."""

    def __init__(self, service: Web, seconds: float = 30.0) -> None:
        self._service = service
        self._seconds = seconds
        self._response_class = bounded(seconds)
        self._open: HTTPConnection | None = None
        self._used = 0.0  # when
        self.requests = 0  # that were sent

    def exchange(
        self, method: str, target: str, data: bytes | None, headers: Mapping[str, str]
    ) -> RawReply:
        """Ask once. Raises BrokenError and TooLongError.

        A connection that was kept may have been closed by the other side: what may be asked twice
        is then asked again on a new one; anything else is not sent on one that has rested.
        """
        may_repeat = method in REPEATABLE
        was_kept = self._is_alive(0.0 if may_repeat else _IDLE)
        try:
            return self._once(method, target, data, headers)
        except BrokenError as error:
            if not (was_kept and may_repeat and error.was_sent):
                raise
        return self._once(method, target, data, headers)

    def close(self) -> None:
        if self._open:
            self._open.close()
            self._open = None

    def _is_alive(self, idle: float) -> bool:
        """Whether a kept connection can be used; one that can't be is closed."""
        if self._open is None or self._open.sock is None:
            return False
        rested = time.monotonic() - self._used
        if (not idle or rested < idle) and not _has_news(self._open.sock):
            return True
        self.close()
        return False

    def _once(
        self, method: str, target: str, data: bytes | None, headers: Mapping[str, str]
    ) -> RawReply:
        connection = self._connected()
        try:
            with _failures(was_sent=True, seconds=self._seconds):
                self.requests += 1
                connection.sock.settimeout(self._seconds + len(data or b"") / _SLOWEST)
                connection.request(method, target, data, dict(headers))
                response = connection.getresponse()
                reply = _read(response)
        except BaseException:  # whatever ends it, the next answer must not be this one's rest
            self.close()
            raise
        self._used = time.monotonic()
        if response.will_close:
            self.close()
        return reply

    def _connected(self) -> HTTPConnection:
        if self._open is None:
            with _failures(was_sent=False, seconds=self._seconds):
                connection = self._made()
                connection.response_class = self._response_class
                connection.connect()
                self._open = connection
        return self._open

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context()  # which reads all certificates there are

    def _made(self) -> HTTPConnection:
        service = self._service
        if service.scheme == "http":
            if not service.is_loopback:
                raise ProxyError("http:// is not encrypted")
            return HTTPConnection(service.name, service.port, timeout=self._seconds)
        host, port, trust = service.name, service.port, self._trust
        proxy = None if service.is_loopback else proxy_for("https", service.host)
        if proxy is None:
            return HTTPSConnection(host, port, timeout=self._seconds, context=trust)
        tunnel = HTTPSConnection(proxy.host, proxy.port, timeout=self._seconds, context=trust)
        tunnel.set_tunnel(host, port, dict(proxy.headers))
        return tunnel


# What may be asked twice with the outcome of once.
REPEATABLE = frozenset(("DELETE", "GET", "HEAD", "PUT"))


def _has_news(sock: socket.socket) -> bool:
    """Whether something came that was not asked for, such as the end of the connection."""
    with selectors.DefaultSelector() as selector:
        try:
            selector.register(sock, selectors.EVENT_READ)
        except ValueError:  # it is closed
            return True
        return bool(selector.select(0))


def _read(response: HTTPResponse) -> RawReply:
    """The whole answer, unpacked. Raises TooLongError."""
    pieces, size = [], 0
    is_measured = response.length is not None or response.chunked
    while piece := response.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > _MOST:
            raise TooLongError
    if response.length or not (is_measured or pieces):  # the library takes half a head for a whole
        raise HTTPException("the answer is cut short")
    headers = {name.lower(): value for name, value in response.getheaders()}
    body = b"".join(pieces)
    if headers.get("content-encoding", "").lower() == "gzip" and body:
        body = _unpacked(body)
    return RawReply(response.status, headers, body)


def _unpacked(body: bytes) -> bytes:
    """What was packed with gzip. Raises HTTPException for anything else, and TooLongError."""
    packed = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = packed.decompress(body, _MOST + 1)
    except zlib.error as error:
        raise HTTPException("the answer is damaged") from error
    if len(plain) > _MOST:
        raise TooLongError
    if not packed.eof:
        raise HTTPException("the answer is cut short")
    return plain


@contextlib.contextmanager
def _failures(*, was_sent: bool, seconds: float) -> Iterator[None]:
    """Errors of the libraries as what they say of the service."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        reason = f"its certificate is not trusted ({error.verify_message})"
        raise BrokenError(reason, was_sent=False) from error
    except ProxyError as error:
        raise BrokenError(str(error), was_sent=False) from error
    except TimeoutError as error:
        raise BrokenError(f"no answer within {seconds:g} seconds", was_sent=was_sent) from error
    except OSError as error:
        reason = without_errno(error.strerror or str(error)) or "the connection was closed"
        raise BrokenError(reason, was_sent=was_sent) from error
    except (InvalidURL, ValueError) as error:
        raise BrokenError("its address can't be asked", was_sent=False) from error
    except HTTPException as error:
        reason = "it broke off" if was_sent else "its answer is not HTTP"
        raise BrokenError(reason, was_sent=was_sent) from error
