"""Planted tokens, and where they may not turn up: terminal, files, process list, crash report."""

from __future__ import annotations

import io
import sys
import threading
import webbrowser
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from tests.conftest import Run
from tests.desks.zendesk.fake import FakeZendesk
from tests.repositories import Team
from tests.rest.service import Service, answer, cut, free_port

from cannery.rest import credentials, sender
from cannery.rest.connection import Connection
from cannery.rest.credential import Credential
from cannery.util import user_folders

TOKEN, REFRESH, SECRET = "t0ken-0f-kim", "r3fresh-0f-kim", "s3cret-0f-ci"
MACRO = "---\ntitle: Hello\n---\nHello {{ ticket.requester.name }}\n"
COMMANDS = (
    ("doctor",),
    ("doctor", "--json"),
    ("desk", "status", "NAME"),
    ("desk", "status", "NAME", "--json"),
    ("desk", "diff", "NAME"),
    ("desk", "push", "NAME", "--dry-run"),
    ("desk", "push", "NAME", "--yes"),
    ("desk", "pull", "NAME", "--dry-run"),
    ("desk", "pull", "NAME", "--yes"),
    ("desk", "push", "NAME", "--delete", "--yes", "--json"),
    ("desk", "verify", "NAME", "--ticket", "1"),
    ("reply", "hello", "--ticket", "NAME:1", "--print", "--yes"),
    ("reply", "hello", "--ticket", "NAME:1", "--send", "note", "--yes"),
    ("reply", "hello", "--ticket", "NAME:1", "--send", "reply", "--dry-run", "--json"),
    ("desk", "login", "NAME", "--stdin"),
    ("desk", "logout", "NAME"),
)
WAYS = {
    "zendesk": "oauth",
    "chatwoot": "api_access_token",
    "rt": "token",
    "zammad": "token_token",
    "freshdesk": "key",
}


def _forms(secrets: tuple[str, ...]) -> set[bytes]:
    """Each secret, and as a password is sent."""
    packed = (b64encode(f"{secret}:X".encode()).decode() for secret in secrets)
    return {form.encode() for form in (*secrets, *packed)}


def _holders(folder: Path, secrets: tuple[str, ...]) -> list[str]:
    """The files that hold a secret, but for the one that is for it."""
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and path != credentials.credentials_path()
        if any(form in path.read_bytes() for form in _forms(secrets))
    ]


def _desks(team: Team, address: str, *more: str) -> None:
    tables = [
        "\n".join([f"[desks.{name}]", f'address = "{address}"', 'account = "1"', *more])
        for name in WAYS
    ]
    team.mine.write("kb/kb.toml", "\n".join(['name = "Test"', *tables]))
    team.mine.write("kb/macros/hello.md", MACRO)


def _repeating(code: int) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that repeats all that it was sent, as an error's details and as headers."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        told = [f"{name}: {value}" for name, value in handler.headers.items()]
        packed = str(handler.headers.get("Authorization", "")).removeprefix("Basic ")
        with suppress(ValueError):
            told.insert(0, f"pair: {b64decode(packed).decode()}")
        content = {"error": told[0], "errors": told, "message": " ".join(told)}
        answer(content, code, {"X-Sent": str(handler.headers.get("Authorization", ""))})(handler)

    return act


