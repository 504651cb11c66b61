"""`kb new` from what was written already."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest
from tests.capture.marked import REPLIES, read
from tests.conftest import Base, Run
from tests.interrupt import interrupt

from cannery.clipboard import paste
from cannery.clipboard.desktop import Clip

TEXT = "Hi Kim,\n\nplease send the log of build 77120 by Friday.\n\nBest regards,\nAoki\n"
MADE = """---
title: Ask for the log
status: draft
fields:
- name: customer
  label: Customer's name
  from: ticket.requester.first_name
- name: reference
  label: Reference
- name: date
  label: Date
  type: date
---

Hi {{ customer }},

please send the log of build {{ reference }} by {{ date }}.

Best regards,\\
{{ agent.name }}
"""


def _file(tmp_path: Path, text: str) -> str:
    file = tmp_path / "reply.txt"
    file.write_text(text)
    return str(file)


def test_a_reply_becomes_a_macro_with_fields(base: Base, kb: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, TEXT)
    made = kb("new", "macro", "Ask for the log", "--section", "logs", "--from", source, "--yes")
    assert made.code == 0, made.err
    assert made.out == "kb/macros/logs/ask-for-the-log.md\n"
    assert (base.root / made.out.strip()).read_text() == MADE
    assert "  Hi [Kim → {{ customer }}]," in made.err
    assert kb("check").code == 0


def test_what_was_made_can_be_filled_in(base: Base, kb: Run, tmp_path: Path) -> None:
    kb("new", "macro", "Log", "--from", _file(tmp_path, TEXT), "--yes")
    values = ["customer=Lee", "reference=5", "date=2026-12-01", "agent.name=Mori"]
    sets = [word for value in values for word in ("--set", value)]
    assert kb("reply", "log", *sets, "--print").out == (
        "Hi Lee,\n\nplease send the log of build 5 by 1 December 2026.\n\nBest regards,\nMori\n"
    )


def test_a_dry_run_writes_nothing(base: Base, kb: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, TEXT)
    assert kb("new", "macro", "Ask for the log", "--from", source, "--dry-run").out == MADE
    assert not (base.root / "kb/macros").exists()


def test_an_article_has_signs_in_place_of_fields(base: Base, kb: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, "Dear Kim,\nupdate to v1.2.3.\n")
    made = kb("new", "article", "Updates", "--from", source, "--yes")
    text = (base.root / made.out.strip()).read_text()
    assert text == (
        "---\ntitle: Updates\nstatus: draft\n---\n\nDear [customer's name],\nupdate to [version].\n"
    )


def test_secrets_are_refused_with_their_place(base: Base, kb: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, "Hi Kim,\nyour password is Winter-2026!\n")
    refused = kb("new", "macro", "Reset", "--from", source, "--yes")
    assert refused.code == 1
    assert "line 2: a password: Wi…" in refused.err
    assert "Winter" not in refused.err
    assert not (base.root / "kb/macros").exists()


def test_what_is_there_already_is_shown_first(base: Base, kb: Run, tmp_path: Path) -> None:
    base.write("macros/old.md", f"---\ntitle: The old one\n---\n{TEXT}")
    made = kb("new", "macro", "Log", "--from", _file(tmp_path, TEXT), "--yes")
    assert "similar to macros/old: The old one" in made.err
    assert made.err.index("similar") < made.err.index("1 of ")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--from", "/nowhere"), 2, "No such file"),
        (("--from", "-", "--from-clipboard"), 2, "only one --from option"),
        (("--from-clipboard",), 1, "no clipboard here"),
    ],
)
def test_what_can_not_be_captured_is_told(
    base: Base, kb: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = kb("new", "macro", "T", *arguments)
    assert (done.code, said in done.err) == (code, True), done.err


def test_html_in_a_file_is_taken_as_what_it_shows(base: Base, kb: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, "<div>Hi Kim,</div><div><br></div><div>do <b>this</b>.</div>")
    made = kb("new", "macro", "T", "--from", source, "--yes", "--dry-run")
    assert made.out.endswith("---\n\nHi {{ customer }},\n\ndo **this**.\n")


@pytest.mark.parametrize("path", REPLIES, ids=lambda path: path.stem)
def test_real_replies_by_way_of_the_clipboard(
    base: Base, kb: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As HTML; a secret stops each that has one, and of the others no personal part is left."""
    base.write("kb.toml", 'site_url = "https://help.example.com"\n')
    reply = read(path)
    monkeypatch.setattr(paste, "paste", lambda *_: Clip(reply.text, reply.html))
    done = kb("new", "macro", path.stem, "--from-clipboard", "--yes")
    if reply.secrets:
        assert done.code == 1
        assert "the text contains secrets" in done.err
        return
    assert done.code == 0, done.err
    body = (base.root / done.out.strip()).read_text().split("---", 2)[2]
    left = [reply.text[start:end] for start, end in reply.personal if reply.text[start:end] in body]
    assert left in ([], ["build-agent-03"])  # the name of a computer, which nothing gives away
    assert kb("check", done.out.strip()).code == 0


