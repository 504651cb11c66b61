"""A help desk on loopback: routes, what it was asked, and faults at chosen requests."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from tests.desks.faults import Cut, Fault, Planned, Status, Then

_JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """What was asked. `names` are the parts of the path that its route names."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]  # by their names in lower case
    data: bytes
    names: Mapping[str, str]

    @property
    def content(self) -> Any:  # noqa: ANN401 - JSON
        """The JSON that was sent; raises Refused where it is none."""
        try:
            return json.loads(self.data) if self.data.strip() else None
        except ValueError as error:
            raise Refused(422, {"error": "Unprocessable Entity"}) from error

    def number(self, name: str) -> int:
        return int(self.names[name])

    def part(self, name: str) -> dict[str, Any]:
        """The object that the body wraps, such as `macro`; raises Refused for anything else."""
        content = self.content
        found = content.get(name) if isinstance(content, dict) else None
        if not isinstance(found, dict):
            message = f"Parameter {name} is required"
            raise Refused(400, {"error": {"title": "Invalid attribute", "message": message}})
        return found


class Answer(NamedTuple):
    """`content` is sent as JSON unless it is bytes; None is no body."""

    code: int = 200
    content: object = None
    headers: Mapping[str, str] = {}


class Refused(Exception):  # noqa: N818 - as the server says it
    """A request that ends with an error of HTTP."""

    def __init__(
        self, code: int, content: object = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.answer = Answer(code, content, headers or {})


Act = Callable[[Request], Answer]


class Route(NamedTuple):
    """`path` names its parts in braces: `/api/v2/macros/{id}`; a part that is an id is digits."""

    method: str
    path: str
    act: Act

    @property
    def pattern(self) -> re.Pattern[str]:
        kinds = re.sub(
            r"\{(\w*id)\}",
            r"(?P<\1>[0-9]+)",
            re.escape(self.path).replace("\\{", "{").replace("\\}", "}"),
        )
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", kinds))


class Asked(NamedTuple):
    """A request and the status that it ended with; 0 where there was no answer."""

    request: Request
    code: int

    @property
    def line(self) -> str:
        return f"{self.request.method} {self.request.path}"


class DeskServer:
    """Answers one request after the other from its routes, on a port of the system's choice."""

    def __init__(self, routes: Sequence[Route], before: Callable[[Request], None]) -> None:
        """`before` looks at each request before it is carried out, and may refuse it."""
        self.asked: list[Asked] = []
        self._routes = [(route.method, route.pattern, route.act) for route in routes]
        self._before = before
        self._planned: list[Planned] = []
        self._lock = threading.RLock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fail(
        self, fault: Fault, *, at: int = 1, times: int = 1, method: str = "", path: str = ""
    ) -> None:
        """Plan a fault: at the `at`-th request from now of those that match, `times` in a row."""
        self._planned.append(Planned(fault, at, times, method, path))

    def heal(self) -> None:
        """Forget the faults that are planned."""
        self._planned.clear()

    @property
    def lines(self) -> list[str]:
        """What was asked, as `GET /api/v2/macros`."""
        return [one.line for one in self.asked]

    def respond(self, request: Request) -> tuple[Answer | None, Cut | None]:
        """The answer, None for none at all, and where the connection is cut."""
        with self._lock:
            fault = self._fault(request)
            if isinstance(fault, Then):
                fault.act()
            if fault is Cut.BEFORE:
                self.asked.append(Asked(request, 0))
                return None, fault
            answer = fault_answer(fault) or self._answer(request)
            self.asked.append(Asked(request, answer.code))
            return answer, fault if isinstance(fault, Cut) else None

    def _fault(self, request: Request) -> Fault | None:
        due = [one.fault for one in self._planned if one.is_due(request.method, request.path)]
        return due[0] if due else None

    def _answer(self, request: Request) -> Answer:
        try:
            self._before(request)
            return self._carried_out(request)
        except Refused as refused:
            return refused.answer

    def _carried_out(self, request: Request) -> Answer:
        path = request.path.removesuffix(".json")
        for method, pattern, act in self._routes:
            if method == request.method and (found := pattern.fullmatch(path)):
                return act(Request(**{**vars(request), "names": found.groupdict()}))
        return Answer(404, {"error": "InvalidEndpoint", "description": "Not found"})


def fault_answer(fault: Fault | None) -> Answer | None:
    return Answer(fault.code, fault.content, fault.headers) if isinstance(fault, Status) else None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Nothing is said of clients that go away."""


def _handler(desk: DeskServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def respond(self) -> None:
            answer, cut = desk.respond(self._request())
            if answer is None or cut is Cut.AFTER:
                self._cut()
                return
            data, kind = _encoded(answer.content)
            self.send_response(answer.code)
            named = {"Content-Type": kind, "X-Desk": type(desk).__name__, **answer.headers}
            for name, value in named.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data if cut is None else data[: len(data) // 2])
            self.wfile.flush()
            if cut:
                self._cut()

        def _request(self) -> Request:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            headers = {name.lower(): value for name, value in self.headers.items()}
            data = self.rfile.read(length)
            return Request(self.command, parts.path, query, headers, data, {})

        def _cut(self) -> None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = respond  # noqa: N815 - as the library calls them

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _encoded(content: object) -> tuple[bytes, str]:
    if content is None:
        return b"", _JSON
    if isinstance(content, bytes):
        return content, "application/octet-stream"
    return json.dumps(content, ensure_ascii=False).encode(), _JSON
