"""What a site's folder was built from, so that only what changed is built again."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from cannery.errors import SiteError
from cannery.util import state
from cannery.util.sweep import drafts

_MARKS = ("404.html", "assets")  # of a folder that holds a site
UNFINISHED = ".unfinished-by-kb"  # in a folder that a build has begun, and not ended
_Row = tuple[str, str, dict[str, str]]  # the environment, what was looked for, the files


def digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def output_of(name: str) -> str:
    """The file that a generator makes of a staged one."""
    if not name.endswith(".md"):
        return name
    bare = name.removesuffix(".md")
    return f"{bare}.html" if bare == "index" or bare.endswith("/index") else f"{bare}/index.html"


def outputs_of(name: str) -> set[str]:
    """All files that a staged one may be on the site: a page is there as Markdown, too."""
    return {output_of(name), name}


def refuse_other_files(folder: Path) -> None:
    """Raises SiteError where building would clear away what no build has made."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if there and UNFINISHED not in there and not there.issuperset(_MARKS):
        raise SiteError(f"{folder} contains other files", "Choose an empty folder.")


class BuildRecord:
    """What a folder was built from; without it, all of it is built.

    `environment` is what all of its files depend on: with another one nothing of them stays.
    Where it is empty, nothing stays in any case. `watched` is what was looked for in them.
    """

    def __init__(self, stages: Path, folder: Path, environment: str) -> None:
        path = os.fsencode(folder.resolve())
        self._file = stages / f"built-{crc32(path):08x}.json"
        self._folder = folder
        self._environment = environment
        self.watched = ""
        self._digests = {} if (folder / UNFINISHED).exists() else self._load()

    def _load(self) -> dict[str, str]:
        if not self._environment:
            return {}
        nothing: _Row = ("", "", {})
        environment, watched, digests = state.load(self._file, _record, nothing)
        if environment != self._environment:
            return {}
        self.watched = watched
        return digests

    @property
    def is_empty(self) -> bool:
        """Whether `begin` clears the folder."""
        return not self._digests

    def is_current(self, name: str, value: str) -> bool:
        """Whether the folder has the output of a staged file with this digest."""
        return self._digests.get(name) == value and (self._folder / output_of(name)).is_file()

    def begin(self, files: Mapping[str, str]) -> None:
        """Mark the output incomplete and delete pages that are gone."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / UNFINISHED).touch()
        drafts((self._file.parent,))
        self._file.unlink(missing_ok=True)
        if not self._digests:
            _empty(self._folder)
        for name in self._digests.keys() - files.keys():
            for output in outputs_of(name):
                _remove(self._folder, output)

    def end(self, files: Mapping[str, str], watched: str) -> None:
        """Mark the output complete: built from files with these digests, and free of leaks."""
        value = {"environment": self._environment, "watched": watched, "files": dict(files)}
        state.store(self._file, value, mode=None)
        self.end_unknown()

    def end_unknown(self) -> None:
        """Mark the output complete, and nothing of it as known: the next build makes all of it."""
        (self._folder / UNFINISHED).unlink()


def _record(data: Any) -> _Row:  # noqa: ANN401 - what a file may hold
    digests = {
        _inside(state.text(name)): state.text(value) for name, value in data["files"].items()
    }
    return state.text(data["environment"]), state.text(data.get("watched", "")), digests


def _inside(name: str) -> str:
    """Validate a path below the site's folder, since stale files are deleted. Raises ValueError."""
    if ".." in Path(name).parts or Path(name).is_absolute() or "\0" in name:
        raise ValueError("no file of a site")
    return name


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue  # such as the .git of a branch that is published
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _remove(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    above = (folder / name).parent
    while above != folder and above.is_dir() and not any(above.iterdir()):
        above.rmdir()
        above = above.parent
