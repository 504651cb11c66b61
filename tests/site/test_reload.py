"""What a server adds to pages while they are written, under the pages' policy."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest

from cannery.site.reload import with_reload

POLICY = b"<meta content=\"default-src 'self'; script-src 'self'; style-src 'self'\">"
PAGE = POLICY + b'<script src="a.js"></script><body>x<script>reload()</script></body>'


def _served(kind: str, page: bytes) -> tuple[dict[str, str], bytes]:
    def app(_: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(page)))])
        return [page[:9], page[9:]]

    said: list[list[tuple[str, str]]] = []

    def start(_: str, headers: list[tuple[str, str]], *__: object) -> object:
        said.append(headers)
        return lambda _: None

    environ: WSGIEnvironment = {}
    setup_testing_defaults(environ)
    body = b"".join(with_reload(app)(environ, start))  # type: ignore[arg-type]
    return dict(said[0]), body


def test_the_policy_names_the_servers_own_script_alone() -> None:
    headers, body = _served("text/html", PAGE)
    assert headers["Content-Length"] == str(len(body))
    once = body.split(b'<script nonce="')[1].split(b'"')[0]
    assert body.count(once) == 2
    assert b"script-src 'self' 'nonce-%b'; style-src 'self'" % once in body
    assert _served("text/html", PAGE)[1] != body


@pytest.mark.parametrize(("kind", "page"), [("text/html", POLICY), ("text/css", PAGE)])
def test_anything_else_is_served_as_it_is(kind: str, page: bytes) -> None:
    assert _served(kind, page)[1] == page
