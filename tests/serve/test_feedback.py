from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import Any

import pytest
from tests.conftest import Base, Run

from cannery.model.feedback import Comment, Feedback, Miss, Vote
from cannery.operations.feedback import keep, kept, summary
from cannery.serve.feedback import MAX_BODY, FeedbackApp, Pace

SITE = "https://help.example.com"
VOTE = {"kind": "vote", "page": "articles/a", "language": "en", "helpful": True}


class _Asked:
    """An application that keeps what is sent in a list, and what it answered last."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.kept: list[Feedback] = []
        self.headers: dict[str, str] = {}
        self._app = FeedbackApp(self.kept.append, f"{SITE}/docs", pace or Pace())

    def __call__(self, body: object, **environ: str) -> int:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        asked: dict[str, Any] = {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/feedback", "REMOTE_ADDR": "192.0.2.1",
            "CONTENT_LENGTH": str(len(raw)), "wsgi.input": io.BytesIO(raw), **environ,
        }  # fmt: skip
        status: list[str] = []

        def start(code: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], None]:
            status.append(code)
            self.headers = dict(headers)
            return lambda _: None

        list(self._app(asked, start))
        return int(status[0].split()[0])


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        (VOTE, Vote("articles/a", "en", is_helpful=True)),
        (VOTE | {"helpful": False, "more": 1}, Vote("articles/a", "en", is_helpful=False)),
        (
            {**VOTE, "kind": "comment", "text": " 画面が\n違う "},
            Comment("articles/a", "en", "画面が 違う"),
        ),
        ({"kind": "miss", "query": "sso", "language": "ja"}, Miss("sso", "ja")),
    ],
)
def test_what_pages_send_is_taken(sent: object, taken: Feedback) -> None:
    ask = _Asked()
    assert ask(sent) == 204
    assert ask.kept == [taken]


@pytest.mark.parametrize(
    "sent",
    [
        [], 1, None, {}, {"kind": "vote"}, VOTE | {"helpful": 1}, VOTE | {"page": ""}, VOTE | {"page": "a b"},
        VOTE | {"page": "x" * 301}, VOTE | {"language": "../x"}, VOTE | {"kind": "comment"}, VOTE | {"kind": "comment", "text": " "},
        {"kind": "comment", "page": "a", "language": "en", "text": "x" * 1001}, {"kind": "miss", "query": 1, "language": "en"},
        b"{", b"\xff", b"[" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_feedback_is_refused(sent: object) -> None:
    ask = _Asked()
    assert ask(sent) == 400
    assert not ask.kept


def test_pages_of_other_sites_are_refused_and_those_of_the_site_may_read_the_answer() -> None:
    ask = _Asked()
    assert ask(VOTE, HTTP_ORIGIN="https://evil.example") == 403
    assert ask(VOTE, HTTP_ORIGIN="null") == 403
    assert "Access-Control-Allow-Origin" not in ask.headers
    assert ask(b"", HTTP_ORIGIN=SITE, REQUEST_METHOD="OPTIONS") == 204
    assert ask(VOTE, HTTP_ORIGIN=SITE) == 204
    assert ask.headers["Access-Control-Allow-Origin"] == SITE
    assert len(ask.kept) == 1


def test_other_paths_and_methods_and_what_is_too_long_are_refused() -> None:
    ask = _Asked()
    assert ask(VOTE, PATH_INFO="/") == 404
    assert ask(b"", PATH_INFO="/", REQUEST_METHOD="GET") == 200
    assert ask(VOTE, REQUEST_METHOD="GET") == 405
    assert ask(VOTE, CONTENT_LENGTH=str(MAX_BODY + 1)) == 413
    assert ask(VOTE, CONTENT_LENGTH="-1") == 413
    assert not ask.kept


def test_one_sender_takes_no_more_than_his_share_of_a_minute() -> None:
    now = [0.0]
    ask = _Asked(Pace(lambda: now[0]))
    assert {ask(VOTE) for _ in range(30)} == {204}
    assert ask(VOTE) == 429
    assert ask(VOTE, REMOTE_ADDR="192.0.2.2") == 204
    now[0] = 61.0
    assert ask(VOTE) == 204


def test_it_is_told_where_it_could_not_be_kept() -> None:
    def full(_: Feedback) -> None:
        raise OSError(28, "No space left on device")

    statuses: list[str] = []
    app = FeedbackApp(full, SITE, Pace())
    body = json.dumps(VOTE).encode()
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/feedback", "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body),
    }  # fmt: skip
    app(environ, lambda status, *_: statuses.append(status))  # type: ignore[arg-type]
    assert statuses == ["507 Insufficient Storage"]


def test_what_is_kept_is_counted_and_holds_nothing_of_who_sent_it(base: Base, kb: Run) -> None:
    for item in (
        Vote("articles/a", "en", is_helpful=True), Vote("articles/b", "ja", is_helpful=False),
        Comment("articles/b", "ja", "図が\x1b[31m古い"), Miss("sso", "en"), Miss("sso", "en"),
    ):  # fmt: skip
        keep(base.workspace, item)
    told = summary(base.workspace)
    assert [(page.page, page.helped, page.did_not) for page in told.pages] == [
        ("articles/b", 0, 1), ("articles/a", 1, 0),
    ]  # fmt: skip
    assert told.pages[0].comments == ["図が古い"]
    assert told.misses == [(Miss("sso", "en"), 2)]
    rows = (base.workspace.state / "feedback.jsonl").read_text().splitlines()
    assert {frozenset(json.loads(row)) for row in rows} == {
        frozenset(keys.split())
        for keys in (
            "time kind page language helpful", "time kind page language text", "time kind masked query language",
        )
    }  # fmt: skip
    shown = kb("readers").out
    assert "articles/b (ja)  0 yes, 1 no" in shown
    assert "図が古い" in shown
    assert json.loads(kb("readers", "--json").out)["misses"] == [
        {"query": "sso", "language": "en", "count": 2}
    ]


def test_nothing_is_said_of_no_feedback(base: Base, kb: Run) -> None:
    base.write("kb.toml", "")
    assert "No feedback yet" in kb("readers").err


@contextmanager
def _server(base: Base) -> Iterator[str]:
    command = [sys.executable, "-m", "cannery", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=base.root, stderr=subprocess.PIPE, env=dict(os.environ))
    assert process.stderr is not None
    said = process.stderr.readline().decode()
    try:
        yield said.split()[1]
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        assert b"Traceback" not in errors


def _posted(address: str, body: bytes, reader: str = "") -> int:
    host, path = address.removeprefix("http://").split("/")
    with closing(HTTPConnection(host, timeout=10)) as connection:
        headers = {"Origin": SITE, "Content-Type": "text/plain"}
        headers |= {"X-Forwarded-For": reader} if reader else {}
        connection.request("POST", f"/{path}", body, headers)
        return connection.getresponse().status


def test_a_real_server_takes_votes_until_it_is_stopped(base: Base) -> None:
    base.write("kb.toml", f'site_url = "{SITE}"\n')
    with _server(base) as address:
        assert _posted(address, json.dumps(VOTE).encode()) == 204
        assert _posted(address, b"x" * 100_000) == 413
    assert [item.feedback for item in kept(base.workspace)] == [
        Vote("articles/a", "en", is_helpful=True)
    ]


def test_readers_behind_one_web_server_do_not_share_a_minute(base: Base) -> None:
    base.write("kb.toml", f'site_url = "{SITE}"\n')
    body = json.dumps(VOTE).encode()
    with _server(base) as address:
        told = [_posted(address, body, "192.0.2.1") for _ in range(31)]
        assert told == [204] * 30 + [429]
        assert _posted(address, body, "192.0.2.2") == 204


def test_who_keeps_nothing_runs_no_server(base: Base, kb: Run) -> None:
    base.write("kb.toml", "[memory]\ndays = 0\n")
    outcome = kb("serve", "--port", "0")
    assert outcome.code == 2
    assert "days under [memory] is 0" in outcome.err
