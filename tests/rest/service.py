"""A service on this machine that does at each request what a test has put on its list."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest


class Asked(NamedTuple):
    """A request as it came; `connection` numbers the connections."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    connection: int


Act = Callable[[BaseHTTPRequestHandler], None]


def answer(
    content: object = None, code: int = 200, headers: Mapping[str, str] | None = None
) -> Act:
    """Answer with JSON, or with bytes as they are."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        handler.send_response(code)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return act


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Close the connection without an answer."""
    handler.close_connection = True
    with suppress(OSError):
        handler.connection.shutdown(socket.SHUT_RDWR)


def raw(*pieces: bytes, pause: threading.Event | None = None) -> Act:
    """Send these bytes and close; before the last piece, wait for an event."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        for number, piece in enumerate(pieces, 1):
            if pause and number == len(pieces):
                pause.wait(10)
            with suppress(OSError):
                handler.wfile.write(piece)

    return act


def then_close(act: Act, closed: threading.Event) -> Act:
    """Answer as if the connection were kept, and close it all the same: then comes the event."""

    def done(handler: BaseHTTPRequestHandler) -> None:
        act(handler)
        cut(handler)
        closed.set()

    return done


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


class Service:
    """Serves on loopback; with `trust`, by TLS. What is not on the list of acts is `usual`."""

    def __init__(self, trust: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.acts: list[Act] = []
        self.usual: Act = answer({})
        connections = iter(range(10**6))
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 10
            disable_nagle_algorithm = True  # head and body are sent one after the other

            def setup(self) -> None:
                super().setup()
                self.number = next(connections)

            def do(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body, self.number)
                service.asked.append(asked)
                act = service.acts.pop(0) if service.acts else service.usual
                act(self)

            do_GET = do_POST = do_PUT = do_DELETE = do_CONNECT = do  # noqa: N815 - as the library has it

            def log_message(self, *_: object) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        if trust:
            self._server.socket = trust.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port
        self.address = f"{'https' if trust else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A client that goes away is no error of the server's."""


@pytest.fixture
def service() -> Iterator[Service]:
    """A service that answers `{}` to whatever it is asked."""
    made = Service()
    yield made
    made.end()
