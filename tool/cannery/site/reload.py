"""Live reload for `kb site serve`, with a Content Security Policy that allows it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_OPENS = b"<script>"
_POLICY = b"script-src 'self'"


def with_reload(app: WSGIApplication) -> WSGIApplication:
    """A server's app whose pages' policy allows the one script that the server adds to them."""

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answered: list[tuple[Any, ...]] = []

        def later(*what: Any) -> Callable[[bytes], object]:  # noqa: ANN401 - WSGI's own
            answered[:] = [what]
            return lambda _: None

        body = app(environ, later)
        status, headers, *rest = answered[0]
        if ("Content-Type", "text/html") in headers:
            page = _allowed(b"".join(body))
            body = [page]
            headers = [item for item in headers if item[0] != "Content-Length"]
            headers.append(("Content-Length", str(len(page))))
        start_response(status, headers, *rest)
        return body

    return serve


def _allowed(page: bytes) -> bytes:
    """The page with a number on its last script that its policy names: the server's own."""
    before, opens, after = page.rpartition(_OPENS)
    if not opens:
        return page
    once = secrets.token_urlsafe().encode()
    policy = b"%b 'nonce-%b'" % (_POLICY, once)
    return before.replace(_POLICY, policy, 1) + b'<script nonce="%b">' % once + after
