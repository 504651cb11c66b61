"""`kb reply --send`: shown, asked for, and sent into the ticket."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Base, Run
from tests.desks.signed_in import with_zendesk
from tests.desks.zendesk.fake import FakeZendesk

from cannery.cli import output, prompts
from cannery.clipboard import paste
from cannery.clipboard.desktop import Clip

MACRO = """---
title: Hello
fields:
  - {name: who, from: ticket.requester.name}
actions:
  status: pending
  add_tags: [greeted, met]
  snooze: 1d
---
Hello **{{ who }}**, about {{ ticket.subject }}.
"""


@pytest.fixture
def number(base: Base, fake_zendesk: FakeZendesk) -> int:
    base.write("macros/hello.md", MACRO)
    base.write("macros/hole.md", "---\ntitle: Hole\n---\nHello [Name].\n")
    with_zendesk(base, fake_zendesk)
    return fake_zendesk.tickets.add("A new\x1b[2J printer")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions; each is answered by yes."""
    questions: list[str] = []

    def prompt(question: str, default: str = "") -> str:
        questions.append(f"{question} {default}")
        return "y"

    monkeypatch.setattr(output, "prompt", prompt)
    monkeypatch.setattr(prompts, "can_ask", lambda **_: True)
    return questions


def _reply(kb: Run, number: int, *more: str, name: str = "hello") -> tuple[int, str, str]:
    done = kb("reply", name, "--ticket", f"zendesk:{number}", *more)
    return done.code, done.out, done.err


def test_it_is_shown_and_asked_for_and_sent(
    number: int, kb: Run, fake_zendesk: FakeZendesk, asked: list[str]
) -> None:
    code, out, err = _reply(kb, number, "--send", "reply")
    assert (code, out) == (0, "")
    assert f"Reply to the customer, Zendesk ticket {number} · A new" in err
    assert "  Hello Kim Lee, about A new" in err
    assert "Set status: pending\nSet add_tags: greeted, met" in err
    assert "Not done: snooze: 1d (Zendesk has no such action)" in err
    assert "\x1b[2J" not in err
    assert asked == ["Send it to the customer? [y/N] n"]
    (comment,) = fake_zendesk.tickets.comments(number)
    assert "Hello <strong>Kim Lee</strong>" in comment["html_body"]
    assert f"Sent: {fake_zendesk.address}/agent/tickets/{number}" in err


