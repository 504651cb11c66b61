from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cannery.errors import CanneryError, SiteError
from cannery.util.fork import beside


def test_a_fork_knows_its_arguments_and_gives_what_the_work_gives() -> None:
    unsendable = lambda: 7  # noqa: E731 - a thing that no pipe takes
    with beside(lambda value, act: (os.getpid(), value, act()), [1], unsendable) as outcome:
        pid, *rest = outcome()
    assert rest == [[1], 7]
    assert pid != os.getpid()


def _refuse(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    "error", [SiteError("no", "why"), OSError(28, "No space left on device", "/full")]
)
def test_what_the_work_raises_is_raised_here(error: Exception) -> None:
    with beside(_refuse, error) as outcome, pytest.raises(type(error)) as raised:
        outcome()
    assert str(raised.value) == str(error)
    assert getattr(raised.value, "hint", "") == getattr(error, "hint", "")
    assert getattr(raised.value, "filename", "") == getattr(error, "filename", "")


def test_a_fork_that_was_killed_is_a_failed_act() -> None:
    with (
        beside(lambda: os.kill(os.getpid(), signal.SIGKILL)) as outcome,
        pytest.raises(CanneryError, match="killed by signal 9"),
    ):
        outcome()


def test_a_fault_of_the_program_is_one_here_too(capfd: pytest.CaptureFixture[str]) -> None:
    with beside(_refuse, KeyError("x")) as outcome, pytest.raises(RuntimeError):
        outcome()
    assert "KeyError" in capfd.readouterr().err


def _children() -> str:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text()


def _interrupted() -> None:
    with beside(time.sleep, 600):
        assert _children()
        raise KeyboardInterrupt


def test_who_leaves_the_block_ends_the_fork() -> None:
    before = _children()
    with pytest.raises(KeyboardInterrupt):
        _interrupted()
    assert _children() == before


_NESTED = """
import os, time
from cannery.util.fork import beside
def act():
    os.write(1, b"one\\n")  # at once: print writes the line's end by itself
    time.sleep(600)
with beside(act), beside(act):
    time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_fork_outlives_its_parent(number: int) -> None:
    started = subprocess.Popen(
        [sys.executable, "-c", _NESTED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert [started.stdout.readline() for _ in range(2)] == ["one\n", "one\n"]
    started.send_signal(number)
    # Its output ends only when nobody holds it any more: neither it nor a fork.
    said, faults = started.communicate(timeout=30)
    assert said == ""
    assert faults.count("Traceback") == (number == signal.SIGINT), "and only one speaks"
