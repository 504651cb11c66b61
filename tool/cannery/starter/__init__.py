"""Start a knowledge base of one's own from the files beside this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from cannery.errors import ContentError


@dataclass(frozen=True, slots=True)
class Seed:
    """A file to write: `path` is relative to the new folder; `exists` when one is there already."""

    path: str
    data: bytes
    exists: bool


def seeds(target: Path) -> tuple[Seed, ...]:
    """The files of a new knowledge base, and which of them the folder has already."""
    root = files(__package__) / "files"
    found = (
        (path.replace("dot_", "."), item.read_bytes()) for path, item in sorted(_walk(root, ""))
    )
    return tuple(Seed(path, data, (target / path).exists()) for path, data in found)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _walk(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item


def plant(target: Path, seed: Seed) -> None:
    """Write one file, unless there is one by now. Raises ContentError."""
    path = target / seed.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(seed.data)
    except FileExistsError:
        return
    except OSError as error:
        raise ContentError(f"{path}: {error.strerror}", "Choose another folder.") from error
