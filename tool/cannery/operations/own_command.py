"""Which program a shell runs for `kb`: ours has a second name, for where it is another's."""

from __future__ import annotations

import filecmp
import shutil
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

NAMES = ("kb", "cannery")


class FirstOnPath(NamedTuple):
    """`is_ours` is false for another program, and for another installation of this one."""

    is_ours: bool
    text: str


def first_on_path() -> FirstOnPath:
    """What comes first on the PATH under our name, and what to type where it isn't us."""
    first = shutil.which("kb")
    if first and _is_ours(Path(first)):
        return FirstOnPath(is_ours=True, text=first)
    other = shutil.which("cannery")
    if other and _is_ours(Path(other)):
        typed = f"type `cannery`, which is {other}"
    elif scripts := _scripts():
        typed = f"ours is {scripts[0]}"
    else:
        typed = "type `python -m cannery`"
    if first is None:
        return FirstOnPath(is_ours=False, text=f"your PATH has no kb; {typed}")
    what = "another installation of ours" if _is_cannery(Path(first)) else "another program"
    return FirstOnPath(
        is_ours=False, text=f"{first} comes first on your PATH and is {what}; {typed}"
    )


def _scripts() -> list[Path]:
    """The commands that our installation has put somewhere, `kb` first."""
    try:
        files = metadata.distribution("cannery").files or []
    except metadata.PackageNotFoundError:
        return []
    found = [Path(str(file.locate())).resolve() for file in files if file.stem in NAMES]
    return sorted(
        (path for path in found if path.is_file() and path.suffix in ("", ".exe")),
        key=lambda path: NAMES.index(path.stem),
    )


def _is_ours(path: Path) -> bool:
    """Itself, a link to it, or a copy: a script names the Python that it is for."""
    try:
        return any(filecmp.cmp(path, script, shallow=False) for script in _scripts())
    except OSError:
        return False


def _is_cannery(path: Path) -> bool:
    try:
        return b"cannery" in path.read_bytes()
    except OSError:
        return False
