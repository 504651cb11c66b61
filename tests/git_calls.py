"""The git processes that `kb` starts, written down by a `git` of ours that is first in PATH."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def recorded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """From here on each call is recorded; what to call for the arguments of those since the last.

    What git starts itself is not among them.
    """
    real = shutil.which("git")
    bin_, log = folder / "recording", folder / "recording/calls"
    bin_.mkdir()
    program = bin_ / "git"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{log}"\nexec "{real}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_}{os.pathsep}{os.environ['PATH']}")

    def calls() -> list[str]:
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines

    return calls
