"""Start a knowledge base of one's own from the files beside this one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from cannery.errors import ContentError
from cannery.util.atomic import replace
from cannery.util.sweep import drafts_beside
from cannery.workspace import MARKER


@dataclass(frozen=True, slots=True)
class StarterFile:
    """A file to write: `path` is relative to the new folder; `exists` when one is there already."""

    path: str
    data: bytes
    exists: bool


def starter_files(target: Path) -> tuple[StarterFile, ...]:
    """The files of a new knowledge base, and which of them the folder has already.

    What makes the folder one comes last: whoever is stopped half-way has none yet, and begins anew.
    """
    root = files(__package__) / "files"
    contents = (
        (path.replace("dot_", "."), item.read_bytes()) for path, item in sorted(_walk(root, ""))
    )
    starters = (StarterFile(path, data, os.path.lexists(target / path)) for path, data in contents)
    return tuple(sorted(starters, key=lambda file: file.path == MARKER.as_posix()))


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _walk(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item


def sweep(target: Path, wanted: Iterable[StarterFile]) -> None:
    """Take away what one that was killed has left of the files that it wrote."""
    drafts_beside({(target / file.path).parent for file in wanted})


def write_file(target: Path, file: StarterFile) -> None:
    """Write one file, whole or not at all, unless there is one by now. Raises ContentError."""
    path = target / file.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(path):
            replace(path, file.data)
    except OSError as error:
        raise ContentError(f"{path}: {error.strerror}", "Choose another folder.") from error
