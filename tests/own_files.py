"""The files of this repository, or of the folder that its sdist was unpacked into."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def own_files(*names: str) -> tuple[Path, ...]:
    """What Git knows below these names; without a repository, all that no .gitignore leaves out."""
    if (ROOT / ".git").exists():
        return _listed(["git", "ls-files", "-z", "--", *names])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "init", "-q", "--bare", folder], check=True)
        git = ["git", f"--git-dir={folder}", f"--work-tree={ROOT}"]
        return _listed([*git, "ls-files", "-z", "--others", "--exclude-standard", "--", *names])


def _listed(command: list[str]) -> tuple[Path, ...]:
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    return tuple(ROOT / name for name in done.stdout.split("\0") if name)
