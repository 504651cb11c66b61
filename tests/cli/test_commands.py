from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Base, Run

from cannery.cli import app
from cannery.cli.app import COMMANDS
from cannery.util.atomic import replace

MACRO = """---
title: Refund
shortcut: ;re
fields:
  - name: customer
    label: Customer
    from: ticket.requester.first_name
  - name: plan
    type: choice
    choices: {pro: Professional, free: Free}
  - name: site
    remember: true
---
Hello {{ customer }}, **{{ plan }}** at {{ site }}.
"""


@pytest.fixture
def filled(base: Base) -> Base:
    base.write("macros/billing/refund.md", MACRO)
    base.write("macros/billing/refund.ja.md", "---\ntitle: 返金\n---\n{{ customer | honorific }}\n")
    base.write(
        "articles/net/proxy.md", "---\ntitle: Proxy errors\ntags: [net]\n---\nThe proxy says no."
    )
    return base


SET = ("--set", "customer=Kim", "--set", "plan=pro", "--set", "site=Lund")


def test_find_lists_hits_with_id_kind_language_and_snippet(filled: Base, kb: Run) -> None:
    done = kb("find", "proxy")
    assert done.code == 0
    assert done.out == (
        " 1. Proxy errors\n    articles/net/proxy  (article, en)\n    The proxy says no.\n"
    )


def test_find_as_json_has_the_same(filled: Base, kb: Run) -> None:
    hit = json.loads(kb("find", "proxy", "--json").out)[0]
    assert (hit["id"], hit["kind"], hit["language"], hit["tags"]) == (
        "articles/net/proxy",
        "article",
        "en",
        ["net"],
    )
    assert [hit["snippet"]["text"][a:b] for a, b in hit["snippet"]["spans"]] == ["proxy"]


def test_a_pasted_command_has_no_wrong_options(filled: Base, kb: Run) -> None:
    assert kb("find", "proxy", "-x", "--foreground").code == 0


@pytest.mark.parametrize("word", ["-ssh", "-xzhf", "-https", "-h=3", "-", "-Wh"])
@pytest.mark.parametrize("command", ["find", "help"])
def test_no_letter_behind_a_dash_is_an_option(
    filled: Base, kb: Run, command: str, word: str
) -> None:
    done = kb(command, "proxy", word)
    assert "Usage:" not in done.out + done.err
    assert kb(command, "--", "proxy", word) == done


@pytest.mark.parametrize("command", ["find", "help", "pick"])
def test_a_search_shows_its_help_for_either_option(kb: Run, command: str) -> None:
    done = kb(command, "-h")
    assert done.code == 0
    assert "Usage:" in done.out
    assert done == kb(command, "--help") == kb(command, "proxy", "-h")


def test_behind_two_dashes_the_letter_of_the_help_is_a_word(filled: Base, kb: Run) -> None:
    assert "Usage:" not in kb("find", "--", "proxy", "-h").out


@pytest.mark.parametrize(
    "words",
    [
        "git log --stat",
        "docker build --tags",
        "ls --plain",
        "proxy -t",
        "kubectl --state=x -o wide",
    ],
)
def test_an_option_of_another_program_is_no_slip(filled: Base, kb: Run, words: str) -> None:
    done = kb("find", *words.split(), "proxy", "--json", "--limit", "1")
    assert (done.code, done.err) == (0, "")
    assert len(json.loads(done.out)) == 1


def test_a_slip_in_an_option_is_told(filled: Base, kb: Run) -> None:
    done = kb("find", "proxy", "--knd", "macro")
    assert done.code == 2
    assert "Did you mean --kind?" in done.err


def test_what_was_taken_for_words_is_told(filled: Base, kb: Run) -> None:
    assert "taken as words" in kb("find", "proxy", "tag:nosuchtag").err
    assert "taken as words" in kb("find", "--", "-proxy").err
    assert "taken as words" not in kb("find", "proxy", "kind:article").err


