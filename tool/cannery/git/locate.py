"""Where the repository is that a folder lies in, found without running anything of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_MOST = 4096  # bytes of a file that names a folder


class Located(NamedTuple):
    """A repository whose files begin at `top`.

    `own` has the HEAD and index of this working tree, `common` what all of its working trees share.
    `bare` is a folder on the way up to it that git would take for a repository of its own.
    """

    top: Path
    own: Path
    common: Path
    bare: Path | None


def locate(folder: Path) -> Located | None:
    """The repository that a folder is in; None where it is in none with files."""
    start = folder.resolve()
    bare: Path | None = None
    for top in (start, *start.parents):
        own = _named(top / ".git")
        if own and (own / "HEAD").is_file():
            common = _common(own)
            if _has_objects(common):
                return Located(top, own, common, bare)
        if not bare and (top / "HEAD").is_file() and _has_objects(top):
            bare = top
    return None


def _named(entry: Path) -> Path | None:
    """The folder that `.git` is, or that it names, as in a working tree beside."""
    if entry.is_dir():
        return entry
    text = _text(entry)
    if not text.startswith("gitdir: "):
        return None
    return (entry.parent / text.removeprefix("gitdir: ")).resolve()


def _common(own: Path) -> Path:
    text = _text(own / "commondir")
    return (own / text).resolve() if text else own


def _has_objects(folder: Path) -> bool:
    return (folder / "objects").is_dir() and (folder / "refs").is_dir()


def _text(path: Path) -> str:
    """The text of a small file that names something; empty where there is none."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST)
    except OSError:
        return ""
    return raw.decode("utf-8", "surrogateescape").rstrip("\n") if b"\0" not in raw else ""
