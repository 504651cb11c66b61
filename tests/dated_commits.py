"""Commits of given days and people."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.conftest import Base


def commit(base: Base, at: int, who: str = "A", *paths: str) -> None:
    """Commit these paths, or all there is, at a time in seconds, as somebody."""
    if not (base.root / ".git").exists():
        base.git("init", "-q", "-b", "main")
    base.git("add", "-A", *(paths or (".",)))
    run(base.root, at, who, "commit", "-q", "--allow-empty", "-m", "Change")


def run(folder: Path, at: int, who: str, *arguments: str) -> None:
    """Run git as somebody whose clock stands at a time."""
    people = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (
            ("DATE", f"@{at} +0000"),
            ("NAME", who),
            ("EMAIL", f"{who.lower()}@example.com"),
        )
    }
    subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **people})
