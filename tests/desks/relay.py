"""What stands between `kb` and a server, and kills `kb` at one of its writes."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

WRITES = ("PATCH", "POST", "PUT")


class Relay:
    """A way to `address` that kills `victim` at the write number `at`, counted from 1.

    `carried` tells whether that write gets to the server: its answer is lost in any case.
    """

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self.victim, self.at, self.carried, self.writes = 0, 0, False, 0
        relay = self

        class Handler(BaseHTTPRequestHandler):
            def __getattr__(self, name: str) -> Callable[[], None]:
                """Each `do_GET`, `do_PUT` and so on, as the server looks for them."""
                if not name.startswith("do_"):
                    raise AttributeError(name)
                return lambda: relay.pass_on(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def pass_on(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        self.writes += request.command in WRITES
        is_last = request.command in WRITES and self.writes == self.at
        if is_last and not self.carried:
            os.kill(self.victim, signal.SIGKILL)
            return
        there = HTTPConnection(self._host, timeout=30)
        headers = {**dict(request.headers.items()), "Host": self._host}
        there.request(request.command, request.path, body, headers)
        answer = there.getresponse()
        data = answer.read()
        there.close()
        if is_last:
            os.kill(self.victim, signal.SIGKILL)
            return
        request.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                request.send_header(name, value)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    def killed_at(self, write: int, command: Sequence[str], *, carried: bool) -> bool:
        """Run a command, which is killed at a write; whether it was."""
        self.at, self.carried, self.writes = write, carried, 0
        with subprocess.Popen(
            command, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            self.victim = process.pid
            _, told = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL), told.decode()
        self.at = 0
        return process.returncode == -signal.SIGKILL

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()
