"""Nothing that steers a terminal reaches it, from any text, through any command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pexpect
import pytest

from cannery.cli.app import COMMANDS
from tests.repositories import Clone, Team

# Of each of these, nothing may be left: neither what steers nor what it carries.
OSC, CSI, C1_CSI, C1_OSC = "\x1b]0;OSC-IN\x07", "\x1b[31;97;41m", "\x9b38;5;199m", "\x9d0;C1-IN\x9c"
EVIL = f"{OSC}{CSI}{C1_CSI}{C1_OSC}\u202e\u2066\u2028\x08"
CARRIED = ("OSC-IN", "31;97;41", "38;5;199", "C1-IN")
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f]")
# What is quoted tells each of them by its number, and steers nothing.
QUOTED = re.compile(r"\\+(?:x|u00)(?:1b\]0;OSC-IN|1b\[31;97;41m|9b38;5;199m|9d0;C1-IN)")
DIRECTIONS = re.compile("[\u2028\u202e\u2066]")
COLOURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?2004[hl]")  # ours, and readline's
# What is copied, where a terminal alone can: its letters steer nothing.
COPIED = re.compile(r"\x1b\]52;c;[A-Za-z0-9+/=]*(?:\x07|\x1b\\)")

YAML = EVIL.encode("unicode_escape").decode().replace("\\x", "\\u00")
BODY = f"evilword {EVIL} over\rwritten ::add-mask::x [bold]not markup[/bold]\n"
ARTICLE = f"""---
title: "Evil {YAML} title"
summary: "evilword {YAML}"
tags: ["t{YAML}"]
keywords: ["k{YAML}"]
owner: "o{YAML}"
"unknown{YAML}": 1
---
# Head {EVIL}

{BODY}
[link {EVIL}](nowhere{EVIL}.md) `code {EVIL}`
"""
MACRO = f"""---
title: "Macro {YAML}"
shortcut: ";m{YAML}"
subject: "About {YAML}"
fields:
  - {{name: free, label: "l{YAML}", help: "h{YAML}", default: "d{YAML}"}}
  - {{name: pick, type: choice, choices: {{"c{YAML}": "cl{YAML}", b: "bl{YAML}"}}}}
  - {{name: wrong, pattern: "[0-9]{YAML}", required: false}}
