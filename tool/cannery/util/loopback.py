"""A server on this machine that answers to this machine's own names alone.

A page of a stranger's can have its own name lead to this machine (DNS rebinding): a browser then
takes what is served here for a part of that page, and lets its scripts read it. The name in the
request still tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_NAMES = frozenset(("localhost", "127.0.0.1", "::1"))
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([0-9a-z.-]+))(?::[0-9]{1,5})?")
_REFUSED = "403 Forbidden"
_SAID = "This server answers to localhost and 127.0.0.1 only, and was called {name}.\n"


def loopback_only(application: WSGIApplication, bound: str) -> WSGIApplication:
    """The same application, for requests to `localhost`, `127.0.0.1`, `[::1]` and `bound`.

    Where `bound` is no loopback address, somebody has chosen to serve others: they may call it by
    any number, which no stranger can have lead anywhere else. The port may be that of a tunnel. A
    request that names no host comes from no browser of today, and gets no answer either.
    """

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        called = str(environ.get("HTTP_HOST", ""))
        if is_ours(called, bound):
            return application(environ, _for_this_site(start))
        body = _SAID.format(name=ascii(called[:100]) if called else "nothing").encode()
        start(_REFUSED, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


def is_ours(called: str, bound: str) -> bool:
    """Whether a request's Host is a name of this machine."""
    match = _HOST.fullmatch(called.lower())
    if not match:
        return False
    name = match[1] or match[2]
    if name in _NAMES or name == bound.lower():
        return True
    return bound not in _NAMES and _is_number(name)


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _for_this_site(start: StartResponse) -> StartResponse:
    """Keep pages of other sites from taking a file of ours as their script or picture."""

    def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:  # noqa: ANN401 - as it comes
        return start(status, [*headers, ("Cross-Origin-Resource-Policy", "same-origin")], *rest)

    return begin