def test_finding_nothing_suggests_and_exits_with_one(filled: Base, kb: Run) -> None:
    done = kb("find", "xproxxxy")
    assert (done.code, done.out) == (1, "")
    assert "Did you mean proxy?" in done.err


def test_show_renders_lists_languages_and_fields(filled: Base, kb: Run) -> None:
    done = kb("show", "refund")
    assert "[en], ja" in done.out
    assert "plan  (choice of pro, free; required)" in done.out
    assert kb("show", "refund", "--lang", "ja").out.startswith("返金\n")
    assert kb("show", "refund", "--raw").out == MACRO
    assert kb("show", "proxy", "--html").out == "<p>The proxy says no.</p>\n"
    data = json.loads(kb("show", ";re", "--json").out)
    assert data["languages"] == ["en", "ja"]
    assert data["fields"][1]["choices"] == {"pro": "Professional", "free": "Free"}


def test_reply_prints_a_filled_in_macro(filled: Base, kb: Run) -> None:
    done = kb("reply", "refund", *SET, "--print")
    assert (done.code, done.out) == (0, "Hello Kim, pro at Lund.\n")
    assert kb("reply", "refund", *SET, "-p", "-f", "slack-api").out == "Hello Kim, *pro* at Lund.\n"
    assert kb("reply", "refund", *SET, "-p", "-f", "slack").out == "Hello Kim, pro at Lund.\n"
    assert kb("reply", "refund", *SET, "-p", "-f", "html").out == (
        "<p>Hello Kim, <strong>pro</strong> at Lund.</p>\n"
    )
    assert (
        kb("reply", "refund", *SET, "-p", "-f", "markdown").out == "Hello Kim, **pro** at Lund.\n"
    )
    assert json.loads(kb("reply", "refund", *SET, "--json").out)["macros"] == [
        "macros/billing/refund"
    ]


def test_reply_refuses_with_all_that_is_missing(filled: Base, kb: Run) -> None:
    done = kb("reply", "refund", "--print")
    assert (done.code, done.out) == (1, "")
    assert "missing values: customer, plan, site" in done.err
    assert "plan   (pro, free)" in done.err


def test_reply_remembers_what_it_was_told_to(filled: Base, kb: Run) -> None:
    kb("reply", "refund", *SET, "--print")
    done = kb("reply", "refund", "--set", "customer=Lee", "--set", "plan=free", "-p")
    assert done.out == "Hello Lee, free at Lund.\n"


def test_reply_takes_the_language_of_the_ticket(filled: Base, kb: Run) -> None:
    ticket = filled.root / "t.json"
    ticket.write_text('{"requester": {"name": "田中 太郎", "locale": "ja-JP"}}')
    done = kb("reply", "refund", "--ticket", str(ticket), "--set", "customer=田中", "--print")
    assert done.out == "田中 様\n"
    english = kb("reply", "refund", "--ticket", str(ticket), "--lang", "en", *SET[2:], "-p")
    assert english.out == "Hello 太郎, pro at Lund.\n"


def test_reply_tells_when_a_variant_is_missing(base: Base, kb: Run) -> None:
    base.write("macros/a.md", "x")
    done = kb("reply", "a", "--lang", "ja", "--print")
    assert done.out == "x\n"
    assert "macros/a has no ja version; using en." in done.err


def test_reply_without_a_clipboard_prints_and_says_why(filled: Base, kb: Run) -> None:
    done = kb("reply", "refund", *SET)
    assert (done.code, done.out) == (0, "Hello Kim, pro at Lund.\n")
    assert "printed instead of copied" in done.err


