"""Which program a shell runs for `kb`: ours has a second name, for where it is another's."""

from __future__ import annotations

import filecmp
import shutil
import sysconfig
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
    if first and is_ours(Path(first)):
        return FirstOnPath(is_ours=True, text=first)
    other = shutil.which("cannery")
    if other and is_ours(Path(other)):
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
    found = {path.resolve() for path in (*_listed(), *_beside()) if path.is_file()}
    return sorted(found, key=lambda path: NAMES.index(path.stem))


def _listed() -> list[Path]:
    try:
        files = metadata.distribution("cannery").files or []
    except metadata.PackageNotFoundError:
        return []
    scripts = (file for file in files if file.stem in NAMES and file.suffix in ("", ".exe"))
    return [Path(str(file.locate())) for file in scripts]


def _beside() -> list[Path]:
    """Those of this Python: `pip install --target` puts ours elsewhere than its list says."""
    folder = Path(sysconfig.get_path("scripts"))
    return [
        *filter(_is_cannery, (folder / f"{name}{end}" for name in NAMES for end in ("", ".exe")))
    ]


def is_ours(path: Path) -> bool:
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
