from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from tests.conftest import Base

_HEAVY = (
    "textual", "git", "liquid", "mkdocs", "whoosh", "babel", "rich", "markdown_it", "yaml", "regex",
    "numpy", "onnxruntime", "tokenizers",
)  # fmt: skip
# What a command that opens no knowledge base has of ours.
_GROUND = {"cli", "errors", "model", "operations", "start", "util"}


def _loaded(*arguments: str) -> set[str]:
    """The heavy libraries that a command loads."""
    code = (
        "import sys; from cannery.start import main\n"
        f"try: main({arguments!r})\n"
        f"except SystemExit: print('LOADED', *sorted(set({_HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env=dict(os.environ),
        stdin=subprocess.DEVNULL,
    )
    return set(done.stdout.decode().split("LOADED")[1].split())


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (("--help",), set()),
        (("--version",), set()),
        (("find", "hello"), {"whoosh", "yaml"}),
        (("reply", "hello", "--print"), {"liquid", "babel", "markdown_it", "yaml"}),
        (("help", "picker"), {"yaml", "markdown_it", "rich"}),
        (("help", "undo"), {"whoosh", "yaml", "markdown_it", "rich"}),
        (("pick", "hello"), set()),  # no terminal here: it ends before it begins
        (("sync",), {"git"}),
        (("desk", "login", "acme"), set()),
        (("desk", "logout", "acme"), set()),
        (("propose", "--dry-run"), {"git"}),
        (("edit", "hello"), {"liquid", "babel", "markdown_it", "yaml", "git"}),
    ],
)
def test_a_command_loads_only_what_it_needs(
    base: Base,
    arguments: tuple[str, ...],
    allowed: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello")
    assert _loaded(*arguments) <= allowed


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_who_asks_what_there_is_loads_no_room(argument: str) -> None:
    code = (
        "import sys; before = set(sys.modules); from cannery.start import main\n"
        f"try: main([{argument!r}])\n"
        "except SystemExit: print('LOADED', *sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = done.stdout.decode().split("LOADED")[1].split()
    formats = {"cannery.render", "cannery.render.formats"}  # the values of an option
    ours = {*filter(lambda name: name.startswith("cannery."), loaded)} - formats
    assert {name.split(".")[1] for name in ours} <= _GROUND
    assert not {"platformdirs", "hashlib"} & {*loaded}


def test_a_word_that_is_no_command_is_refused_without_any() -> None:
    code = (
        "import sys; from cannery.start import main\n"
        "try: main(['fnid', 'hello'])\n"
        "except SystemExit: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "No such command 'fnid'. Did you mean 'find'?" in done.stderr
    assert "cannery.cli.commands" not in done.stdout.split()


def test_a_search_of_what_the_index_knows_loads_whoosh_and_nothing_else(base: Base) -> None:
    base.write("synonyms.yml", "- [hello, こんにちは]\n")
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello")
    time.sleep(0.05)  # what was written this moment is read again
    assert _loaded("find", "hello") == {"whoosh", "yaml"}
    assert _loaded("find", "hello") == {"whoosh"}


def test_who_asks_the_helper_loads_no_more_than_bare_python() -> None:
    code = (
        "import sys; before = set(sys.modules); from cannery.serve import client\n"
        "client.ask(['find', 'hello'])\n"
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    )
    env = {**os.environ, "KB_NO_HELPER": ""}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=env)
    assert set(done.stdout.decode().split()) <= {"__future__", "_socket", "cannery"}


def test_the_first_frame_of_the_picker_waits_for_no_search_and_no_typer() -> None:
    code = (
        "import sys; import cannery.tui.open, cannery.tui.app\n"
        f"print(*sorted(set({(*_HEAVY, 'typer')!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert set(done.stdout.decode().split()) == {"textual", "rich"}
