"""Where a program is: in a folder that PATH names, never in the one that we work in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def program(name: str) -> str:
    """A program's whole path; empty where there is none.

    What lies in the current folder, or in the knowledge base around it, is content: PATH may name
    a folder without saying where it begins, and Windows looks there first.
    """
    here = Path.cwd().resolve()
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if not Path(folder).is_absolute():
            continue
        path = shutil.which(name, path=folder)
        if path and not _is_content(Path(path).parent.resolve(), here):
            return path
    return ""


def _is_content(folder: Path, here: Path) -> bool:
    """Whether a folder is in the knowledge base that we are in, or is where we are."""
    if folder == here:
        return True
    tops = (top for top in (here, *here.parents) if (top / "kb" / "kb.toml").is_file())
    top = next(tops, None)
    return top is not None and folder.is_relative_to(top)
