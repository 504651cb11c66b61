"""A host's API on this machine."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer


class Host:
    """A server on this machine that keeps what it was told, and answers as a test wants."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str]] = []  # method, path, authorization
        self.bodies: list[bytes] = []
        self.answer: tuple[int, dict[str, str], object] = (200, {}, [])
        self.answers: dict[str, tuple[int, dict[str, str], object]] = {}  # by the path
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def reply(self) -> None:
                outer.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
                outer.told.append((self.command, self.path, self.headers["Authorization"] or ""))
                code, headers, body = outer.answers.get(self.path, outer.answer)
                raw = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def do_GET(self) -> None:
                self.reply()

            def do_POST(self) -> None:
                self.reply()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.name = f"127.0.0.1:{self.server.server_port}"
        self.address = f"http://{self.name}"
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()