def _spawn(*arguments: str) -> pexpect.spawn:
    return pexpect.spawn(
        sys.executable, ["-m", "cannery", "new", "macro", *arguments],
        env={**os.environ, "NO_COLOR": "1"}, encoding="utf-8", timeout=30,
    )  # fmt: skip


def test_each_part_is_accepted_or_refused(base: Base, tmp_path: Path) -> None:
    child = _spawn("Log", "--from", _file(tmp_path, TEXT))
    for answer in ("y", "n", "x", "", "d"):  # x is no answer: it asks again
        child.expect("Make this a field")
        child.sendline(answer)
    child.expect("kb/macros/log.md")
    child.expect(pexpect.EOF)
    text = (base.root / "kb/macros/log.md").read_text()
    assert "Hi {{ customer }},\n\nplease send the log of build 77120 by {{ date }}." in text
    assert text.endswith("Aoki\n")


def test_leaving_in_the_middle_loses_nothing_and_writes_nothing(base: Base, tmp_path: Path) -> None:
    child = _spawn("Log", "--from", _file(tmp_path, TEXT))
    child.expect("Make this a field")
    assert "kb: interrupted" in interrupt(child)
    assert not (base.root / "kb/macros").exists()
    assert (base.workspace.state / "captured.md").read_text() == TEXT


def test_one_may_improve_what_is_there_instead(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("macros/old.md", f"---\ntitle: The old one\n---\n{TEXT}")
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "One line more." >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    child = _spawn("Log", "--from", _file(tmp_path, TEXT))
    child.expect("Edit macros/old instead")
    child.sendline("y")
    child.expect("No errors in ")
    child.expect(pexpect.EOF)
    assert (base.root / "kb/macros/old.md").read_text().endswith("One line more.\n")
    assert not (base.root / "kb/macros/log.md").exists()


def test_a_draft_that_can_not_be_written_loses_no_text(base: Base, kb: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, TEXT)
    assert kb("new", "macro", "Log", "--from", source, "--yes").code == 0
    assert not (base.workspace.state / "captured.md").exists()
    assert kb("new", "macro", "Log", "--from", source, "--yes").code == 1  # it is there already
    assert (base.workspace.state / "captured.md").read_text() == TEXT


def test_a_link_with_a_key_is_taken_whatever_is_answered(base: Base, tmp_path: Path) -> None:
    text = "Sign in: https://app.example/magic?token=Zk81hQpL0mWv\n\nor order A-17.\n"
    child = _spawn("Log", "--from", _file(tmp_path, text))
    child.expect("it must become a field")
    child.expect("this a field")
    child.sendline("n")  # is no answer here: it asks again
    child.expect("this a field")
    child.sendline("d")
    child.expect("kb/macros/log.md")
    child.expect(pexpect.EOF)
    text = (base.root / "kb/macros/log.md").read_text()
    assert text.endswith("Sign in: {{ link }}\n\nor order A-17.\n")


def test_a_japanese_reply_is_the_japanese_version(base: Base, kb: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, "田中様\n\n注文 A-17 をご確認ください。\n\nサポート担当　青木\n")
    made = kb("new", "macro", "Order", "--from", source, "--yes")
    assert made.out == "kb/macros/order.ja.md\n"
    text = (base.root / made.out.strip()).read_text()
    assert "  label: 注文番号\n" in text
    assert text.endswith("サポート担当　{{ agent.name }}\n")


def test_a_language_that_is_asked_for_is_taken(base: Base, kb: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, "注文 A-17 をご確認ください。\n")
    made = kb("new", "macro", "Order", "--from", source, "--yes", "--lang", "en")
    assert made.out == "kb/macros/order.md\n"
    assert kb("new", "article", "Order", "--lang", "ja").out == "kb/articles/order.ja.md\n"
    refused = kb("new", "article", "Order", "--lang", "xx")
    assert (refused.code, "xx is not a language" in refused.err) == (2, True)
