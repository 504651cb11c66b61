"""The picker in a terminal that is one: tmux."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cannery.manual import ARTICLES
from tests.conftest import Base

pytestmark = pytest.mark.needs("tmux")
_SECONDS = 20.0


class Terminal:
    """A shell in tmux."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "tmux"
        self._run("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "sh")
        self.keys("PS1='ready> '", "Enter")
        self.wait("ready>")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self._socket), *arguments],
            check=True, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        return done.stdout.decode()

    def keys(self, *keys: str) -> None:
        self._run("send-keys", *keys)

    @property
    def shown(self) -> str:
        return self._run("capture-pane", "-p").replace("\u00a0", " ")

    def wait(self, *texts: str) -> str:
        """Until all of the texts stand there."""
        end = time.monotonic() + _SECONDS
        while not all(text in (shown := self.shown) for text in texts):
            assert time.monotonic() < end, shown
            time.sleep(0.05)
        return shown

    def paste(self, text: str) -> None:
        """As a terminal pastes: in brackets, where the program has asked for them."""
        self._run("set-buffer", text)
        self._run("paste-buffer", "-p")

    def buffer(self) -> str:
        return self._run("show-buffer")

    def resize(self, columns: int, lines: int) -> None:
        self._run("resize-window", "-x", str(columns), "-y", str(lines))

    def start(self, *arguments: str) -> None:
        self.keys(f"clear; {sys.executable} -m cannery {' '.join(arguments)}", "Enter")

    def processes(self) -> list[int]:
        """Those of `kb`, the one that waits first."""
        shell = self._run("display-message", "-p", "#{pane_pid}").strip()
        first = _children(int(shell))
        return [*first, *(pid for parent in first for pid in _children(parent))]

    def is_usable(self) -> None:
        """A shell that echoes what is typed, line by line, on the usual screen."""
        end = time.monotonic() + _SECONDS
        while self.processes():
            assert time.monotonic() < end, self.shown
            time.sleep(0.05)
        self.keys("clear; stty -a | tr ' ' '\\n' | grep -xE -- '-?(icanon|echo);?'", "Enter")
        end = time.monotonic() + _SECONDS
        while {"icanon", "echo"} - {*self.shown.split()}:
            assert time.monotonic() < end, self.shown
            time.sleep(0.05)
        self.keys("printf 'alt:%s' $((1+1))", "Enter")
        self.wait("alt:2")
        assert self._run("display-message", "-p", "#{alternate_on}").strip() == "0"
        assert self._run("display-message", "-p", "#{mouse_any_flag}").strip() == "0"

    def end(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("kill-server")


def _children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, check=False
    )
    return [int(line) for line in listed.stdout.split()]