actions: {{"status{YAML}": "v{YAML}"}}
---
Hello {{{{ free }}}} {{{{ pick }}}} evilword {EVIL}
"""
FILES = {
    "kb/kb.toml": f'name = "Team {YAML}"\nsite_url = "https://help.example.com"\n',
    "kb/articles/evil.md": ARTICLE,
    "kb/articles/evil2.md": ARTICLE.replace("Evil", "Evil2"),
    f"kb/articles/name{EVIL}.md": ARTICLE.replace("Evil", "Named"),
    "kb/articles/broken.md": f'---\ntitle: "x{YAML}\n---\n',
    "kb/macros/m.md": MACRO,
    "kb/macros/bad.md": f'---\ntitle: "Bad {YAML}"\n---\n{{{{ a | nofilter{EVIL} }}}}\n',
    "kb/synonyms.yml": f'- [evilword, "syn{YAML}"]\n',
}
HOOK = f"#!/bin/sh\nprintf '%s\\n' 'hook says {EVIL}' >&2\n"

TICKET = json.dumps({"id": EVIL, "subject": EVIL, "requester": {"name": EVIL, "first_name": EVIL}})
# Every command, with what it is to be given; a new one must be added here. `@name` is the file with
# a hostile name, `-` takes stdin.
RUNS: dict[str, list[list[str]]] = {
    "find": [["evilword"], ["evilword", "--json"], [f"zzz{EVIL}"], ["evilwrd", "--tag", EVIL]],
    "show": [
        ["articles/evil"], ["m"], ["articles/evil", "--json"], ["m", "--json"], ["articles/evil", "--raw"],
        ["articles/evil", "--html"], [f"none{EVIL}"], ["broken"], ["@name"], ["evil"], ["m", "--lang", EVIL],
    ],
    "reply": [
        ["m", "--yes", "--print", "-s", "pick=b", "-s", f"free=x{EVIL}"], ["m", "--yes", "-s", "pick=b", "--print", "--format", "html"],
        ["m", "--json", "--yes", "-s", "pick=b"], ["m", "--yes", "-s", "pick=b"], ["m", "--print"], ["m", "-s", f"none{EVIL}=1"],
        ["m", "-s", f"pick={EVIL}", "--yes"], ["bad", "--print", "--yes"], ["m", "--ticket", f"no{EVIL}.json"],
        ["m", "--ticket", "ticket.json", "--yes", "--print", "-s", "pick=b"], ["m", "-s", EVIL],
    ],
    "edit": [["articles/evil"], ["broken"], ["@name"], ["articles/evil", "--lang", "ja", "--translate", "--reviewed"]],
    "similar": [["articles/evil"], ["articles/evil", "--json"], [f"none{EVIL}"]],
    "check": [
        [], ["--json"], ["--format", "github"], ["--format", "sarif"], ["--format", "junit"], ["--fix", "--dry-run"],
        ["--explain", EVIL], ["--since", EVIL], [f"no{EVIL}"], ["--format", EVIL],
        ["--statistics"], ["--statistics", "--json"], ["--select", EVIL], ["--baseline", "--dry-run"],
    ],
    "propose": [["--dry-run", "-y"], ["-y", "--title", f"T {EVIL}", "kb/macros/new.md"], ["--json", "-y", "kb/macros/new2.md"], ["--resume"], ["-y"]],
    "sync": [[], ["--json"]],
    "status": [[], ["--json"]],
    "serve": [["--host", EVIL, "--port", "0"]],
    "readers": [[], ["--json"]],
    "health": [[], ["--json"], ["--csv"], [EVIL]],
    "insight": [
        [], ["--json"], ["--csv"], ["--at", EVIL], ["--since", EVIL], ["--by", EVIL], ["import", f"no{EVIL}"], ["--engine", EVIL],
        ["export", f"no{EVIL}/x"], [EVIL], ["gaps"], ["gaps", "--json"], ["gaps", "--csv"], ["gaps", "--since", EVIL], ["gaps", "--issues"],
        ["site", "--out", f"o{EVIL}"], ["digest", "--lang", EVIL], ["digest", "--since", EVIL],
        ["watch"], ["watch", "--json"], ["watch", "--dry-run"], ["watch", "--yes"],
    ],
    "history": [["articles/evil"], ["articles/evil", "--patch"], ["articles/evil", "--json"], ["@name", "-p"]],
    "blame": [["articles/evil"], ["articles/evil", "--json"], ["@name"]],
    "restore": [["articles/evil", "--at", "HEAD", "--dry-run"], ["articles/evil", "--at", f"v{EVIL}"], ["articles/evil", "--at", "HEAD"]],
    "undo": [["--dry-run"]],
    "ask": [["-y", f"Why {EVIL} evilword?"]],
    "new": [["article", f"T {EVIL}", "--dry-run"], ["macro", f"T2 {EVIL}", "--from", "reply.txt", "--dry-run"], ["macro", "T3", "--from", "reply.txt"], ["macro", "T4", "--from", f"no{EVIL}"], ["article", "--from-gap", "7"]],
    "rename": [["articles/evil", "evil3", "--dry-run"], ["articles/evil", f"e{EVIL}"], ["@name", "plain", "--dry-run"]],
    "retire": [["articles/evil", "--for", "articles/evil2", "--dry-run"], ["articles/evil", "--dry-run"]],
    "schema": [[], [EVIL]],
    "stage": [[".site", "--audience", "internal"], [f"x{EVIL}"]],
    "site": [["build"], ["build", "--json"], ["build", "--out", f"o{EVIL}"], [EVIL]],
    "init": [["--dry-run"], [f"new{EVIL}"]],
    "adopt": [["--dry-run"], ["--json"], [f"no{EVIL}"]],
    "export": [["csv"], ["espanso", EVIL], [EVIL], ["json", "-o", "out.json", "-y"]],
    "import": [["reply.txt", "--dry-run"], ["reply.txt", "--json", "--dry-run"], ["reply.txt", "-y"], [f"no{EVIL}"], ["reply.txt", "--format", EVIL]],
    "desk": [
        ["login", EVIL], ["logout", EVIL], ["status", EVIL], ["diff", EVIL], ["push", EVIL, EVIL, "--dry-run"],
        ["pull", EVIL, "--since", EVIL], ["verify", EVIL, EVIL, "--ticket", EVIL],
    ],
    "doctor": [[], ["--json"]],
    "help": [[], ["undo"], ["undo", "--json"], [f"zzz{EVIL}"], ["undo", "--lang", EVIL]],
    "review": [["origin/evil\x9b31m\u202e"], ["HEAD", "--since", "HEAD~1"], ["HEAD", "--json"], ["HEAD", "--format", "markdown"], [EVIL], []],
    "helper": [["--help"], [EVIL]],
    "pick": [["--help"], ["--ticket", f"no{EVIL}.json"]],
}  # fmt: skip
# The file byte for byte is what these are for, wherever no terminal shows it.
EXACT = {("show", "--raw")}

# How a question ends, where something is typed; what asks in another way is answered after a while.
QUESTION = r"[:?)\]>] $"
_SILENCE = 2  # of three outcomes: the end, a question, nothing for a second

DRIVER = """
import json, os, sys
from cannery.start import main
for number, arguments in enumerate(json.load(open(sys.argv[1]))):
    try:
        main(arguments)
    except SystemExit as ended:
        code = ended.code
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    print(f"\\n=== {number} {code} ===", flush=True)
"""


@dataclass(frozen=True)
class Ran:
    arguments: list[str]
    code: int
    said: str


def test_every_command_is_tried() -> None:
    assert RUNS.keys() == set(COMMANDS)


@pytest.fixture
def evil(team: Team, home: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team whose every text would steer a terminal, and a remote that talks likewise."""
    for clone in (team.mine, team.other):
        clone.git("config", "user.name", f"Kim {EVIL}".replace("\u2028", " "))
    for path, text in FILES.items():
        team.other.write(path, text)
    team.other.push(f"Subject {EVIL} \x01 \x02\n\nBody {EVIL}")
    team.other.git("branch", "evil\x9b31m\u202e")
    team.mine.pull()
    for path in ("kb/articles/evil.md", f"kb/articles/name{EVIL}.md"):
        team.other.write(path, ARTICLE.replace("over", "theirs"))
        team.mine.write(path, ARTICLE.replace("over", "mine"))
    team.other.push(f"Theirs {EVIL}")
    for name in ("new", "new2"):
        team.mine.write(f"kb/macros/{name}.md", f'---\ntitle: "N\u202e {name}"\n---\nHi {EVIL}\n')
    team.mine.write("reply.txt", f"Dear Kim {EVIL},\nyour order A-12345 of 2026-01-02.\n{BODY}")
    team.mine.write("ticket.json", TICKET)
    (team.mine.root / "mkdocs.yml").write_text(
        (Path(__file__).parents[2] / "mkdocs.yml").read_text()
    )
    _say_hook(team, "pre-receive", "")
    monkeypatch.setenv("EDITOR", f"true {EVIL}")
    return team