@pytest.fixture
def signed_in(team: Team, service: Service, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team of four desks at one hostile address; nothing is waited for."""
    _desks(team, service.address)
    monkeypatch.setattr(sender, "pause_after", lambda *_, **__: None)
    return team


@pytest.mark.parametrize("name", WAYS)
def test_no_command_tells_or_keeps_a_token_whatever_a_desk_says(
    signed_in: Team, service: Service, kb: Run, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path.home()
    for act in (*map(_repeating, (400, 401, 500)), cut, answer(b"<html>")):
        service.usual = act
        for command in COMMANDS:
            with credentials.locked():
                kept = Credential(WAYS[name], TOKEN, refresh=REFRESH, client_id="cannery")
                credentials.keep(service.address, kept)
            monkeypatch.setattr(sys, "stdin", io.StringIO(f"{TOKEN}\n"))
            done = kb(*(word.replace("NAME", name) for word in command))
            assert done.code in {0, 1, 2}, (command, done.err)
            assert TOKEN not in done.out + done.err, (command, done.out + done.err)
            assert REFRESH not in done.out + done.err, (command, done.out + done.err)
    assert service.asked
    assert _holders(home, (TOKEN, REFRESH)) == []
    assert _holders(signed_in.mine.root, (TOKEN, REFRESH)) == []


def test_no_command_tells_or_keeps_a_secret_of_the_environment(
    signed_in: Team, kb: Run, service: Service, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, what in (("ZENDESK", "CLIENT_SECRET"), ("CHATWOOT", "TOKEN"), ("ZAMMAD", "TOKEN")):
        monkeypatch.setenv(f"CANNERY_DESK_{name}_{what}", SECRET)
        monkeypatch.setenv(f"CANNERY_DESK_{name}_ADDRESS", service.address)
    monkeypatch.setenv("CANNERY_DESK_ZENDESK_CLIENT_ID", "cannery-ci")
    service.usual = _repeating(400)
    for command in COMMANDS[:-2]:
        for name in ("zendesk", "chatwoot", "zammad"):
            done = kb(*(word.replace("NAME", name) for word in command))
            assert SECRET not in done.out + done.err, (command, done.out + done.err)
    assert service.asked
    assert _holders(home, (SECRET,)) == []
    assert _holders(signed_in.mine.root, (SECRET,)) == []


def test_a_crash_report_has_no_token_in_it(
    signed_in: Team, kb: Run, service: Service, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: Connection, *sent: object) -> Any:  # noqa: ANN401 - it never returns
        raise LookupError(f"a fault of the program: {sent}")

    monkeypatch.setattr(Connection, "exchange", crash)
    with credentials.locked():
        credentials.keep(service.address, Credential("api_access_token", TOKEN))
    done = kb("desk", "status", "chatwoot")
    assert done.code == 3
    reports = [*user_folders.logs().glob("bug-*.log")]
    assert "a fault of the program" in reports[0].read_text()
    assert TOKEN not in done.err
    assert _holders(home, (TOKEN,)) == []


@pytest.fixture
def command_lines() -> Iterator[set[bytes]]:
    """What a process list shows meanwhile."""
    seen: set[bytes] = set()
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.01):
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                with suppress(OSError):
                    seen.add(path.read_bytes())

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    yield seen
    done.set()
    watcher.join()


@pytest.fixture
def zendesk(team: Team, fake_zendesk: FakeZendesk, monkeypatch: pytest.MonkeyPatch) -> FakeZendesk:
    """A desk of the team's, at which a browser says yes."""

    def allow(page: str) -> bool:
        def visit() -> None:
            urlopen(page, timeout=10).close()  # noqa: S310 - the fake's

        threading.Thread(target=visit, daemon=True).start()
        return True

    _desks(team, fake_zendesk.address, 'client_id = "cannery"', f'port = "{free_port()}"')
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", allow)
    return fake_zendesk


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no process list here")
def test_a_whole_day_with_a_desk_leaves_tokens_in_one_file(
    zendesk: FakeZendesk, team: Team, kb: Run, home: Path, command_lines: set[bytes]
) -> None:
    assert kb("desk", "login", "zendesk").code == 0
    kept = credentials.stored(zendesk.address)
    assert kept
    told = ""
    for number, command in enumerate(COMMANDS[:-2]):
        if number == 3:  # the token ends in between
            zendesk.store.passed(zendesk.oauth.lasts)
        done = kb(
            *("zendesk" if word == "NAME" else word.replace("NAME", "zendesk") for word in command)
        )
        told += done.out + done.err
    now = credentials.stored(zendesk.address)
    assert now
    secrets = (kept.token, kept.refresh, now.token, now.refresh)
    assert not [secret for secret in secrets if secret in told]
    assert _holders(home, secrets) == []
    assert _holders(team.mine.root, secrets) == []
    assert command_lines
    assert not [line for line in command_lines if any(form in line for form in _forms(secrets))]
    assert now.token != kept.token
    assert now.token in credentials.credentials_path().read_text()
