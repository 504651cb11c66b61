"""What a person types and sees in another encoding than UTF-8, and what is in none, byte by byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pexpect
import pytest
from tests.conftest import Base, leave_without

MACRO = """---
title: 挨拶
fields:
  - {name: who, from: ticket.requester.name}
---
こんにちは、{{ who }}様
"""
TICKET = '{"requester": {"name": "仲村"}}'
UTF_8 = {"LC_ALL": "C.UTF-8"}
PROGRAM = (sys.executable, "-m", "cannery")
SOURCES = {"eucJP": "EUC-JP", "SJIS": "SHIFT_JIS"}
CODECS = {"eucJP": "euc_jp", "SJIS": "shift_jis"}


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Japanese locales, of the package `locales` of Debian."""
    leave_without(["locales"] * (not Path("/usr/share/i18n/locales/ja_JP").exists()))
    folder = tmp_path_factory.mktemp("locales")
    for name, characters in SOURCES.items():
        command = ["localedef", "--no-warnings=ascii", "-i", "ja_JP", "-f", characters]
        subprocess.run([*command, folder / f"ja_JP.{name}"], check=True, capture_output=True)
    return folder


@pytest.fixture
def japanese(base: Base) -> Base:
    """A knowledge base whose files have Japanese names."""
    base.write("macros/一般/挨拶.md", MACRO)
    base.write("macros/一般/記号.md", "---\ntitle: 記号\n---\n①の㈱～と😀\n")
    base.write("articles/返金.md", "# 返金の方法\n\n返金〜です\n")
    return base


def _kb(
    *words: str | bytes, env: Mapping[str, str], stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    before = {name: text for name, text in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}  # fmt: skip
    return subprocess.run(
        [*PROGRAM, *words],
        input=stdin,
        capture_output=True,
        check=False,
        env={**before, **env},
    )


def _in(locales: Path, name: str) -> dict[str, str]:
    return {"LOCPATH": str(locales), "LC_ALL": f"ja_JP.{name}"}


@pytest.mark.parametrize("name", SOURCES)
def test_words_and_values_are_read_and_shown_as_the_locale_has_them(
    japanese: Base, locales: Path, name: str
) -> None:
    here, code = _in(locales, name), CODECS[name]
    done = _kb("reply", "挨拶".encode(code), "--set", "who=仲村".encode(code), "--print", env=here)
    assert done.stdout.decode(code) == "こんにちは、仲村様\n"
    found = _kb("find", "返金".encode(code), env=here)
    assert "返金の方法" in found.stdout.decode(code)
    missing = _kb("show", "無い".encode(code), env=here)
    assert "無い" in missing.stderr.decode(code)
    checked = _kb("check", env=here)
    assert (checked.returncode, b"Checked 3 entries: 0 errors" in checked.stderr) == (0, True)


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("code", ["locale", "utf-8"])
def test_a_ticket_may_be_in_the_locales_encoding_and_in_utf_8(
    japanese: Base, locales: Path, tmp_path: Path, name: str, code: str
) -> None:
    here, shown = _in(locales, name), CODECS[name]
    raw = TICKET.encode(shown if code == "locale" else code)
    words = ("reply", "挨拶".encode(shown), "--print")
    piped = _kb(*words, "--ticket", "-", stdin=raw, env=here)
    file = os.fsencode(tmp_path) + b"/" + "券".encode(shown) + b".json"
    with open(file, "wb") as out:  # noqa: PTH123 - a name in no UTF-8
        out.write(raw)
    read = _kb(*words, "--ticket", file, env=here)
    assert piped.stdout == read.stdout == "こんにちは、仲村様\n".encode(shown)


def test_a_circled_number_of_a_terminal_in_euc_jp_is_read(japanese: Base, locales: Path) -> None:
    raw = b"who=" + b"\xad\xea" + "青空".encode("euc_jp")
    done = _kb("reply", "挨拶".encode("euc_jp"), "-s", raw, "--json", env=_in(locales, "eucJP"))
    assert json.loads(done.stdout.decode("euc_jp"))["text"] == "こんにちは、㈱青空様\n"


def test_what_an_encoding_lacks_is_refused_or_told_and_json_has_it(
    japanese: Base, locales: Path
) -> None:
    here = _in(locales, "eucJP")
    words = ("reply", "記号".encode("euc_jp"))
    printed = _kb(*words, "--print", env=here)
    assert (printed.returncode, printed.stdout) == (1, b"")
    assert b"stdout is in EUC-JP, which lacks U+2460, U+3231, U+FF5E, U+1F600" in printed.stderr
    utf_8 = _kb(*words, "--print", env={**here, "PYTHONIOENCODING": "utf-8"})
    assert utf_8.stdout.decode() == "①の㈱～と😀\n"
    assert (
        json.loads(_kb(*words, "--json", env=here).stdout.decode("euc_jp"))["text"]
        == "①の㈱～と😀\n"
    )
    shown = _kb("show", "記号".encode("euc_jp"), env=here)
    assert "\\u2460の\\u3231\\uff5eと\\U0001f600" in shown.stdout.decode("euc_jp")
    assert b"EUC-JP lacks some characters, such as U+" in shown.stderr


def test_a_terminal_is_told_what_it_lacks(japanese: Base, locales: Path) -> None:
    env = {**os.environ, **_in(locales, "eucJP")}
    words = [os.fsdecode("記号".encode("euc_jp")), "--print"]
    child = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], "reply", *words], env=env, timeout=60)
    child.expect(pexpect.EOF)
    told = (child.before or b"").decode("euc_jp")
    assert "\\u2460の\\u3231\\uff5eと\\U0001f600" in told
    assert "EUC-JP lacks some characters, such as U+2460" in told