def _say_hook(team: Team, name: str, end: str) -> None:
    hook = team.remote / "hooks" / name
    hook.write_text(HOOK + end)
    hook.chmod(0o755)


def _all(clone: Clone) -> list[list[str]]:
    named = next((clone.root / "kb/articles").glob("name*")).name.removesuffix(".md")
    return [
        [command, *(f"articles/{named}" if word == "@name" else word for word in words)]
        for command, runs in RUNS.items()
        for words in runs
    ]


def _written(clone: Clone, runs: list[list[str]]) -> list[str]:
    (clone.root.parent / "runs.json").write_text(json.dumps(runs))
    (clone.root.parent / "driver.py").write_text(DRIVER)
    return [str(clone.root.parent / "driver.py"), str(clone.root.parent / "runs.json")]


def on_terminal(clone: Clone, runs: list[list[str]], **environment: str) -> Iterator[Ran]:
    """What each command sends to a terminal, on which somebody answers what is asked."""
    # The manual is indexed before: a slow machine draws a progress bar, whose codes are our own.
    manual = [sys.executable, "-m", "cannery", "help", "undo"]
    subprocess.run(manual, cwd=clone.root, stdout=subprocess.DEVNULL, check=True)
    child = pexpect.spawn(
        sys.executable, _written(clone, runs), cwd=str(clone.root), dimensions=(24, 100),
        env={**os.environ, **environment}, timeout=1, encoding="utf-8", codec_errors="surrogateescape",
    )  # fmt: skip
    child.setecho(state=False)
    for number, arguments in enumerate(runs):
        end, said = rf"=== {number} (\d+) ===\r\n", ""
        for answer in ("", "2", "n", "", "2", "n", *("" for _ in range(60))):
            got = child.expect([end, QUESTION, pexpect.TIMEOUT])
            if got < _SILENCE:
                said += f"{child.before}{child.after if got else ''}"
            if not got:
                break
            child.sendline(answer)
        else:
            pytest.fail(f"{arguments} does not end:\n{child.before!r}")
        yield Ran(arguments, int(child.match[1]), said.replace("\r\n", "\n"))
    child.close()


