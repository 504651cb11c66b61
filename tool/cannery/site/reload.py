"""Live reload for `kb site serve`: of the pages that changed, by a policy that allows it."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from io import BytesIO
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_OPENS = b"<script>"
# A policy as written, and as an attribute has it.
_SCRIPTS = re.compile(rb"script-src (?:'|&#39;)self(?:'|&#39;)")
_ALL = re.compile(rb"default-src (?:'|&#39;)self(?:'|&#39;)")
_OWN = re.compile(rb"livereload\((\d{1,20}), (\d{1,20})\);\s*\Z")  # the server's script calls it
_ASKED = re.compile(r"/livereload/(\d{1,20})/(\d{1,20})")
_PARTS = re.compile(rb"<(?:script|img|link rel=\"stylesheet\")\s[^<>]{0,500}")
_ADDRESS = re.compile(rb"(?:src|href)=\"([^\"<>]{1,500})\"")
_MOST = 1000  # pages that browsers may show at once
_MOST_PARTS = 200


class _Answer(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    rest: tuple[Any, ...]
    body: Iterable[bytes]

    @property
    def is_page(self) -> bool:
        return ("Content-Type", "text/html") in self.headers

    def read(self) -> bytes:
        try:
            return b"".join(self.body)
        finally:
            if close := getattr(self.body, "close", None):
                close()


class _Shown(NamedTuple):
    """A page in a browser, and what it was made of."""

    path: str
    digest: bytes


def with_reload(app: WSGIApplication) -> WSGIApplication:
    """A server's app whose pages' policy allows the one script that the server adds to them.

    The script asks for news of its page: it is told those of a page that is another than before.
    """
    shown = _ShownPages(app)

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = _ASKED.fullmatch(environ.get("PATH_INFO", ""))
        if asked:
            return shown.news(environ, start_response, asked[1], asked[2])
        answer = _asked(app, environ)
        body, headers = answer.body, answer.headers
        if answer.is_page:
            page = answer.read()
            shown.add(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"), page)
            page = _allowed(page)
            body = [page]
            headers = [item for item in headers if item[0] != "Content-Length"]
            headers.append(("Content-Length", str(len(page))))
        start_response(answer.status, headers, *answer.rest)
        return body

    return serve


def _asked(app: WSGIApplication, environ: WSGIEnvironment) -> _Answer:
    answered: list[tuple[Any, ...]] = []

    def later(*what: Any) -> Callable[[bytes], object]:  # noqa: ANN401 - WSGI's own
        answered[:] = [what]
        return lambda _: None

    body = app(environ, later)
    status, headers, *rest = answered[0]
    return _Answer(status, headers, tuple(rest), body)


class _ShownPages:
    """The pages that browsers show, by the number that the server gave each."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app, self._lock = app, Lock()
        self._pages: dict[str, _Shown] = {}

    def add(self, path: str, page: bytes) -> None:
        own = _OWN.search(page.rpartition(b"</script>")[0][-200:])
        if own is None:
            return
        shown = _Shown(path, self._digest(path, page))
        with self._lock:
            self._pages[own[2].decode()] = shown
            while len(self._pages) > _MOST:
                del self._pages[next(iter(self._pages))]

    def news(
        self, environ: WSGIEnvironment, start_response: StartResponse, epoch: str, number: str
    ) -> Iterable[bytes]:
        """Waits as the server does; what it answers is the page's own time while it is the same."""
        since = epoch
        while True:
            answer = _asked(self._app, {**environ, "PATH_INFO": f"/livereload/{since}/{number}"})
            now = answer.read()
            is_news = now.isdigit() and int(now) > int(since)
            if not is_news or self._is_other(number):
                break
            since = now.decode()
        start_response(answer.status, answer.headers, *answer.rest)
        return [now if is_news else epoch.encode()]

    def _is_other(self, number: str) -> bool:
        shown = self._pages.get(number)
        if shown is None:
            return True
        answer = self._get(shown.path)
        page = answer.read()
        return not answer.is_page or self._digest(shown.path, page) != shown.digest

    def _digest(self, path: str, page: bytes) -> bytes:
        """Of a page without the server's script, and of what it is shown with."""
        bare = page.rpartition(_OPENS)[0]
        digest = hashlib.blake2b(bare)
        for part in _PARTS.findall(bare)[:_MOST_PARTS]:
            for address in _ADDRESS.findall(part):
                digest.update(self._part(path, address.decode("utf-8", "replace")))
        return digest.digest()

    def _part(self, path: str, address: str) -> bytes:
        """What a file of the site is now; of other hosts' nothing is known."""
        place = urljoin(path, address.partition("?")[0])
        return self._get(unquote(place)).read() if place.startswith("/") else b""

    def _get(self, path: str) -> _Answer:
        inner = path.encode("utf-8", "replace").decode("latin-1")  # as WSGI has it
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": inner, "wsgi.input": BytesIO()}
        return _asked(self._app, environ)


def _allowed(page: bytes) -> bytes:
    """The page with a number on its last script that its policy names: the server's own."""
    before, opens, after = page.rpartition(_OPENS)
    if not opens:
        return page
    once = secrets.token_urlsafe().encode()
    allowed = b"script-src 'self' 'nonce-%b'" % once
    if _SCRIPTS.search(before):
        before = _SCRIPTS.sub(allowed, before, count=1)
    else:
        before = _ALL.sub(rb"\g<0>; " + allowed, before, count=1)
    return before + b'<script nonce="%b">' % once + after
