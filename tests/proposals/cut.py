"""Cut `kb` off at one of its steps: killed in a fork of this process, or by what is raised here."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from cannery.git import versions
from cannery.start import main

# A file that is written or taken away; index and branch; the word that it is done.
WRITE, BRANCH, DONE = "carry_out.put", "carry_out.move", "undo_log.UndoLog.finish"


def kill(root: Path, step: str, number: int, *arguments: str) -> None:
    """Run `kb` in a folder, and kill it just before a step is done for the so-and-so-manieth time.

    It is a fork of this process: a Python of its own takes ten times as long to start.
    """
    child = get_context("fork").Process(target=_run, args=(root, step, number, arguments))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    child.close()


def _run(root: Path, step: str, number: int, arguments: tuple[str, ...]) -> None:
    module, *names, last = step.split(".")
    place = reduce(getattr, names, import_module(f"cannery.proposals.{module}"))
    real, left = getattr(place, last), number

    def counted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)

    setattr(place, last, counted)
    for user in [*sys.modules.values()]:  # who had its name from there before
        if real.__module__ == getattr(place, "__name__", "") and vars(user).get(last) is real:
            setattr(user, last, counted)
    os.chdir(root)
    main(arguments)


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