@pytest.mark.parametrize(
    "settings",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "ja_JP.nowhere", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_a_locale_of_ascii_alone_takes_nothing_from_utf_8(
    japanese: Base, settings: Mapping[str, str]
) -> None:
    assert _kb("reply", "記号", "--print", env=settings).stdout.decode() == "①の㈱～と😀\n"
    done = _kb("reply", "挨拶", "-s", "who=仲村", "--print", env=settings)
    assert done.stdout.decode() == "こんにちは、仲村様\n"
    assert "返金の方法" in _kb("find", "返金", env=settings).stdout.decode()


def test_streams_of_ascii_have_no_question_marks_for_letters(japanese: Base) -> None:
    ascii_alone = {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "ascii"}
    printed = _kb("reply", "記号", "--print", env=ascii_alone)
    assert (printed.returncode, printed.stdout) == (1, b"")
    assert (
        json.loads(_kb("reply", "記号", "--json", env=ascii_alone).stdout)["text"]
        == "①の㈱～と😀\n"
    )
    ticket = _kb("reply", "挨拶", "--ticket", "-", "--json", stdin=TICKET.encode(), env=ascii_alone)
    assert json.loads(ticket.stdout)["text"] == "こんにちは、仲村様\n"


BAD = b"\xff\xfe\x80"
EVERY_WAY_IN: dict[str, tuple[tuple[str | bytes, ...], str]] = {
    "a value": (("reply", "挨拶", "--set", b"who=" + BAD, "--print"), r"--set: not UTF-8 text: who=\xff\xfe\x80"),
    "a value, short": (("reply", "挨拶", b"-swho=" + BAD, "--print"), "--set: not UTF-8 text"),
    "the name of a macro": (("reply", BAD), "NAMES: not UTF-8 text"),
    "the name of an entry": (("show", BAD), "NAME: not UTF-8 text"),
    "words": (("find", BAD), "WORDS: not UTF-8 text"),
    "words beside an option": (("find", "返金", BAD, "--json"), "WORDS: not UTF-8 text"),
    "an option of a search": (("find", "返金", "--tag", BAD), "--tag: not UTF-8 text"),
    "a question": (("ask", BAD), "QUESTION: not UTF-8 text"),
    "a title": (("new", "macro", BAD), "TITLE: not UTF-8 text"),
    "a section": (("new", "macro", "x", "--section", BAD), "--section: not UTF-8 text"),
    "the title of a proposal": (("propose", "--title", BAD), "--title: not UTF-8 text"),
    "the reason of a proposal": (("propose", "--why", BAD), "--why: not UTF-8 text"),
    "a ticket's name": (("reply", "挨拶", "--ticket", BAD), "--ticket: not UTF-8 text"),
    "a page of the manual": (("help", BAD), "not UTF-8 text"),
    "a command of a group": (("desk", "status", BAD), "not UTF-8 text"),
    "a new name": (("rename", "返金", BAD), "not UTF-8 text"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "told"), EVERY_WAY_IN.values(), ids=EVERY_WAY_IN)
def test_an_argument_that_cant_be_read_is_refused_by_its_name(
    japanese: Base, words: tuple[str | bytes, ...], told: str
) -> None:
    done = _kb(*words, env=UTF_8)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()


@pytest.mark.parametrize(
    "words",
    [
        ("reply", "挨拶", "--print", "--ticket", "-"),
        ("new", "macro", "x", "--from", "-"),
        ("similar", "-"),
    ],
    ids=str,
)
@pytest.mark.parametrize("raw", [BAD, TICKET.encode("euc_jp"), b"\xff" * 9_000], ids=len)
def test_stdin_that_cant_be_read_is_refused_by_its_name(
    japanese: Base, words: tuple[str, ...], raw: bytes
) -> None:
    done = _kb(*words, stdin=raw, env=UTF_8)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "stdin: not UTF-8 text" in done.stderr.decode()


def test_a_file_is_refused_by_its_name_and_a_name_in_no_utf_8_opens_it(
    japanese: Base, tmp_path: Path
) -> None:
    wrong, right = tmp_path / "wrong.json", os.fsencode(tmp_path) + b"/caf\xe9.json"
    wrong.write_bytes(TICKET.encode("euc_jp"))
    done = _kb("reply", "挨拶", "--print", "--ticket", str(wrong), env=UTF_8)
    assert f"ticket {wrong}: not UTF-8 text" in done.stderr.decode()
    with open(right, "wb") as out:  # noqa: PTH123 - a name in no UTF-8
        out.write(TICKET.encode())
    done = _kb("reply", "挨拶", "--print", "--ticket", right, env=UTF_8)
    assert done.stdout.decode() == "こんにちは、仲村様\n"
    reply = tmp_path / "reply.txt"
    reply.write_bytes(b"Hello \xff")
    done = _kb("new", "macro", "x", "--from", str(reply), env=UTF_8)
    assert f"{reply}: not UTF-8 text" in done.stderr.decode()


def test_a_command_of_the_users_and_an_editor_are_refused_by_name(
    japanese: Base, home: Path, tmp_path: Path
) -> None:
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("""ticket_command = 'printf {"requester":{"name":"\\\\377"}}'\n""")
    done = _kb("reply", "挨拶", "--print", env=UTF_8)
    assert "ticket_command: not UTF-8 text" in done.stderr.decode()
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'Hello \\377' > \"$1\"\n")
    editor.chmod(0o755)
    words = ("reply", "挨拶", "--ticket", "none", "-s", "who=x", "--edit", "--print")
    done = _kb(*words, env={**UTF_8, "EDITOR": str(editor)})
    assert (done.returncode, done.stdout) == (2, b"")
    assert ".md: not UTF-8 text" in done.stderr.decode()


