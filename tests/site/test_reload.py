"""What a server adds to pages while they are written, under the pages' policy."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from types import SimpleNamespace
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest
from jinja2 import Environment

from cannery.model.site_settings import SiteSettings
from cannery.site import policy
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


def test_a_policy_for_everything_allows_the_script_too() -> None:
    page = PAGE.replace(b" script-src 'self';", b"")
    body = _served("text/html", page)[1]
    once = body.split(b'<script nonce="')[1].split(b'"')[0]
    assert b"default-src 'self'; script-src 'self' 'nonce-%b'; style-src" % once in body


def test_a_policy_is_read_as_pages_have_it() -> None:
    head = files("cannery.site").joinpath("web/theme/partials/kb-head.html").read_text("utf-8")
    line = next(line for line in head.splitlines() if "Content-Security-Policy" in line)
    site = SimpleNamespace(policy=policy.policy(SiteSettings()))
    written = Environment(autoescape=True).from_string(line).render(SITE=site, pictures="")
    body = _served("text/html", PAGE.replace(POLICY, written.encode()))[1]
    once = body.split(b'<script nonce="')[1].split(b'"')[0]
    assert b"; script-src 'self' 'nonce-%b'; object-src" % once in body


class _Server:
    """Answers as MkDocs' server does, whose time goes on with each build."""

    def __init__(self, **files: bytes) -> None:
        self.files, self.now, self.waits = files, 5, [6]

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/livereload/"):
            if int(path.split("/")[2]) >= self.now and self.waits:
                self.now = self.waits.pop(0)
            start("200 OK", [("Content-Type", "text/plain")])
            return [b"%d" % self.now]
        kind = "text/html" if path.endswith("/") else "image/png"
        start("200 OK", [("Content-Type", kind)])
        body = self.files[path.strip("/")]
        script = b"<script>var a;\nlivereload(%d, 77);\n</script></body>" % self.now
        return [body + script if kind == "text/html" else body]


def _ask(app: WSGIApplication, path: str) -> bytes:
    environ: WSGIEnvironment = {}
    setup_testing_defaults(environ)
    return b"".join(app({**environ, "PATH_INFO": path}, lambda *_: lambda _: None))


@pytest.mark.parametrize(
    ("changed", "news"),
    [("other", b"5"), ("page", b"6"), ("page.png", b"6")],
)
def test_a_page_is_told_of_news_of_its_own(changed: str, news: bytes) -> None:
    files = {"page": b'<img alt="" src="../page.png">', "page.png": b"1", "other": b"2"}
    server = _Server(**files)
    app = with_reload(server)
    _ask(app, "/page/")
    server.files[changed] += b"!"
    assert _ask(app, "/livereload/5/77") == news


def test_a_page_of_an_earlier_server_is_told_of_all() -> None:
    assert _ask(with_reload(_Server()), "/livereload/5/1") == b"6"