def _is_running(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", str(pid)], capture_output=True, check=False).stdout
    return bool(state.strip()) and not state.startswith(b"Z")


def _wait_for_the_end_of(pids: list[int]) -> None:
    end = time.monotonic() + _SECONDS
    while any(map(_is_running, pids)):
        assert time.monotonic() < end, pids
        time.sleep(0.05)


@pytest.fixture
def terminal(library: Base, tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path)
    yield made
    made.end()


def test_the_whole_trip_by_keys_alone(terminal: Terminal) -> None:
    terminal.start()
    terminal.wait("Search", "Clear, quit")
    terminal.keys("hi", "Enter")
    terminal.wait("Next, then copy")
    terminal.keys("田中", "Enter")
    terminal.wait("Sent to tmux", "Search")
    assert terminal.buffer().rstrip("\n") == "Hello 田中."
    terminal.keys("Escape")
    terminal.wait("ready>")
    terminal.is_usable()


def _guide_keys(ending: str) -> list[list[str]]:
    page = (ARTICLES / "guides" / f"picker.{ending}").read_text("utf-8")
    rows = re.findall(r"(?m)^\| ([^|]*`[^|]*) \|", page.split("\n## ")[1])
    assert {"md": "That is seven, plus the value", "ja.md": "7 打鍵と値だけ"}[ending] in page
    return [re.findall(r"`(\w+)`", row) for row in rows]


def test_a_ticket_takes_the_keys_of_the_guide(terminal: Terminal) -> None:
    """From an empty terminal: seven and the value, as the page and the README say."""
    rows = _guide_keys("md")
    assert rows == _guide_keys("ja.md")
    keys = [key for row in rows for key in row]
    assert (len(keys), rows[-1]) == (7, ["Enter"])
    assert "[seven keystrokes]" in (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    terminal.keys(f"kb() {{ {sys.executable} -m cannery; }}; clear", "Enter")
    for key in [*keys[:-1], "Kim", keys[-1]]:
        terminal.keys(key)
    terminal.wait("Sent to tmux")
    assert terminal.buffer().rstrip("\n") == "Hello Kim."


def test_all_keys_may_come_before_it_is_there(terminal: Terminal) -> None:
    terminal.keys(f"clear; {sys.executable} -m cannery", "Enter", "hi", "Enter", "Kim", "Enter")
    terminal.wait("Sent to tmux")
    assert terminal.buffer().rstrip("\n") == "Hello Kim."


def test_keys_that_come_at_once_act_in_their_order(terminal: Terminal) -> None:
    terminal.start()
    terminal.wait("Search", "Clear, quit")
    terminal.keys("refund", "C-u", "ho", "BSpace", "i", "Enter")
    terminal.wait("Hello there", "Next, then copy")
    terminal.keys("wrong", "C-u", "Kim", "Enter")
    terminal.wait("Sent to tmux")
    assert terminal.buffer().rstrip("\n") == "Hello Kim."


def test_a_paste_stands_there_once_with_all_of_its_lines(terminal: Terminal) -> None:
    terminal.start()
    terminal.wait("Search", "Clear, quit")
    terminal.paste("Good day,\nrefund policy\n")
    terminal.wait("Good day, refund policy", "Within 30 days")
    terminal.keys("C-u", "C-k", "hi", "Enter")
    terminal.wait("Next, then copy")
    terminal.paste("A-4711\n")
    assert "A-4711A-4711" not in terminal.wait("Hello A-4711.")


def test_another_size_keeps_its_place(terminal: Terminal) -> None:
    terminal.start("pick", "policy")
    terminal.wait("Within 30 days")
    terminal.resize(50, 15)
    terminal.wait("policy", "Refund policy")
    terminal.resize(200, 60)
    terminal.wait("policy", "Within 30 days", "Clear, quit")


@pytest.mark.parametrize("which", [0, 1])
def test_killed_it_leaves_a_usable_terminal(terminal: Terminal, which: int) -> None:
    terminal.start()
    terminal.wait("Search")
    running = terminal.processes()
    os.kill(running[which], signal.SIGKILL)
    _wait_for_the_end_of(running)
    terminal.is_usable()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_leaves_a_usable_terminal(
    terminal: Terminal, number: signal.Signals
) -> None:
    terminal.start()
    terminal.wait("Search")
    running = terminal.processes()
    os.kill(running[0], number)
    _wait_for_the_end_of(running)
    terminal.wait("ready>")
    terminal.is_usable()


def test_without_its_terminal_it_ends(terminal: Terminal) -> None:
    terminal.start()
    terminal.wait("Search")
    running = terminal.processes()
    assert len(running) == 2
    terminal.end()
    _wait_for_the_end_of(running)


def test_control_c_leaves(terminal: Terminal) -> None:
    terminal.start()
    terminal.wait("Search")
    terminal.keys("C-c")
    terminal.wait("ready>")
    terminal.is_usable()


def test_a_ticket_may_come_through_a_pipe(terminal: Terminal, library: Base) -> None:
    library.write(
        "macros/hello.md",
        "---\ntitle: Hello there\nfields:\n"
        "  - {name: customer, from: ticket.requester.name}\n---\nHello {{ customer }}.\n",
    )
    terminal.keys(
        f"clear; printf 'Requester: Kim Lee\\nSubject: Help\\n' | {sys.executable} -m cannery "
        "pick hello --ticket -",
        "Enter",
    )
    terminal.wait("Hello there")
    terminal.keys("Enter")
    terminal.wait("Hello Kim Lee.", "Help")


def _editor(folder: Path, script: str) -> str:
    program = folder / "editor.sh"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


@pytest.fixture
def edited(terminal: Terminal, tmp_path: Path) -> Callable[[str], None]:
    def use(script: str) -> None:
        terminal.keys(f"export EDITOR={_editor(tmp_path, script)}", "Enter")

    return use


def test_an_entry_is_edited_from_it(
    terminal: Terminal, edited: Callable[[str], None], library: Base
) -> None:
    edited("printf '%s\\n' '---' 'title: Hello there' '---' 'Good morning.' > \"$1\"")
    terminal.start("pick", "hello")
    terminal.wait("Hello there")
    terminal.keys("C-e")
    terminal.wait("Good morning.", "Clear, quit")
    assert "Good morning." in (library.root / "kb/macros/hello.md").read_text()


def test_a_reply_gets_a_last_touch_in_the_editor(
    terminal: Terminal, edited: Callable[[str], None]
) -> None:
    edited("printf 'Good day, **Kim**.\\n' > \"$1\"")
    terminal.start("pick", "hello")
    terminal.wait("Hello there")
    terminal.keys("Enter", "Kim", "C-r")
    terminal.wait("Sent to tmux")
    assert terminal.buffer().rstrip("\n") == "Good day, Kim."


def test_without_a_clipboard_the_reply_is_printed(terminal: Terminal) -> None:
    assert shutil.which("tmux")
    terminal.keys("unset TMUX; TERM=linux", "Enter")  # Linux' own console takes no copies
    terminal.start("pick", "hello")
    terminal.wait("Hello there")
    terminal.keys("Enter", "Kim", "Enter")
    terminal.wait("Hello Kim.", "Not copied", "Press Enter to go back")
    terminal.keys("Enter")
    shown = terminal.wait("Printed, not copied.", "is still on the clipboard", "Next, then copy")
    assert "Kim" in shown, "what was typed stays"
