"""What the start of `kb` says of the terminal that it is on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
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
def test_a_stream_that_is_closed_ends_no_command_and_loses_no_result_silently(
    base: Base, closed: str
) -> None:
    base.write("articles/hello.md", "---\ntitle: Hello\n---\nHello\n")
    program = f"{sys.executable} -m cannery"
    is_lost = ">&-" in closed.replace("2>&-", "")
    for words, code in (("find hello", 0), ("show hello", 0), ("show other", 1), ("", 2)):
        command = f"{program} {words} {closed}"
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        expected = code or int(is_lost)
        assert (done.returncode, "Traceback" in done.stderr) == (expected, False), command
        if "2>" not in closed:
            assert ("stdout is closed" in done.stderr) == (is_lost and not code)
        if words == "show other" and "2>" not in closed:
            assert "no entry named other" in done.stderr


@pytest.mark.parametrize("name", ["find hello", "show hello", "--version", "new article Other"])
@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_result_that_a_full_disk_does_not_take_is_told(
    base: Base, name: str, buffered: str
) -> None:
    base.write("articles/hello.md", "---\ntitle: Hello\n---\nHello\n")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cannery", *name.split()], stdout=full, stderr=subprocess.PIPE,
            text=True, check=False, env={**os.environ, "PYTHONUNBUFFERED": buffered},
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("kb: ") == 1
    assert "kb: stdout can't be written: No space left on device\n" in done.stderr
    assert (base.root / "kb/articles/other.md").exists() == (name[:3] == "new")


@pytest.mark.parametrize("name", ["find hello", "show hello", "--help", "init fresh"])
def test_a_reader_that_has_left_breaks_off_nothing_and_is_not_told(base: Base, name: str) -> None:
    base.write("articles/hello.md", "---\ntitle: Hello\n---\nHello\n")
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "cannery", *name.split()], stdout=gone, stderr=subprocess.PIPE,
            text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, "kb:" in done.stderr) == (0, False)
    assert (base.root / "fresh/kb/kb.toml").exists() == (name[:4] == "init")


def test_what_nobody_reads_on_stderr_costs_no_result(base: Base) -> None:
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello\n")
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "cannery", "reply", "hello"]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "Hello")


def test_a_pipe_that_does_not_wait_gets_all(base: Base) -> None:
    base.write("articles/long.md", "---\ntitle: Long\n---\n" + "A line of it.\n\n" * 9_000)
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    command = [sys.executable, "-m", "cannery", "show", "long"]
    with subprocess.Popen(command, stdout=writer) as process:
        os.close(writer)
        time.sleep(1.5)  # the pipe is full by then
        with os.fdopen(reader) as result:
            text = result.read()
    assert (process.returncode, text.count("A line of it.")) == (0, 9_000)


def test_a_stdin_that_cannot_be_read_is_named(base: Base) -> None:
    command = f"{sys.executable} -m cannery similar - 0>/dev/null"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "kb: stdin can't be read: Bad file descriptor" in done.stderr


@pytest.mark.parametrize("module", ["typer", "platformdirs", "cannery.cli.output", "whoosh"])
def test_an_installation_that_lacks_something_says_what(base: Base, module: str) -> None:
    base.write("articles/hello.md", "---\ntitle: Hello\n---\nHello\n")
    for words in (("find", "hello"), ("show", "hello"), ("init", "fresh")):
        code = (
            f"import sys; sys.modules[{module!r}] = None; from cannery.start import start; start()"
        )
        command = [sys.executable, "-c", code, *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            assert done.returncode == 1
            assert done.stderr.startswith("kb: this installation is incomplete: ")
            assert module in done.stderr
        assert "Traceback" not in done.stderr


def test_a_python_that_is_too_old_is_told() -> None:
    code = "import sys; sys.version_info = (3, 9, 2); from cannery.start import start; start()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("kb: Python 3.9.2 is too old\n")


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
    done = _interrupted_at("cannery.serve.client", _KB_COMPLETE="bash")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize("term", ["dumb", "", None])
@pytest.mark.parametrize("words", [(), ("pick",)])
def test_a_terminal_that_cannot_draw_gets_no_picker(
    base: Base, term: str | None, words: tuple[str, ...]
) -> None:
    env = {name: value for name, value in os.environ.items() if name != "TERM"}
    env |= {} if term is None else {"TERM": term}
    child = pexpect.spawn(sys.executable, ["-m", "cannery", *words], env=env, timeout=60)
    child.expect(pexpect.EOF)
    child.close()
    said = child.before.decode()
    assert child.exitstatus == 2
    assert f"can draw a screen: TERM is {term or 'not set'}" in said
    assert "\x1b" not in said


@pytest.mark.parametrize("words", ["find hello", "show hello", "reply hello", "status", "sync"])
def test_a_user_without_a_home_is_told_what_to_set(base: Base, words: str) -> None:
    """A container may run as any number, which has no account."""
    code = (
        "import os, pwd, sys\n"
        "def nobody(_): raise KeyError\n"
        "pwd.getpwuid = nobody\n"
        "from cannery.start import start; start()"
    )
    away = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    env = {name: value for name, value in os.environ.items() if name not in away}
    command = [sys.executable, "-c", code, *words.split()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 1
    assert done.stderr.startswith("kb: no home folder: HOME is not set")
    assert not (base.root / "~").exists()


def test_a_folder_that_is_gone_is_told(base: Base, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    for words in ("find hello", "show hello", "init fresh"):
        script = f'mkdir {gone}; cd {gone}; rmdir {gone}; exec "$@"'
        command = ["sh", "-c", script, "sh", sys.executable, "-m", "cannery", *words.split()]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.splitlines()[-2:]) == (
            1,
            ["kb: the current folder is gone", "    Go to one that exists."],
        )


@pytest.mark.parametrize("words", ["similar -", "new macro Hello --from -"])
def test_a_stdin_that_never_ends_is_refused(base: Base, words: str) -> None:
    with Path("/dev/zero").open("rb") as endless:
        command = [sys.executable, "-m", "cannery", *words.split()]
        done = subprocess.run(
            command, stdin=endless, capture_output=True, text=True, check=False, timeout=120
        )
    assert (done.returncode, "more than 10,000,000 bytes" in done.stderr) == (2, True)