def test_words_a_title_and_a_question_that_show_nothing_are_refused(japanese: Base) -> None:
    for words, told in (
        (("find", "\u200b"), "no words to search for"),
        (("find", "\u3164", "--json"), "no words to search for"),
        (("new", "macro", "\u3164"), "the title is missing"),
        (("ask", "\u2800\ufe0f"), "the question has no words"),
        (("ask", "-"), "the question has no words"),
        (("reply", "挨拶", "--set", "who=\u200b", "--print"), "who: a value is required"),
        (("reply", "挨拶", "--set", "who=\x01", "--print"), "who: a value is required"),
    ):
        done = _kb(*words, env=UTF_8)
        assert done.stdout == b"", words
        assert done.returncode in (1, 2), words
        assert told in done.stderr.decode(), words
    (japanese.root / "kb/kb.toml").write_text('name = "\\u200b"\n')
    assert "name shows nothing" in _kb("check", env=UTF_8).stdout.decode()


@pytest.mark.parametrize("name", ["UTF-8", *SOURCES])
def test_a_path_is_kept_byte_for_byte(base: Base, tmp_path: Path, locales: Path, name: str) -> None:
    env = UTF_8 if name == "UTF-8" else _in(locales, name)
    folder = os.fsencode(tmp_path) + b"/" + (BAD if name == "UTF-8" else "本".encode(CODECS[name]))
    done = _kb("init", folder, env=env)
    assert (done.returncode, os.path.exists(folder + b"/kb/kb.toml")) == (0, True)  # noqa: PTH110 - bytes
