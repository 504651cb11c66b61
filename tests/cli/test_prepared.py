"""The version and the help are ready as text, and they are what Typer would have said."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from runpy import run_path
from typing import Any

import pexpect
import pytest
from tests.conftest import Run

from cannery.cli.prepared import ready

CI = Path(__file__).parents[2] / ".ci"
LEAST = {
    "cannery", "cannery.start", "cannery.cli", "cannery.cli.prepared",
    "cannery.util", "cannery.util.local", "cannery.util.streams",
}  # fmt: skip
LOST = "kb: stdout is closed: what was to be printed is lost\n    Leave it open.\n"
FULL = (
    "kb: stdout can't be written: No space left on device\n    Free up some space and try again.\n"
)
PROGRAM = (sys.executable, "-m", "cannery")


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return run_path(str(CI / "help_pages.py"))


def _of_the_pinned_typer() -> None:
    pinned = re.search(r"^typer==(\S+)", (CI / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    assert pinned
    if version("typer") != pinned[1]:  # each writes kinds of values in its own way
        pytest.skip(f"the pages are of Typer {pinned[1]}, which is pinned")


@pytest.mark.parametrize("columns", ["80", "81", "250"])
def test_the_pages_are_what_typer_writes(
    script: dict[str, Any], columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _of_the_pinned_typer()
    monkeypatch.setenv("COLUMNS", columns)
    for command in script["commands"]():
        for asked in ("--help", "-h"):
            page = script["page"](command, asked)
            assert ready([*command, asked]) == page, "run `python .ci/help_pages.py`"


def test_each_page_is_of_a_command(script: dict[str, Any]) -> None:
    files = {script["file_of"](command) for command in script["commands"]()}
    assert {*script["FOLDER"].iterdir()} == files, "run `python .ci/help_pages.py`"


def test_the_version_is_what_typer_says(kb: Run) -> None:
    assert ready(["--version"]) == kb("--version").out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--help", "find"],
        ["--help", "--version"],
        ["--version", "find"],
        ["--version", "--help"],
        ["find", "x", "--help"],
        ["find", "--", "--help"],
        ["find", "--lang", "--help"],
        ["FIND", "--help"],
        ["kb", "--help"],
        ["kb-find", "--help"],
        ["desk-pull", "--help"],
        ["pull", "--help"],
        ["../help/kb", "--help"],
        ["\udcff", "--help"],
        ["a" * 500, "--help"],
    ],
)
def test_whatever_else_is_asked_is_left_to_typer(arguments: list[str]) -> None:
    assert ready(arguments) == ""


@pytest.mark.parametrize(
    ("columns", "is_ready"), [("79", False), ("80", True), ("0", True), ("-5", True), ("x", True)]
)
def test_lines_that_have_to_break_elsewhere_are_left_to_typer(
    columns: str, is_ready: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert bool(ready(["find", "--help"])) is is_ready


@pytest.mark.parametrize(("columns", "widest"), [(60, 58), (80, 78), (120, 78)])
def test_a_terminal_gets_lines_that_fit(columns: int, widest: int) -> None:
    said, code = pexpect.run(
        f"{sys.executable} -m cannery reply --help",
        dimensions=(24, columns),
        withexitstatus=True,
        timeout=60,
    )
    lines = said.decode().splitlines()
    assert code == 0
    assert widest - 8 <= max(map(len, lines)) <= widest
    assert lines[0].startswith("Usage: kb reply ")


def _modules(*arguments: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(re.findall(r"\| +(\S+)$", done.stderr, re.MULTILINE))


@pytest.mark.parametrize(
    "words", [["--version"], ["--help"], ["find", "-h"], ["desk", "pull", "-h"]]
)
def test_who_asks_what_there_is_loads_nothing(words: Sequence[str]) -> None:
    """Least of all Typer: that is what the start was slow for."""
    started = _modules("-c", "from cannery.start import start; start()", *words)
    assert started - _modules("-c", "pass") <= {*LEAST, "__future__", "gc"}


@pytest.mark.parametrize("asked", ["--version", "--help", "find --help"])
@pytest.mark.parametrize(
    ("stream", "code", "told"),
    [
        (">&-", 1, LOST),
        ("<&- >&- 2>&-", 1, ""),
        (">/dev/full", 1, FULL),
        ("| :", 0, ""),
    ],
)
def test_streams_that_take_nothing_are_as_with_any_command(
    asked: str, stream: str, code: int, told: str
) -> None:
    line = f"set -o pipefail; {' '.join(PROGRAM)} {asked} {stream}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, told)


def test_a_terminal_that_lacks_a_letter_shows_the_rest() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [*PROGRAM, "find", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert r"kb find \u8fd4\u91d1 --kind macro" in done.stdout
    assert "U+8FD4" in done.stderr


def test_the_other_name_of_the_command_has_the_same_pages(
    script: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _of_the_pinned_typer()
    monkeypatch.setenv("COLUMNS", "80")
    pages = {command: ready([*command, "--help"]) for command in script["commands"]()}
    monkeypatch.setattr(sys, "argv", ["/usr/bin/cannery"])
    for command, page in pages.items():
        assert ready([*command, "--help"]) == script["page"](command)
        assert ready([*command, "--help"]) == page.replace("Usage: kb", "Usage: cannery")
