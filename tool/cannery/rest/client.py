"""Ask a service's API: a token goes to that service and to no other, and answers have bounds."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode

from cannery.rest.connection import REPEATABLE, RawReply
from cannery.rest.request_target import redirect_target, request_target
from cannery.rest.rest_error import RestError
from cannery.rest.said import reason
from cannery.rest.sender import (
    SERVER_ERROR,
    UNAUTHORIZED,
    UNKNOWN_FATE,
    Manner,
    Request,
    Sender,
)
from cannery.util.address import web

__all__ = ("Body", "Client", "ForkedError", "Manner", "PlainClient", "Reply", "RestError")
_JSON = "application/json"
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ERROR = 400


class Reply(NamedTuple):
    """An answer: `content` is its JSON, None for none; `headers` by their names in lower case.

    `raw` is the answer as it came, for what is no JSON.
    """

    code: int
    content: Any
    headers: Mapping[str, str]
    raw: bytes = b""


class Body(NamedTuple):
    """What is sent that is no JSON, such as a file."""

    data: bytes
    content_type: str


class ForkedError(Exception):
    """A fork would ask: its connection is also that of the process which it came from.

    That process alone can go on with it.
    """


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
    """A client that keeps one connection open; `authorize` gives the headers that sign in.

    Close it. It belongs to one thread of one process: in a fork it raises ForkedError.
    """

    def __init__(
        self,
        address: str,
        authorize: Callable[[], Mapping[str, str]],
        manner: Manner | None = None,
    ) -> None:
        service = web(address)
        if service is None:
            raise RestError(f"{address:.200} is not a web address", "Check it in kb.toml.")
        self.address = address.rstrip("/")
        self._service = service
        self._manner = manner or Manner()
        self._sender = Sender(service, authorize, self._manner)
        self._process = os.getpid()

    @property
    def requests(self) -> int:
        """How many were sent."""
        return self._sender.connection.requests

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        if os.getpid() != self._process:
            raise ForkedError
        data, content_type = _encoded(body)
        sent = {"Accept": _JSON, **(headers or {})}
        if data is not None:
            sent["Content-Type"] = content_type
        target = request_target(self._service, path)
        told = target.partition("?")[0]
        if query:
            target += f"{'&' if '?' in target else '?'}{urlencode(query)}"
        request = Request(method, target, told, data, sent)
        raw = self._followed(request)
        if raw.code >= _ERROR:
            raise self._refusal(request, raw)
        return Reply(raw.code, _content(raw.body), raw.headers, raw.body)

    def close(self) -> None:
        self._sender.connection.close()

    def _followed(self, request: Request) -> RawReply:
        """The answer, from wherever within the service it is."""
        for _ in range(_MOST_REDIRECTS):
            raw = self._sender.send(request)
            if raw.code not in _REDIRECTS:
                return raw
            leads = raw.headers.get("location", "")
            if request.method not in ("GET", "HEAD"):
                message = f"{self._service.name} redirects {request.method} {request.path}"
                raise RestError(f"{message}: not followed", "Check the address of the service.")
            target = redirect_target(self._service, request.target, leads)
            request = request._replace(target=target)
        message = f"{self._service.name} redirects {request.path} in circles"
        raise RestError(message, "Check the address of the service.")

    def _refusal(self, request: Request, raw: RawReply) -> RestError:
        told = reason(raw.body, raw.code, self._sender.secrets())
        host, asked = self._service.name, f"{request.method} {request.path}"
        message = f"{host} returned an error ({raw.code}) for {asked}: {told}"
        is_fault = raw.code >= SERVER_ERROR and request.method not in REPEATABLE
        hint = UNKNOWN_FATE if is_fault else _HINTS.get(raw.code, "Run it again later.")
        if raw.code == UNAUTHORIZED:
            hint = self._manner.sign_in or hint
        return RestError(message, hint, raw.code, is_fate_unknown=is_fault)


_HINTS = {
    400: "The service does not take what it was sent.",
    401: "Sign in again.",
    403: "Whoever is signed in may not do this. Ask an administrator of the service.",
    404: "Check the address of the service, and what whoever is signed in may see.",
    409: "Run it again.",
    422: "The service does not take what it was sent.",
    429: "The service asks for a longer wait than is made here. Run it again later.",
}


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
