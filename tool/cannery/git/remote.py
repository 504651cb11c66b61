"""What a clone knows of its remote without asking it."""

from __future__ import annotations

import os
from pathlib import Path

from cannery.git.run import attempt, git

_USUAL = "main"


def remote_address(folder: Path) -> str:
    """The address of the team's repository; empty where there is none."""
    status, out, _ = attempt(folder, "remote")
    names = [] if status else os.fsdecode(out).split("\n")
    for name in ("upstream", "origin"):
        if name in names:
            return git(folder, "ls-remote", "--get-url", name)
    return ""


def main_branch(folder: Path) -> str:
    """The remote's default branch as far as the clone knows, else the usual name."""
    for name in ("upstream", "origin"):
        head = f"refs/remotes/{name}/HEAD"
        status, out, _ = attempt(folder, "symbolic-ref", "-q", head)
        if not status:
            return os.fsdecode(out).strip().removeprefix(f"refs/remotes/{name}/")
    return _USUAL
