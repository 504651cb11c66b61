"""Cut `kb` off at one of its steps: killed in a process of its own, or by what is raised here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cannery.git import versions

# A file that is written or taken away; index and branch; the word that it is done.
WRITE, BRANCH, DONE = "carry_out.put", "carry_out.move", "undo_log.UndoLog.finish"
_KILLED = """
import os, signal, sys
from functools import reduce
from importlib import import_module
from cannery.start import main
step, number, *arguments = sys.argv[1:]
module, *names, last = step.split(".")
place = reduce(getattr, names, import_module(f"cannery.proposals.{module}"))
real, left = getattr(place, last), int(number)
def counted(*given, **named):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given, **named)
setattr(place, last, counted)
main(arguments)
"""


def kill(root: Path, step: str, number: int, *arguments: str) -> None:
    """Run `kb` in a folder, and kill it just before a step is done for the so-and-so-manieth time."""
    command = [sys.executable, "-c", _KILLED, step, str(number), *arguments]
    # What is killed leaves no word of the lines that it ran: counting them is for nothing.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, (done.stdout, done.stderr)


@contextmanager
def failing(number: int, error: BaseException) -> Iterator[None]:
    """Meanwhile, a file is the so-and-so-manieth to be written, and that raises an error."""
    real, left = versions.put, number

    def counted(*given: Any) -> None:  # noqa: ANN401 - whatever it takes
        nonlocal left
        left -= 1
        if left == 0:
            raise error
        real(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cannery.proposals.carry_out.put", counted)
        yield


def files(root: Path) -> dict[str, bytes]:
    """All files of a knowledge base, hidden ones too."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "kb").rglob("*"))
        if path.is_file()
    }
