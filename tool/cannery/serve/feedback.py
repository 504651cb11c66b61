"""What browsers of readers send to `kb serve`, taken as strangers' input: bounded in every way.

A page of the site sends with `fetch` and `text/plain`, so that a browser asks nothing beforehand;
pages of other sites are refused by the origin that their browsers name.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from cannery.model.feedback import Feedback, feedback_from

PATH = "/feedback"
MAX_BODY = 8_000  # bytes: a line of a thousand letters, in Japanese
_MINUTE = 60.0
_MOST_OF_ONE, _MOST_OF_ALL = 30, 1_200  # that are taken in a minute
_MOST_SENDERS = 10_000
_HINT = "kb serve takes what pages of the site send to /feedback.\n"


class Answer(NamedTuple):
    """An HTTP status, and what is said in the body."""

    status: str
    text: str = ""


_TAKEN = Answer("204 No Content")
_HERE = Answer("200 OK", _HINT)
_MISSING = Answer("404 Not Found", _HINT)
_WRONG_METHOD = Answer("405 Method Not Allowed", _HINT)
_FOREIGN = Answer("403 Forbidden", "Only pages of the site may send feedback.\n")
_TOO_LARGE = Answer("413 Content Too Large", "Feedback is a line or two.\n")
_TOO_MANY = Answer("429 Too Many Requests", "Try again in a minute.\n")
_FULL = Answer("507 Insufficient Storage", "It could not be kept.\n")


class Pace:
    """How many of the last minute's requests were taken, of each sender and in all."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._all: deque[float] = deque()
        self._by_sender: defaultdict[str, deque[float]] = defaultdict(deque)

    def takes(self, sender: str) -> bool:
        """Whether one more of a sender is taken; it counts then."""
        since = self._now() - _MINUTE
        if len(self._by_sender) > _MOST_SENDERS:
            self._by_sender.clear()
        mine = self._by_sender[sender]
        for times in (self._all, mine):
            while times and times[0] < since:
                times.popleft()
        if len(mine) >= _MOST_OF_ONE or len(self._all) >= _MOST_OF_ALL:
            return False
        for times in (self._all, mine):
            times.append(self._now())
        return True


class FeedbackApp:
    """A WSGI application. `keep` writes an item down, and raises OSError where it can't.

    `site_url` is the site's address, whose pages alone may send; empty for any.
    """

    def __init__(self, keep: Callable[[Feedback], None], site_url: str, pace: Pace) -> None:
        self._keep = keep
        self._origin = origin_of(site_url)
        self._pace = pace

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        origin = str(environ.get("HTTP_ORIGIN", ""))
        status, text = self._answer(environ, origin)
        body = text.encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            ("Vary", "Origin"),
        ]
        if status != _TAKEN.status:
            headers.append(("Content-Length", str(len(body))))
        if origin and origin == self._origin:
            headers += [
                ("Access-Control-Allow-Origin", origin),
                ("Access-Control-Allow-Headers", "Content-Type"),
            ]
        start(status, headers)
        return [body] if body else []

    def _answer(self, environ: WSGIEnvironment, origin: str) -> Answer:
        method, size = environ["REQUEST_METHOD"], str(environ.get("CONTENT_LENGTH") or "0")
        is_short = size.isdecimal() and int(size) <= MAX_BODY
        answers = (
            (method == "GET" and environ.get("PATH_INFO") == "/", _HERE),
            (environ.get("PATH_INFO") != PATH, _MISSING),
            (origin and self._origin and origin != self._origin, _FOREIGN),
            (method == "OPTIONS", _TAKEN),
            (method != "POST", _WRONG_METHOD),
            (not is_short, _TOO_LARGE),
        )
        if answered := next((answer for is_so, answer in answers if is_so), None):
            return answered
        if not self._pace.takes(str(environ.get("REMOTE_ADDR", ""))):
            return _TOO_MANY
        return self._take(environ["wsgi.input"].read(int(size)))

    def _take(self, body: bytes) -> Answer:
        try:
            feedback = feedback_from(json.loads(body))
        except (ValueError, RecursionError) as error:
            return Answer("400 Bad Request", f"{error}\n")
        try:
            self._keep(feedback)
        except OSError:
            return _FULL
        return _TAKEN


def origin_of(address: str) -> str:
    """The origin of an address, as browsers write it; empty for none."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.netloc else ""
