"""A small web on loopback: pages by path, and what each server was asked."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from cannery.weblinks.address import Address, read_address
from cannery.weblinks.judge import Manners
from cannery.weblinks.request import Route

QUICK = Manners(pause=0.0, waits=(0.0, 0.0), most=1.0)


def local_route(**more: Any) -> Route:  # noqa: ANN401 - what a route takes
    """A route that may go to this machine, as no command's may."""
    return Route(reach=lambda _: True, **{"seconds": 5.0, **more})


def address_of(written: str) -> Address:
    address = read_address(written)
    assert address is not None
    return address


class Page(NamedTuple):
    """A status and headers; `{here}` in them is the server's own address."""

    status: int = 200
    headers: Mapping[str, str] = {}


class Request(NamedTuple):
    method: str
    path: str
    headers: Mapping[str, str]


class Site(NamedTuple):
    """A server's address, and what it was asked so far."""

    address: str
    requests: list[Request]

    @property
    def asked(self) -> list[str]:
        return [f"{item.method} {item.path}" for item in self.requests]


class _Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients that go away."""

    def handle_error(self, *_: object) -> None:
        pass


Pages = Mapping[str, Page | Sequence[Page]]


@contextmanager
def site(pages: Pages, host: str = "127.0.0.1", pair: Path | None = None) -> Iterator[Site]:
    """A server with pages by path, or by method and path; of several, one after the other.

    It speaks TLS with a `pair` of a key and a certificate.
    """
    requests: list[Request] = []
    given: dict[str, int] = {}

    def respond(handler: BaseHTTPRequestHandler) -> None:
        name = f"{handler.command} {handler.path}"
        requests.append(Request(handler.command, handler.path, dict(handler.headers)))
        found = pages.get(name) or pages.get(handler.path) or Page(404)
        if not isinstance(found, Page):
            number = given[name] = given.get(name, -1) + 1
            found = found[min(number, len(found) - 1)]
        handler.send_response(found.status)
        for key, value in found.headers.items():
            handler.send_header(key, value.format(here=address))
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with _server(respond, host, pair) as port:
        address = f"{'https' if pair else 'http'}://{host}:{port}"
        yield Site(address, requests)


@contextmanager
def _server(
    respond: Callable[[BaseHTTPRequestHandler], None], host: str, pair: Path | None
) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            respond(self)

        do_GET = do_CONNECT = do_HEAD  # noqa: N815 - as the library calls them

        def log_message(self, *_: object) -> None:
            pass

    server = _Quiet((host, 0), Handler)
    if pair:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