def piped(clone: Clone, runs: list[list[str]]) -> Iterator[Ran]:
    done = subprocess.run(
        [sys.executable, *_written(clone, runs)], cwd=clone.root, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True,
    )  # fmt: skip
    said = re.split(r"\n=== \d+ (\d+) ===\n", done.stdout.decode("utf-8", "surrogateescape"))
    for arguments, text, code in zip(runs, said[::2], said[1::2], strict=False):
        yield Ran(arguments, int(code), text)


def wrong(ran: Ran, *, colours: bool) -> Iterator[str]:
    """What has come through, and what has failed for a reason of its own."""
    said = COPIED.sub("", ran.said)
    said = COLOURS.sub("", said) if colours else said
    if found := STEERING.search(said):
        yield f"{ran.arguments}: {said[max(0, found.start() - 60) : found.end() + 40]!r}"
    if ran.code not in (0, 1, 2):
        yield f"{ran.arguments}: exit {ran.code}: {said[-400:]!r}"
    is_data = {"--json", "sarif"} & {*ran.arguments}
    said = QUOTED.sub("", said)
    if not is_data and (left := [piece for piece in CARRIED if piece in said]):
        at = said.index(left[0])
        yield f"{ran.arguments}: {left} in {said[max(0, at - 60) : at + 60]!r}"


def test_no_command_lets_a_text_steer_a_terminal_with_colours(evil: Team) -> None:
    ran = [*on_terminal(evil.mine, _all(evil.mine))]
    assert len(ran) == len(_all(evil.mine))
    assert not [item for each in ran for item in wrong(each, colours=True)]
    assert any("\x1b[1m" in each.said for each in ran), "colours are on"


@pytest.mark.long  # what is piped has no colours either
def test_no_command_lets_a_text_steer_a_terminal_without_colours(evil: Team) -> None:
    ran = on_terminal(evil.mine, _all(evil.mine), NO_COLOR="1")
    assert not [item for each in ran for item in wrong(each, colours=False)]


def test_no_command_lets_a_text_steer_where_it_is_piped_to(evil: Team) -> None:
    runs = [run for run in _all(evil.mine) if (run[0], run[-1]) not in EXACT]
    ran = [
        # A reply is what people have written: how a customer's text is read stays as it is.
        replace(each, said=DIRECTIONS.sub("", each.said)) if each.arguments[0] == "reply" else each
        for each in piped(evil.mine, runs)
    ]
    assert len(ran) == len(runs)
    assert not [item for each in ran for item in wrong(each, colours=False)]


def test_a_remote_that_refuses_does_not_steer_the_terminal(evil: Team) -> None:
    _say_hook(evil, "pre-receive", "exit 1\n")
    runs = [["propose", "-y", "kb/macros/new.md"], ["propose", "--resume"], ["status"], ["undo"]]
    ran = [*on_terminal(evil.mine, runs)]
    assert not [item for each in ran for item in wrong(each, colours=True)]
    assert "hook says" in ran[0].said


def test_the_picker_lets_no_text_steer_the_terminal(evil: Team) -> None:
    child = pexpect.spawn(
        sys.executable, ["-m", "cannery", "pick", "--ticket", "ticket.json"], cwd=str(evil.mine.root),
        dimensions=(40, 120), timeout=20, encoding="utf-8", codec_errors="surrogateescape",
    )  # fmt: skip
    said = []
    for keys, awaited in (
        ("evilword", "evil"), ("\t\t", ""), ("\x07", "History"), ("\x1b", ""), ("\x14", "Filter by"), ("\x1b", ""), ("\r", ""),
    ):  # fmt: skip
        child.send(keys)
        child.expect([awaited or pexpect.TIMEOUT], timeout=20 if awaited else 0.5)
        said.append(f"{child.before}{child.after if awaited else ''}")
    child.send("\x03")
    child.expect(pexpect.EOF)
    shown = "".join([*said, str(child.before)])
    assert not [piece for piece in CARRIED if piece in shown]
    assert not re.search("[\x80-\x9f\u2028-\u202e\u2066-\u206f\x08]", shown)
    assert "evil" in shown


def test_shells_are_offered_no_name_that_steers(evil: Team) -> None:
    for words in ("kb show ", "kb find --tag ", "kb show ;", "kb reply m --set "):
        done = subprocess.run(
            [sys.executable, "-m", "cannery"], cwd=evil.mine.root, capture_output=True, text=True, check=False,
            env={**os.environ, "_KB_COMPLETE": "fish", "_KB_WORDS": "\x1f".join(words.split(" ")[1:-1]), "_KB_CURRENT": words.split(" ")[-1]},
        )  # fmt: skip
        assert not STEERING.search(done.stdout + done.stderr)
        assert not [piece for piece in CARRIED if piece in done.stdout]
