"""A host's API on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer

Response = tuple[int, Mapping[str, str], bytes]


class Server:
    """A server on this machine: `respond` gets each request and its body."""

    def __init__(self, respond: Callable[[BaseHTTPRequestHandler, bytes], Response]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def reply(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                code, headers, answer = respond(self, body)
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def do_GET(self) -> None:
                self.reply()

            def do_POST(self) -> None:
                self.reply()

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.name = f"127.0.0.1:{self._server.server_port}"
        self.address = f"http://{self.name}"
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Host(Server):
    """A server on this machine that keeps what it was told, and answers as a test wants."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str]] = []  # method, path, authorization
        self.bodies: list[bytes] = []
        self.answer: tuple[int, dict[str, str], object] = (200, {}, [])
        self.answers: dict[str, tuple[int, dict[str, str], object]] = {}  # by the path
        super().__init__(self._respond)

    def _respond(self, request: BaseHTTPRequestHandler, body: bytes) -> Response:
        self.bodies.append(body)
        self.told.append((request.command, request.path, request.headers["Authorization"] or ""))
        code, headers, content = self.answers.get(request.path, self.answer)
        return (
            code,
            headers,
            content if isinstance(content, bytes) else json.dumps(content).encode(),
        )
