"""Ask a service's API: a token goes to that service and to no other, and answers have bounds."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Mapping
from http.client import (
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    HTTPSConnection,
    IncompleteRead,
)
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode, urlsplit

from cannery.errors import CanneryError
from cannery.model.event import Listener, Progress, ignore

_SECONDS = 30.0
_MOST = 64_000_000  # bytes of an answer
_JSON = "application/json"
_TOO_MANY = 429
_PAUSE, _LONGEST = 5, 900  # seconds


class RestError(CanneryError):
    """The service refused, or can't be reached. `code` is HTTP's; 0 where there was no answer."""

    def __init__(self, message: str, hint: str, code: int = 0) -> None:
        super().__init__(message, hint)
        self.code = code


class Reply(NamedTuple):
    """An answer: `content` is its JSON, None for none; `headers` by their names in lower case."""

    code: int
    content: Any
    headers: Mapping[str, str]


class Body(NamedTuple):
    """What is sent that is no JSON, such as a file."""

    data: bytes
    content_type: str


class Client(Protocol):
    """What asks one service."""

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """The answer at a path below the service's address, or at a whole address of that service.

        `body` is sent as JSON unless it is a `Body`. Raises RestError for an error of HTTP.
        """


class PlainClient:
    """A client that keeps one connection open; `authorize` gives the headers that sign in."""

    def __init__(
        self,
        address: str,
        authorize: Callable[[], Mapping[str, str]],
        listener: Listener = ignore,
    ) -> None:
        self.address = address
        self._authorize = authorize
        self._listener = listener
        self._connection: HTTPConnection | None = None

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        data, content_type = _encoded(body)
        sent = {"Accept": _JSON, **self._authorize(), **(headers or {})}
        if data is not None:
            sent["Content-Type"] = content_type
        target = self._target(path) + (f"?{urlencode(query)}" if query else "")
        answer, raw = self._exchange(method, target, data, sent)
        while answer.status == _TOO_MANY:
            self._wait(answer.getheader("Retry-After", ""))
            answer, raw = self._exchange(method, target, data, sent)
        content = _content(raw)
        if answer.status >= 400:  # noqa: PLR2004 - where HTTP's errors begin
            host = urlsplit(self.address).hostname
            message = f"{host} returned an error ({answer.status}) for {method} {path}"
            raise RestError(message, "Run it again.", answer.status)
        return Reply(answer.status, content, {k.lower(): v for k, v in answer.getheaders()})

    def _wait(self, after: str) -> None:
        seconds = min(int(after), _LONGEST) if after.isdecimal() else _PAUSE
        for second in range(seconds):
            self._listener(Progress(f"Waiting for {self.address}", second, seconds))
            time.sleep(1)

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _target(self, path: str) -> str:
        """The path and query to ask for. Raises RestError for an address of another service."""
        parts, own = urlsplit(path), urlsplit(self.address)
        if parts.netloc and (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
            message = f"{own.hostname} points to another host: not followed"
            raise RestError(message, "Check the address of the service.")
        base = "" if parts.netloc else own.path
        return f"{base}{parts.path}" + (f"?{parts.query}" if parts.query else "")

    def _exchange(
        self, method: str, target: str, data: bytes | None, headers: Mapping[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        connection = self._connection or self._connected()
        try:
            connection.request(method, target, data, dict(headers))
            answer = connection.getresponse()
            raw = answer.read(_MOST + 1)
            if answer.length and len(raw) <= _MOST:
                raise IncompleteRead(raw, answer.length)  # a read with a bound does not say so
        except (OSError, HTTPException) as error:
            self.close()
            host = urlsplit(self.address).hostname
            hint = "Run it again when you are online."
            raise RestError(f"{host} can't be reached: {error}", hint) from error
        if len(raw) > _MOST:
            self.close()
            raise RestError("the answer is too long", "Check the address of the service.")
        return answer, raw

    def _connected(self) -> HTTPConnection:
        own = urlsplit(self.address)
        host = own.hostname or ""
        if own.scheme == "https":
            context = ssl.create_default_context()
            self._connection = HTTPSConnection(host, own.port, timeout=_SECONDS, context=context)
        else:
            self._connection = HTTPConnection(host, own.port, timeout=_SECONDS)
        return self._connection


def _encoded(body: object) -> tuple[bytes | None, str]:
    if body is None:
        return None, ""
    if isinstance(body, Body):
        return body.data, body.content_type
    return json.dumps(body, ensure_ascii=False).encode(), _JSON


def _content(raw: bytes) -> Any:  # noqa: ANN401 - JSON
    if not raw.strip():
        return None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None