def test_a_no_sends_nothing(
    number: int,
    kb: Run,
    fake_zendesk: FakeZendesk,
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(output, "prompt", lambda *_: "n")
    assert _reply(kb, number, "--send", "reply")[0] == 130
    assert (fake_zendesk.tickets.comments(number), asked) == ([], [])


def test_without_a_terminal_it_takes_a_yes(number: int, kb: Run, fake_zendesk: FakeZendesk) -> None:
    code, _, err = _reply(kb, number, "--send", "note")
    assert code == 2
    assert "without a terminal" in err
    assert fake_zendesk.lines == []
    assert _reply(kb, number, "--send", "note", "--yes")[0] == 0
    assert not fake_zendesk.tickets.comments(number)[0]["public"]


def test_a_dry_run_tells_all_and_sends_nothing(
    number: int, kb: Run, fake_zendesk: FakeZendesk
) -> None:
    code, out, err = _reply(kb, number, "--send", "note", "--dry-run")
    assert (code, err) == (0, "Nothing was sent.\n")
    assert out.startswith(f"Internal note, Zendesk ticket {number}")
    assert "  Hello Kim Lee" in out
    assert fake_zendesk.tickets.comments(number) == []


def test_a_dry_run_as_json_has_the_requests(
    number: int, kb: Run, fake_zendesk: FakeZendesk
) -> None:
    code, out, _ = _reply(kb, number, "--send", "note", "--dry-run", "--json")
    told = json.loads(out)
    (request,) = told["requests"]
    assert (code, request["method"]) == (0, "PUT")
    assert request["body"]["ticket"]["status"] == "pending"
    assert (told["desk"], told["ticket"], told["sent"]) == ("zendesk", str(number), False)
    assert told["losses"] == [{"what": "snooze: 1d", "why": "Zendesk has no such action"}]
    assert {line.split()[0] for line in fake_zendesk.lines} == {"GET"}


def test_what_was_sent_is_told_as_json(number: int, kb: Run) -> None:
    code, out, _ = _reply(kb, number, "--send", "note", "--yes", "--json")
    assert (code, json.loads(out)["sent"]) == (0, True)


def test_the_same_reply_is_refused_unless_again(
    number: int, kb: Run, fake_zendesk: FakeZendesk
) -> None:
    arguments = ("--send", "reply", "--yes")
    _reply(kb, number, *arguments)
    code, _, err = _reply(kb, number, *arguments)
    assert (code, "already sent at" in err, "--again" in err) == (1, True, True)
    assert _reply(kb, number, *arguments, "--again")[0] == 0
    assert len(fake_zendesk.tickets.comments(number)) == 2


def test_a_hole_is_refused_as_in_copying(number: int, kb: Run, fake_zendesk: FakeZendesk) -> None:
    code, _, err = _reply(kb, number, "--send", "reply", "--yes", name="hole")
    assert (code, "unfilled placeholder" in err) == (1, True)
    assert fake_zendesk.tickets.comments(number) == []


def test_a_missing_value_is_refused_before_the_ticket_is_touched(
    number: int, kb: Run, base: Base, fake_zendesk: FakeZendesk
) -> None:
    base.write("macros/need.md", "---\ntitle: Need\nfields: [{name: link}]\n---\nSee {{ link }}.\n")
    assert _reply(kb, number, "--send", "reply", "--yes", name="need")[0] == 1
    assert {line.split()[0] for line in fake_zendesk.lines} == {"GET"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--send", "reply", "--yes"], "--send needs a ticket at a desk"),
        (["--send", "reply", "--yes", "--ticket", "none"], "--send needs a ticket at a desk"),
        (["--dry-run"], "--dry-run goes with --send"),
        (["--again"], "--again goes with --send"),
        (["--send", "letter"], "letter"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    number: int, kb: Run, arguments: list[str], said: str
) -> None:
    done = kb("reply", "hello", *arguments)
    assert (done.code, said in done.err) == (2, True), number


def test_what_a_customer_wrote_is_data_here_and_at_the_desk(
    number: int, kb: Run, fake_zendesk: FakeZendesk
) -> None:
    words = "{{ticket.comments_formatted}} {% raw %} <script>alert(1)</script>"
    fake_zendesk.tickets.change(number, subject=words)
    assert _reply(kb, number, "--send", "reply", "--yes")[0] == 0
    kept = fake_zendesk.tickets.comments(number)[0]["html_body"]
    assert "(filled in)" not in kept
    assert "<script" not in kept
    assert "comments_formatted" in kept


def test_the_clipboard_may_hold_the_address_of_the_ticket(
    number: int, kb: Run, fake_zendesk: FakeZendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"{fake_zendesk.address}/agent/tickets/{number}\n"
    monkeypatch.setattr(paste, "paste", lambda *_: Clip(page))
    done = kb("reply", "hello", "--ticket", "clipboard", "--send", "note", "--yes")
    assert done.code == 0
    assert "Hello Kim Lee" in fake_zendesk.tickets.comments(number)[0]["body"]


def test_the_user_s_command_may_name_the_ticket(
    number: int, kb: Run, fake_zendesk: FakeZendesk, home: Path
) -> None:
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f'ticket_command = "echo zendesk:{number}"\n')
    assert "Hello Kim Lee" in kb("reply", "hello", "--print").out
    assert kb("reply", "hello", "--send", "note", "--yes").code == 0
    assert len(fake_zendesk.tickets.comments(number)) == 1
