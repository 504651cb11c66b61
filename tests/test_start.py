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
