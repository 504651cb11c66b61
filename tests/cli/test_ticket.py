"""The ticket comes along without typing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.clipboard import paste
from cannery.clipboard.desktop import Clip
from cannery.operations import ticket

MACRO = """---
title: Hello
fields:
  - {name: who, from: ticket.requester.name}
---
Hello {{ who }}.
"""
PAGE = "Ticket #42\nRequester: Kim Lee\nSubject: Help\n"


@pytest.fixture
def filled(base: Base) -> Base:
    base.write("macros/hello.md", MACRO)
    base.write("macros/hello.ja.md", MACRO.replace("Hello {{ who }}.", "{{ who }} 様"))
    return base


def _configure(home: Path, text: str) -> None:
    file = home / "config/cannery/config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_its_page_may_be_piped_in(filled: Base, kb: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PAGE))
    assert kb("reply", "hello", "--ticket", "-", "--print").out == "Hello Kim Lee.\n"


def test_it_may_be_on_the_clipboard_and_tells_the_language(
    filled: Base, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "チケット番号：42\n依頼者：田中\nお世話になっております。ログインができません。\n"
    monkeypatch.setattr(paste, "paste", lambda *_: Clip(text))
    assert kb("reply", "hello", "--ticket", "clipboard", "--print").out == "田中 様\n"


def test_a_command_of_the_users_tells_it_without_being_asked(
    filled: Base, kb: Run, home: Path
) -> None:
    _configure(home, """ticket_command = 'echo {"requester":{"name":"Kim"}} ; echo'\n""")
    done = kb("reply", "hello", "--print")
    assert done.code == 2, "there is no shell that would know `;`"
    _configure(home, """ticket_command = "echo '{\\"requester\\":{\\"name\\":\\"$HOME\\"}}'"\n""")
    assert kb("reply", "hello", "--print").out == "Hello $HOME.\n"
    assert kb("reply", "hello", "--ticket", "none", "--print").code == 1


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("false", "ticket_command failed (1)"),
        ("/nowhere/at/all", "ticket_command can't be run"),
        ("'", "ticket_command can't be run"),
        ("echo hello", "ticket_command: no ticket found"),
        ("sleep 9", "ticket_command did not finish within 0 seconds"),
    ],
)
def test_a_command_that_fails_is_told(  # noqa: PLR0913, PLR0917
    filled: Base, kb: Run, home: Path, command: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket, "_SECONDS", 0.2)
    _configure(home, f'ticket_command = "{command}"\n')
    done = kb("reply", "hello", "--print")
    assert done.code in {1, 2}
    assert said in done.err


def test_a_custom_field_is_taken_by_its_number(base: Base, kb: Run, tmp_path: Path) -> None:
    base.write("macros/plan.md", MACRO.replace("requester.name", "custom_fields.27648"))
    file = tmp_path / "t.json"
    file.write_text(
        '{"ticket": {"id": 1, "requester_id": 2, "custom_fields": [{"id": 27648, "value": "Pro"}]}}'
    )
    assert kb("reply", "plan", "--ticket", str(file), "--print").out == "Hello Pro.\n"


def test_what_a_ticket_lacks_is_told_with_what_it_has(base: Base, kb: Run, tmp_path: Path) -> None:
    base.write("macros/hello.md", MACRO)
    file = tmp_path / "t.json"
    file.write_text('{"ticket": {"id": 1, "subject": "Help", "requester_id": 2}}')
    done = kb("reply", "hello", "--ticket", str(file), "--print")
    assert "The ticket has no ticket.requester.name; it has ticket.id, ticket." in done.err
    assert "?include=users,organizations" in done.err


def test_a_mail_file_in_any_encoding_is_a_ticket(filled: Base, kb: Run, tmp_path: Path) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(b"From: Kim Lee <kim@x.example>\nMIME-Version: 1.0\n\n\xe9t\xe9\n")
    assert kb("reply", "hello", "--ticket", str(file), "--print").out == "Hello Kim Lee.\n"
