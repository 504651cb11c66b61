"""What the start of `kb` says of the terminal that it is on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.conftest import Base


@pytest.fixture
def told(base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an editor writes whether git may ask."""
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello\n")
    target, editor = tmp_path / "told", tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho "[$GIT_TERMINAL_PROMPT]" > "{target}"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("GIT_TERMINAL_PROMPT", raising=False)
    return target


COMMAND = (sys.executable, "-m", "cannery", "edit", "hello")


@pytest.mark.parametrize(
    ("before", "expected"), [({}, "[1]\n"), ({"GIT_TERMINAL_PROMPT": "0"}, "[0]\n")]
)
def test_on_a_terminal_git_may_ask_unless_its_user_forbids_it(
    told: Path, before: dict[str, str], expected: str
) -> None:
    child = pexpect.spawn(COMMAND[0], [*COMMAND[1:]], env={**os.environ, **before}, timeout=60)
    child.expect(pexpect.EOF)
    child.close()
    assert told.read_text() == expected


def test_elsewhere_nobody_says_that_it_may(told: Path) -> None:
    subprocess.run(COMMAND, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert told.read_text() == "[]\n"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_ends_no_command(base: Base, closed: str) -> None:
    base.write("articles/hello.md", "---\ntitle: Hello\n---\nHello\n")
    program = f"{sys.executable} -m cannery"
    for words, code in (("find hello", 0), ("show hello", 0), ("show other", 1), ("", 2)):
        command = f"{program} {words} {closed}"
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), command
        if words == "show other" and "2>" not in closed:
            assert "no entry named other" in done.stderr


_INTERRUPTED_AT = """
import sys

module = sys.argv.pop(1)

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupt())
from cannery.start import start
start()
"""


def _interrupted_at(
    module: str, *words: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `kb` with ^C while it loads a module, which takes most of its start."""
    command = [sys.executable, "-c", _INTERRUPTED_AT, module, *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("cannery.cli.app", ("show", "hello")),
        ("cannery.cli.front_ends", ("show", "hello")),
        ("cannery.cli.prepared", ("--version",)),
        ("cannery.serve.client", ("find", "hello")),
    ],
)
def test_an_interrupt_while_it_starts_is_told_in_a_line(
    module: str, words: tuple[str, ...]
) -> None:
    done = _interrupted_at(module, *words)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "kb: interrupted\n")


def test_a_completion_that_is_interrupted_leaves_the_line_alone() -> None:
    done = _interrupted_at("cannery.serve.client", _KB_COMPLETE="complete_bash")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
