"""A page on this machine that a browser comes back to after a person has signed in elsewhere."""

from __future__ import annotations

import hmac
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from cannery.errors import CanneryError
from cannery.util.loopback import is_ours

_HOST, _PATH = "127.0.0.1", "/callback"
_LOOK = 0.2  # seconds between two looks at the clock, after which ^C is noticed everywhere
_IDLE = 10.0  # seconds of a connection on which nothing is asked
_LONGEST = 4000  # letters of what comes back
# What the page says: that it worked, that it did not, and that it is not what was waited for.
_TEXTS: Mapping[str, tuple[str, str, str]] = {
    "en": (
        "You are signed in. You can close this page.",
        "You are not signed in. You can close this page; the terminal says why.",
        "This page does not belong to the sign-in that kb is waiting for.",
    ),
    "ja": (
        "サインインしました。このページは閉じてかまいません。",
        "サインインできませんでした。理由は端末に表示されます。このページは閉じてかまいません。",
        "このページは、kb が待っているサインインのものではありません。",
    ),
}
_PAGE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>kb</title>'
    '<body style="font-family: sans-serif; margin: 4em auto; max-width: 30em"><p>{text}</p>'
)
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",  # its address has the code
    "Cache-Control": "no-store",
    "Connection": "close",
}


class SignInError(CanneryError):
    """Nobody signed in, or the service did not let them."""


class Outcome(NamedTuple):
    """What the browser came back with: a code, or the service's word for why there is none."""

    code: str = ""
    error: str = ""


class Waiting(NamedTuple):
    """A server that waits. `result` blocks until the browser is back, at most so many seconds."""

    redirect: str
    result: Callable[[float], str]


@contextmanager
def awaited(port: int, state: str, language: str) -> Iterator[Waiting]:
    """Wait for a browser at a port, whose address the service knows. Raises SignInError.

    What does not bring the `state` is not from the page that was opened, and is waited past.
    """
    outcomes: SimpleQueue[Outcome] = SimpleQueue()
    server = _server(port, _handler(state, _TEXTS.get(language[:2], _TEXTS["en"]), outcomes))
    thread = Thread(target=server.serve_forever, args=[_LOOK], daemon=True)
    thread.start()
    try:
        address = redirect_address(server.server_port)
        yield Waiting(address, lambda seconds: _result(outcomes, seconds))
    finally:
        server.shutdown()
        server.server_close()


def redirect_address(port: int) -> str:
    return f"http://{_HOST}:{port}{_PATH}"


def outcome_of(address: str, state: str) -> Outcome | None:
    """What an address tells that a browser came back to; None for one of another sign-in."""
    try:
        query = parse_qs(urlsplit(address[:_LONGEST]).query)
    except ValueError:  # it is no address
        return None
    given = {name: values[0] for name, values in query.items()}
    if not hmac.compare_digest(given.get("state", "").encode(), state.encode()):
        return None
    if error := given.get("error", ""):
        return Outcome(error=given.get("error_description", "") or error)
    return Outcome(given["code"]) if given.get("code") else None


def code_of(outcome: Outcome) -> str:
    """Raises SignInError where the service has given no code."""
    if outcome.code:
        return outcome.code
    raise SignInError(f"not signed in: {outcome.error}", "Run it again, and allow the access.")


def _server(port: int, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    try:
        server = _Server((_HOST, port), handler)
    except OSError as error:
        message = f"port {port} of this machine can't be used: {error.strerror}"
        hint = (
            "End the program that uses it. Or set another port in the desk's table of kb.toml, "
            "and give the desk that address to return to."
        )
        raise SignInError(message, hint) from error
    server.daemon_threads = True
    return server


class _Server(ThreadingHTTPServer):
    # Linux shares no port that another program listens at, and else keeps ours for a minute.
    allow_reuse_address = sys.platform == "linux"
    block_on_close = False  # browsers open connections on which they ask nothing


def _handler(
    state: str, texts: tuple[str, str, str], outcomes: SimpleQueue[Outcome]
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _IDLE

        def do_GET(self) -> None:
            outcome = self._outcome()
            if outcome is None:
                self._show(400, texts[2])
                return
            self._show(200, texts[0] if outcome.code else texts[1])
            outcomes.put(outcome)

        def _outcome(self) -> Outcome | None:
            # A page of a stranger's can have its own name lead to this machine.
            if not is_ours(self.headers.get("Host", ""), _HOST):
                return None
            return outcome_of(self.path, state) if urlsplit(self.path).path == _PATH else None

        def _show(self, code: int, text: str) -> None:
            language = next((name for name, known in _TEXTS.items() if known == texts), "en")
            body = _PAGE.format(language=language, text=escape(text)).encode()
            self.send_response(code)
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: the address has the code."""

    return Handler


def _result(outcomes: SimpleQueue[Outcome], seconds: float) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            return code_of(outcomes.get(timeout=_LOOK))
        except Empty:
            continue
    minutes = f"{seconds / 60:g} minutes"
    raise SignInError(f"no one signed in within {minutes}", "Run it again when you have time.")
