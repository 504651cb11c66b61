"""A stage on disk: only what changed is written, and no file is left that should not be there."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from cannery.errors import ContentError, SiteError
from cannery.model.entry import Audience
from cannery.site.cards import FOLDER as CARDS
from cannery.site.stage import Stage
from cannery.util import state
from cannery.util.atomic import replace
from cannery.util.lock import owned

PAGES = "docs"
SEARCH = "assets/search"
_THEME = "theme"
_LOCK = ".lock"
_MARKER = ".staged-by-kb"
_KEPT = (".gitignore", _MARKER)


@dataclass(frozen=True)
class StageFolder:
    """Where a stage is. `mkdocs.yml` names the folders of pages and theme in it."""

    root: Path

    @property
    def pages(self) -> Path:
        return self.root / PAGES

    @property
    def theme(self) -> Path:
        return self.root / _THEME

    def refuse_other_files(self) -> None:
        """Raises ContentError where the folders hold files that no stage has put there."""
        for folder in (self.pages, self.theme):
            refuse_foreign(folder)

    @contextmanager
    def locked(self, target: Path | None = None) -> Iterator[None]:
        """Keep other builds out meanwhile, of a target. Raises SiteError where one is at work."""
        if not self.root.exists():  # of `kb init`, it is there, and Git has been told
            self.root.mkdir(parents=True, exist_ok=True)
            replace(self.root / ".gitignore", b"*\n")
        lock = owned(self.root / _LOCK)
        if lock is None:
            raise SiteError(
                f"another kb process is building in {target or self.root}",
                "Wait until it has finished.",
            )
        try:
            yield
        finally:
            os.close(lock)

    def write(self, audience: Audience, stage: Stage) -> int:
        """Write pages and theme, and leave the search index alone; the number of files written."""
        theme = update_folder(self.theme, audience, stage.theme)
        return theme + update_folder(self.pages, audience, stage.files, kept=(f"{SEARCH}/", CARDS))

    def known_search(self, *sites: Path) -> str:
        """The id of the search index that is beside the pages and in all of the sites, or empty."""
        ids = {self._search_in(folder) for folder in (self.pages, *sites)}
        return ids.pop() if len(ids) == 1 else ""

    def _search_in(self, folder: Path) -> str:
        """The id of the index in a folder that holds all of its files."""
        nothing: tuple[str, frozenset[str]] = "", frozenset()
        id_, names = state.load(self._search_file(folder), _search_told, nothing)
        place = folder / SEARCH
        there = {path.name for path in place.iterdir()} if place.is_dir() else set()
        return id_ if names <= there else ""

    def _search_file(self, folder: Path) -> Path:
        return self.root / f"search-{crc32(os.fsencode(folder.resolve())):08x}.json"

    def write_search(
        self, id_: str, names: AbstractSet[str], files: Mapping[str, bytes], *sites: Path
    ) -> None:
        """Write the search index beside the pages and into the sites that were built from them.

        What of its names is not in `files` is there as it should be, or `known_search` was empty.
        """
        for folder in (self.pages, *sites):
            told = self._search_file(folder)
            told.unlink(missing_ok=True)
            replace_folder(folder / SEARCH, files, kept=names)
            state.store(told, {"id": id_, "names": sorted(names)}, mode=None)


def _search_told(data: Any) -> tuple[str, frozenset[str]]:  # noqa: ANN401 - what a file may hold
    return state.text(data["id"]), frozenset(map(state.text, data["names"]))


def refuse_foreign(target: Path) -> None:
    """Raises ContentError where a folder holds files that no stage has put there."""
    if (target / _MARKER).exists() or not target.exists():
        return
    if any(path.is_file() and path.name not in _KEPT for path in target.rglob("*")):
        raise ContentError(f"{target} contains other files", "Choose an empty folder.")


def update_folder(
    target: Path, audience: Audience, files: Mapping[str, bytes], kept: tuple[str, ...] = ()
) -> int:
    """Make the folder hold these files, by path; how many were written.

    What was staged below `kept` for the same audience stays. A file that is as it should be is not
    touched. What must go goes first: whoever stops half-way leaves nothing that the audience may
    not see.
    """
    target.mkdir(parents=True, exist_ok=True)
    marker = target / _MARKER
    before = marker.read_text("utf-8") if marker.exists() else ""
    same = before == audience.value
    if not same:
        replace(marker, b"unfinished")
    there = _cleared(target, files if same else {}, kept if same else ())
    written = _written(target, files, there)
    replace(marker, audience.value.encode())
    return written


def replace_folder(
    target: Path, files: Mapping[str, bytes], kept: AbstractSet[str] = frozenset()
) -> None:
    """Make a folder hold these files, and of others only those that are kept.

    Files that are up to date are not written.
    """
    target.mkdir(parents=True, exist_ok=True)
    _written(target, files, _cleared(target, files.keys() | kept, ()))


def _written(target: Path, files: Mapping[str, bytes], there: set[str]) -> int:
    folders = {""}
    written = 0
    for path, data in files.items():
        file = target / path
        if path in there:
            if file.read_bytes() == data:
                continue
            replace(file, data)
        else:
            folder = path.rpartition("/")[0]
            if folder not in folders:
                (target / folder).mkdir(parents=True, exist_ok=True)
                folders.add(folder)
            file.write_bytes(data)  # half the time, and nobody reads a page that was not there
        written += 1
    return written


def _cleared(target: Path, files: Container[str], keep: tuple[str, ...]) -> set[str]:
    """The files that may stay; all others are gone, and folders that are empty then."""
    there: set[str] = set()
    for folder, inside, names in os.walk(target, topdown=False):
        here = Path(folder)
        prefix = "" if here == target else f"{here.relative_to(target).as_posix()}/"
        for name in [*names, *(name for name in inside if (here / name).is_symlink())]:
            if f"{prefix}{name}" in files:
                there.add(f"{prefix}{name}")
            elif name not in _KEPT and not prefix.startswith(keep):
                (here / name).unlink()
        if prefix and not any(here.iterdir()):
            here.rmdir()
    return there
