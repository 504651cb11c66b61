"""`kb edit`: the editor is a script here."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pexpect
import pytest
from tests.conftest import Base, Run

from cannery.util.editor import _at_line

MACRO = "---\ntitle: Refund\nshortcut: ;refund\nfields:\n  - name: who\n---\nHello {{ who }}.\n"
BROKEN = "---\ntitle: Refund\nfields:\n  - name: who\n---\nHello {{ who }}.\n\n{% iff who %}\n"
Editor = Callable[[str], None]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Have a script as the editor; $1 or $2 is the file, `log` keeps how it was called."""

    def use(script: str, name: str = "vim") -> None:
        program = tmp_path / name
        program.write_text(
            f'#!/bin/sh\necho "$@" >> {tmp_path}/log\nfor file; do :; done\n{script}\n'
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("EDITOR", str(program))

    return use


def test_an_entry_is_edited_and_found_fine(base: Base, kb: Run, editor: Editor) -> None:
    file = base.write("macros/refund.md", MACRO)
    editor('sed -i s/Hello/Dear/ "$file"')
    done = kb("edit", ";refund")
    assert done.code == 0, done.err
    assert file.read_text() == MACRO.replace("Hello", "Dear")
    assert "No errors in kb/macros/refund.md." in done.err


def test_what_was_saved_stays_saved_though_it_is_wrong(base: Base, kb: Run, editor: Editor) -> None:
    file = base.write("macros/refund.md", MACRO)
    editor(f"printf '%s' '{BROKEN}' > \"$file\"")
    done = kb("edit", "refund")
    assert done.code == 1
    assert "kb/macros/refund.md:8: error:" in done.out
    assert file.read_text() == BROKEN


def test_the_editor_begins_at_the_first_fault(
    base: Base, kb: Run, editor: Editor, tmp_path: Path
) -> None:
    base.write("macros/refund.md", BROKEN)
    editor("true")
    assert kb("edit", "refund").code == 1
    assert (tmp_path / "log").read_text().startswith("+8 ")


def test_one_may_go_back_in(base: Base, editor: Editor, tmp_path: Path) -> None:
    file = base.write("macros/refund.md", MACRO)
    editor(
        f'if [ -e {tmp_path}/second ]; then printf "%s" "{MACRO}" > "$file"; '
        f'else touch {tmp_path}/second; echo "{{% if" >> "$file"; fi'
    )
    child = pexpect.spawn(
        sys.executable, ["-m", "cannery", "edit", "refund"],
        env={**os.environ, "NO_COLOR": "1"}, encoding="utf-8", timeout=30,
    )  # fmt: skip
    child.expect(r"Reopen the editor\? \[Y/n\]")
    child.sendline("")
    child.expect("No errors in ")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "{% if" not in file.read_text()


def test_an_editor_that_fails_is_told_and_the_text_is_there(
    base: Base, kb: Run, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = base.write("macros/refund.md", MACRO)
    editor('echo more >> "$file"; exit 3')
    done = kb("edit", "refund")
    assert (done.code, "exited with code 3" in done.err) == (1, True)
    assert file.read_text() == f"{MACRO}more\n"
    monkeypatch.setenv("EDITOR", "/nowhere/editor")
    done = kb("edit", "refund")
    assert done.code == 1
    assert "Set EDITOR" in done.err


def test_it_can_be_taken_back(base: Base, kb: Run, editor: Editor) -> None:
    file = base.write("macros/refund.md", MACRO)
    base.git("init", "-q")
    base.git("add", ".")
    base.git("commit", "-q", "-m", "Begin")
    editor('sed -i s/Hello/Dear/ "$file"')
    assert kb("edit", "refund").code == 0
    assert kb("undo").code == 0
    assert file.read_text() == MACRO


def test_a_language_that_is_not_there_is_told_with_the_way_to_begin_it(base: Base, kb: Run) -> None:
    base.write("macros/refund.md", MACRO)
    done = kb("edit", "refund", "--lang", "ja")
    assert done.code == 1
    assert "kb edit macros/refund --lang ja --translate" in done.err


def test_a_missing_translation_begins_as_a_draft_of_the_original(
    base: Base, kb: Run, editor: Editor
) -> None:
    base.write("macros/refund.md", MACRO.replace("fields", "reviewed: 2026-01-02\nfields"))
    editor('sed -i "s/Hello/こんにちは/" "$file"')
    assert kb("edit", "refund", "--lang", "ja_JP", "--translate").code == 0
    draft = (base.root / "kb/macros/refund.ja.md").read_text()
    assert "status: draft" in draft
    assert "reviewed" not in draft
    assert draft.endswith("---\nこんにちは {{ who }}.\n")


def test_a_translation_that_is_there_is_opened_as_it_is(
    base: Base, kb: Run, editor: Editor
) -> None:
    base.write("macros/refund.md", MACRO)
    file = base.write("macros/refund.ja.md", MACRO)
    editor("true")
    assert kb("edit", "refund", "--lang", "ja", "--translate").code == 0
    assert file.read_text() == MACRO


def test_a_translation_needs_its_language(base: Base, kb: Run) -> None:
    base.write("macros/refund.md", MACRO)
    done = kb("edit", "refund", "--translate")
    assert done.code == 2
    assert "Name it with --lang." in done.err


def test_a_review_enters_today_where_the_text_has_no_errors(
    base: Base, kb: Run, editor: Editor
) -> None:
    file = base.write(
        "macros/refund.md", MACRO.replace("title", "reviewed: 2020-01-02 # us\ntitle")
    )
    editor("true")
    assert kb("edit", "refund", "--reviewed").code == 0
    today = date.today()  # noqa: DTZ011 - as the reviewer's calendar has it
    assert file.read_text().startswith(f"---\nreviewed: {today} # us\ntitle: Refund")


def test_a_review_that_leaves_errors_is_none(base: Base, kb: Run, editor: Editor) -> None:
    file = base.write("macros/refund.md", BROKEN)
    editor("true")
    assert kb("edit", "refund", "--reviewed").code == 1
    assert file.read_text() == BROKEN


def test_a_review_is_undone_with_what_was_edited(base: Base, kb: Run, editor: Editor) -> None:
    file = base.write("macros/refund.md", MACRO)
    base.git("init", "-q")
    editor('sed -i s/Hello/Dear/ "$file"')
    assert kb("edit", "refund", "--reviewed").code == 0
    assert kb("undo").code == 0
    assert file.read_text() == MACRO


@pytest.mark.parametrize(
    ("editor_name", "expected"),
    [
        ("nano", ["+3", "f.md"]),
        ("hx", ["f.md:3"]),
        ("code", ["--wait", "--goto", "f.md:3"]),
        ("ed", ["f.md"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_way(editor_name: str, expected: list[str]) -> None:
    assert _at_line(editor_name, Path("f.md"), 3) == expected
