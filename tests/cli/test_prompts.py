"""The commands that ask, on a terminal of their own."""

from __future__ import annotations

import base64
import os
import re
import sys
from pathlib import Path

import pexpect
import pytest
from tests.conftest import Base
from tests.interrupt import interrupt

MACRO = """---
title: Refund
fields:
  - name: customer
    label: Customer's name
    help: As they sign.
  - name: plan
    type: choice
    choices: [free, pro]
  - name: refund
    type: yesno
    default: "no"
  - name: amount
    type: number
  - name: note
    type: multiline
    required: false
---
Hello {{ customer }}, {{ plan }}.{% if refund %} We pay {{ amount }}.{% endif %}

{{ note }}
"""


def _spawn(*arguments: str) -> pexpect.spawn:
    env = {**os.environ, "NO_COLOR": "1"}
    return pexpect.spawn(
        sys.executable, ["-m", "cannery", *arguments], env=env, encoding="utf-8", timeout=30
    )


def _text(child: pexpect.spawn) -> str:
    child.expect(pexpect.EOF)
    child.close()
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", child.before).replace("\r", "")


def test_each_field_is_asked_for_once_with_label_help_choices_and_default(base: Base) -> None:
    base.write("macros/refund.md", MACRO)
    child = _spawn("reply", "refund", "--print")
    child.expect("Customer's name")
    child.expect("As they sign.")
    child.sendline("")
    child.expect("customer: a value is required")
    child.sendline("田中")
    child.expect("1. free")
    child.sendline("gold")
    child.expect("Choose from: free, pro")
    child.sendline("2")
    child.expect("Press Enter to use: no")
    child.sendline("yes")
    child.expect("amount")
    child.sendline("5")
    child.expect("a line that has only a dot")
    child.sendline("one")
    child.sendline("two")
    child.sendline(".")
    assert _text(child).endswith("Hello 田中, pro. We pay 5.\n\none\ntwo\n")
    assert child.exitstatus == 0


def test_yes_takes_the_defaults_and_asks_for_the_rest(base: Base) -> None:
    base.write("macros/refund.md", MACRO)
    child = _spawn("reply", "refund", "--print", "--yes", "--set", "customer=Kim")
    child.expect("2. pro")
    child.sendline("free")
    assert _text(child).endswith("Hello Kim, free.\n")


def test_answers_may_be_in_full_width(base: Base) -> None:
    base.write("macros/refund.md", MACRO)
    child = _spawn("reply", "refund", "--print", "--set", "customer=Kim")
    child.expect("1. free")
    child.sendline("２")
    child.expect("Press Enter to use: no")
    child.sendline("ＹＥＳ")
    child.expect("amount")
    child.sendline("４９．００")
    child.expect("a line that has only a dot")
    child.sendline("one")
    child.sendline("．")
    assert _text(child).endswith("Hello Kim, pro. We pay 49.00.\n\none\n")


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_an_interrupted_question_copies_nothing(base: Base, key: str) -> None:
    base.write("macros/refund.md", MACRO)
    child = _spawn("reply", "refund", "--print")
    child.expect("customer: ")
    if key == "\x03":
        said = interrupt(child)
    else:
        child.send(key)
        said = _text(child)
    assert "kb: interrupted" in said
    assert child.exitstatus == 130


def test_a_piped_ticket_leaves_the_terminal_to_ask_on(base: Base, tmp_path: Path) -> None:
    base.write(
        "macros/a.md", "---\nfields:\n- name: a\n  from: ticket.id\n- name: b\n---\n{{ a }} {{ b }}"
    )
    out = tmp_path / "out.txt"
    command = f"echo '{{\"id\": 7}}' | {sys.executable} -m cannery reply a --ticket - -p > {out}"
    child = pexpect.spawn("bash", ["-c", command], env={**os.environ}, encoding="utf-8", timeout=30)
    child.expect("b: ")
    child.sendline("x")
    child.expect(pexpect.EOF)
    assert out.read_text() == "7 x\n"


def test_a_long_index_shows_its_progress(base: Base) -> None:
    for number in range(250):
        base.write(f"articles/{number}.md", "proxy")
    child = _spawn("find", "proxy")
    child.expect("Indexing")
    assert "articles/" in _text(child)


def test_over_ssh_the_reply_goes_through_the_terminal(base: Base) -> None:
    base.write("macros/a.md", "---\ntitle: A\n---\n返金")
    env = {**os.environ, "SSH_CONNECTION": "1 2 3 4"}
    child = pexpect.spawn(
        sys.executable, ["-m", "cannery", "reply", "a"], env=env, encoding="utf-8", timeout=30
    )
    sent = base64.b64encode("返金".encode()).decode()
    child.expect_exact(f"\x1b]52;c;{sent}\x07")
    said = " ".join(_text(child).split())
    assert "Sent to the terminal (OSC 52): plain text, without formatting." in said
    assert "Copied" not in said, "nobody can know"


def test_what_shows_nothing_or_cant_be_read_is_asked_for_again(base: Base) -> None:
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello {{ who }},\n")
    child = pexpect.spawn(
        sys.executable, ["-m", "cannery", "reply", "hello", "--print"], timeout=60
    )
    child.expect_exact(b"who: ")
    child.sendline("\u200b\u3164".encode())
    child.expect_exact(b"who: a value is required")
    for typed in (b"a\xff", b"\xff"):
        child.sendline(typed)
        child.expect_exact(b"what was typed: not UTF-8 text")
    child.sendline("Kim\u200d".encode())
    child.expect_exact("Hello Kim\u200d,".encode())