def test_reply_copies_and_shows_what_and_how(
    filled: Base, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, script in (("wl-copy", "cat > copied"), ("wl-paste", "cat copied")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\ncd {tmp_path}; {script}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("WAYLAND_DISPLAY", "none")
    done = kb("reply", "refund", *SET)
    assert (done.code, done.out) == (0, "")
    assert (
        done.err == "  Hello Kim, pro at Lund.\nCopied: plain text, without formatting (wl-copy).\n"
    )
    assert (tmp_path / "copied").read_text() == "Hello Kim, pro at Lund."


def test_reply_can_be_edited_before_it_goes(
    filled: Base, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nsed -i "s/Hello/Dear/" "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{editor}'")
    assert kb("reply", "refund", *SET, "--edit", "-p").out == "Dear Kim, pro at Lund.\n"


@pytest.mark.parametrize("editor", ["false", "no-such-editor", "sh -c 'exit 3'"])
def test_a_failed_editor_loses_nothing(
    filled: Base, kb: Run, editor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    done = kb("reply", "refund", *SET, "--edit")
    assert done.code == 1
    path = Path(done.err.split("The text is in ")[1].strip().rstrip("."))
    assert "Hello Kim" in path.read_text()
    path.unlink()


def test_an_emptied_text_copies_nothing(
    filled: Base, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "truncate -s 0")
    done = kb("reply", "refund", *SET, "--edit", "-p")
    assert (done.code, done.out) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("reply", "refundd", "-p"), 1, "Did you mean macros/billing/refund?"),
        (("reply", "proxy", "-p"), 1, "no macro named proxy, but there is articles/net/proxy"),
        (("reply", "refund", "--set", "plan"), 2, "is not NAME=VALUE"),
        (("reply", "refund", "--set", "costumer=Kim"), 2, "Did you mean customer?"),
        (("reply", "refund", "--set", "plan=gold"), 1, "Choose from: pro, free."),
        (("reply", "refund", "--ticket", "none.json"), 2, "none.json"),
        (("reply", "refund", "--lang", "xx"), 2, "Languages: en, ja."),
        (("reply", "refund", "--format", "pdf"), 2, "pdf"),
        (("reply",), 2, ""),
        (("find", "x", "--limit", "0"), 2, "limit"),
        (("nonsense",), 2, "No such command"),
        (("show", "nothing"), 1, "no entry named nothing"),
    ],
)
def test_wrong_use_is_told(
    filled: Base, kb: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = kb(*arguments)
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err


def test_check_tells_every_problem_and_exits_with_one(filled: Base, kb: Run) -> None:
    assert kb("check").code == 0
    filled.write("articles/bad.md", "---\ntitle: [\n---\n")
    done = kb("check")
    assert done.code == 1
    assert done.out.startswith("kb/articles/bad.md:3: error: ")
    assert json.loads(kb("check", "--json").out)[0]["code"] == "front-matter"


def test_stage_puts_the_pages_of_the_site(filled: Base, kb: Run) -> None:
    assert "3 pages and 0 other files" in kb("stage", "out", "--audience", "internal").err
    assert (filled.root / "out/docs/articles/net/proxy.md").exists()


def test_an_init_that_was_cut_off_is_done_by_the_next(
    kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def cut(target: Path, data: bytes, **how: Any) -> None:  # noqa: ANN401 - whatever it takes
        if len(done) == 7:
            raise KeyboardInterrupt
        done.append(target.name)
        replace(target, data, **how)

    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("cannery.starter.replace", cut)
        assert kb("init").code == 130
    assert kb("find", "hello").code == 1, "half of one is none yet"
    draft = tmp_path / "kb/.kb-4194303-0123abcd"
    draft.parent.mkdir(exist_ok=True)
    draft.write_text("half of a file")
    assert kb("init").code == 0
    assert not draft.exists()
    assert kb("check").code == 0


def test_init_starts_a_knowledge_base_and_overwrites_nothing(
    tmp_path: Path, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new/kb").mkdir(parents=True)
    (tmp_path / "new/kb/kb.toml").write_text('name = "Mine"\n')
    assert kb("init", "new", "--dry-run").code == 0
    assert not (tmp_path / "new/mkdocs.yml").exists()
    done = kb("init", "new")
    assert done.code == 0
    assert (tmp_path / "new/kb/kb.toml").read_text() == 'name = "Mine"\n'
    assert (tmp_path / "new/.git").is_dir()
    monkeypatch.chdir(tmp_path / "new")
    assert kb("check").code == 0
    assert kb("find", "hello").code == 0
    assert (
        "Kim" in kb("reply", "hello", "--set", "customer=Kim", "--set", "agent.name=Ana", "-p").out
    )
    assert kb("init", ".").out == ""


def test_doctor_tells_what_works_here(filled: Base, kb: Run) -> None:
    done = kb("doctor")
    assert done.code == 0
    for subject in (
        "knowledge base",
        "git",
        "index",
        "settings",
        "clipboard",
        "editor",
        "versions",
        "command",
    ):
        assert subject in done.out
    assert {item["subject"] for item in json.loads(kb("doctor", "--json").out)} >= {"git", "index"}


def test_doctor_works_outside_of_a_knowledge_base(
    tmp_path: Path, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = kb("doctor")
    assert done.code == 0
    assert "not a knowledge base" in done.out


def test_a_bug_is_told_with_a_log_and_exit_three(
    filled: Base, kb: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(app, "application", fail)
    done = kb("find", "x")
    assert done.code == 3
    assert "this is a bug in kb" in done.err
    assert "ZeroDivisionError" in next(home.rglob("bug-*.log")).read_text()


def test_a_reader_that_has_enough_is_no_error(filled: Base) -> None:
    command = f"{sys.executable} -m cannery show refund --json | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False
    )
    assert done.stderr == b""


def test_nothing_is_coloured_where_there_is_no_terminal(filled: Base, kb: Run) -> None:
    assert "\x1b" not in kb("find", "proxy").out + kb("show", "proxy").out + kb("doctor").out


def test_a_title_cannot_steer_the_terminal(filled: Base, kb: Run) -> None:
    filled.write("articles/evil.md", '---\ntitle: "evil \\e]0;x\\a"\n---\nproxy \x1b[2J')
    for arguments in (("find", "evil"), ("show", "evil"), ("check",)):
        assert "\x1b" not in kb(*arguments).out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(kb: Run, command: str) -> None:
    assert f"Example: kb {command}" in " ".join(kb(command, "--help").out.split())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("kb show re", ["refund"]),
        ("kb reply macros/b", ["macros/billing/refund"]),
        ("kb find x --lang j", ["ja"]),
        ("kb find x --tag ", ["net"]),
        ("kb find x --kind m", ["macro"]),
        ("kb edit ref", ["refund"]),
        ("kb reply ';r", [";re"]),
        ("kb reply refund --set ", None),
    ],
)
def test_a_shell_completes_names(filled: Base, words: str, expected: list[str] | None) -> None:
    fields = [f"{item.name}=" for item in filled.macro("billing/refund.md").fields]
    assert _completed(words) == (fields if expected is None else expected)


def test_a_shell_completes_what_the_last_search_knew(filled: Base, kb: Run) -> None:
    kb("find", "refund")
    assert [*filled.workspace.cache.glob("index-*/completions.json")]
    assert _completed("kb find x --tag ") == ["net"]
    assert _completed("kb reply ';r") == [";re"]


def test_completion_outside_of_a_knowledge_base_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _completed("kb show re") == _completed("kb find x --tag ") == []


def _completed(line: str) -> list[str]:
    env = {**os.environ, "_KB_COMPLETE": "bash", "_KB_LINE": line, "_KB_BREAKS": ":="}
    done = subprocess.run(
        [sys.executable, "-m", "cannery"], env=env, capture_output=True, check=False
    )
    assert done.stderr == b""
    return done.stdout.decode().splitlines()[1:]


def test_a_tag_that_no_entry_has_is_told_with_the_tags_there_are(filled: Base, kb: Run) -> None:
    done = kb("find", "--tag", "nope", "refund")
    assert done.code == 1
    assert "No entry has the tag nope. Tags: net." in done.err
    assert "Did you mean" not in done.err
