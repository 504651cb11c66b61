"""A site built: staged, its pages shared by two processes, its search beside, only what changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from cannery.cli import output
from cannery.cli.plugin import Config, Share, build_pages, configured
from cannery.cli.staging import (
    can_fork,
    folders,
    made_of,
    occupied,
    put_search,
    put_stage,
    refuse_foreign,
    search_files,
    site_of,
    writing,
)
from cannery.errors import SiteError
from cannery.model import Audience
from cannery.site.leaks import leaks, told

if TYPE_CHECKING:
    from cannery.site.plan import Site
    from cannery.site.stage import Stage
    from cannery.workspace import Workspace

STAGES, CONFIG = ".site", "mkdocs.yml"
_FEW = 100  # pages that one process makes sooner than two
_MARKS = ("404.html", "sitemap.xml")  # of a folder that holds a site
_PACKAGES = ("cannery", "mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2")


@dataclass(frozen=True)
class _Work:
    """What is to be built."""

    workspace: Workspace
    config: Config
    made: Stage
    audience: Audience

    @property
    def stages(self) -> Path:
        return self.workspace.root / STAGES

    @property
    def folder(self) -> Path:
        return Path(self.config.site_dir)


_work: list[_Work] = []  # of the build that runs


@dataclass(frozen=True)
class Built:
    """What was made: the folder, how many pages it has, and how many of them were built now."""

    folder: Path
    pages: int
    fresh: int


def build_site(
    workspace: Workspace, audience: Audience, target: Path | None, *, alone: bool = False
) -> Built:
    """Stage and build a site; `alone` keeps to one process. Raises ContentError and SiteError."""
    stages = workspace.root / STAGES
    if not (workspace.root / CONFIG).is_file():
        raise SiteError(f"there is no {CONFIG} in {workspace.root}", "`kb init` writes one.")
    refuse_foreign(stages)
    site = site_of(workspace, audience)
    with writing(stages), occupied(stages):
        return _built(workspace, site, target, alone=alone)


def _built(workspace: Workspace, site: Site, target: Path | None, *, alone: bool) -> Built:
    stages, file, audience = workspace.root / STAGES, workspace.root / CONFIG, site.audience
    for folder in (folders(stages).pages, folders(stages).theme):
        folder.mkdir(parents=True, exist_ok=True)
    config = configured(file, target)
    _refuse_other_stage(config, stages)
    folder = Path(config.site_dir)
    _refuse_other_files(folder)
    made = made_of(workspace, site)
    record = _Record(stages, folder, _environment(file, made, audience))
    pages = {name: digest(data) for name, data in made.files.items() if name.endswith(".md")}
    fresh = [name for name, value in pages.items() if not record.holds(name, value)]
    make = _make_alone if alone or not can_fork() else _make_shared
    make(_Work(workspace, config, made, audience), record, fresh)
    looked_at = frozenset(_output(name) for name in pages.keys() - set(fresh))
    if found := leaks(site, folder, config.theme.dirs, looked_at):
        hint = "Let a public article say a word that may be public; else report this as a bug."
        what = f"{folder} has what is not public, and must not be published"
        raise SiteError(f"{what}:\n{told(found)}", hint)
    record.end(pages, made.files)
    return Built(folder, len(pages), len(fresh))


def _refuse_other_stage(config: Config, stages: Path) -> None:
    """Raises SiteError for settings that don't build what was staged."""
    wanted = {folder.resolve() for folder in (folders(stages).pages, folders(stages).theme)}
    named = {Path(folder).resolve() for folder in (config.docs_dir, *config.theme.dirs)}
    if missing := sorted(wanted - named):
        hint = f"Write docs_dir: {STAGES}/docs and, below theme, custom_dir: {STAGES}/theme."
        raise SiteError(f"{CONFIG} does not name {missing[0]}", hint)


def _make_alone(work: _Work, record: _Record, fresh: list[str]) -> None:
    """The pages that are not as they should be, and the search, one after the other."""
    put_stage(work.stages, work.audience, work.made)
    record.begin(work.made.files)
    put_search(work.stages, work.folder, search_files(work.workspace, work.made))
    with output.bar(len(fresh), "Building") as tick:
        build_pages(work.config, Share(frozenset(fresh), alone=True), tick)


def _make_shared(work: _Work, record: _Record, fresh: list[str]) -> None:
    """The same at once: the search in a process of its own, many pages in two."""
    mine, theirs = (fresh[::2], fresh[1::2]) if len(fresh) > _FEW else (fresh, [])
    _work[:] = [work]  # the processes that are forked now know it: to send it takes a second
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as beside:
        search = beside.submit(_search_share)
        put_stage(work.stages, work.audience, work.made)
        record.begin(work.made.files)
        other = beside.submit(_build_share, frozenset(theirs)) if theirs else None
        with output.bar(len(mine), "Building") as tick:
            build_pages(work.config, Share(frozenset(mine), alone=True), tick)
        if other:
            other.result()
        put_search(work.stages, work.folder, search.result())


def _search_share() -> dict[str, bytes]:
    return search_files(_work[0].workspace, _work[0].made)


def _build_share(pages: frozenset[str]) -> None:
    build_pages(_work[0].config, Share(pages, alone=False))


def _refuse_other_files(folder: Path) -> None:
    """Raises SiteError where building would clear away what no build has made."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if there and not there.issuperset(_MARKS):
        raise SiteError(f"{folder} holds other files", "Choose an empty folder.")


def digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _environment(file: Path, made: Stage, audience: Audience) -> str:
    """What every page depends on: another one of these, and all of them are made anew."""
    parts = [audience.value, sys.version, digest(file.read_bytes()), *map(_version, _PACKAGES)]
    parts += [name + digest(data) for name, data in sorted(made.theme.items())]
    return digest("\n".join(parts).encode())


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


class _Record:
    """What a folder was built from; without it, all of it is built."""

    def __init__(self, stages: Path, folder: Path, environment: str) -> None:
        path = os.fsencode(folder.resolve())
        self._file = stages / f"built-{crc32(path):08x}.json"
        self._folder = folder
        self._environment = environment
        self._known = self._load()

    def _load(self) -> dict[str, str]:
        try:
            data = json.loads(self._file.read_bytes())
            known = data["files"] if data["environment"] == self._environment else {}
            return {str(name): str(value) for name, value in known.items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}

    def holds(self, name: str, value: str) -> bool:
        """Whether the folder has the page that this text makes."""
        return self._known.get(name) == value and (self._folder / _output(name)).is_file()

    def begin(self, files: Iterable[str]) -> None:
        """From here on the folder is in between; what is no more leaves it."""
        self._file.unlink(missing_ok=True)
        if not self._known:
            _empty(self._folder)
        for name in self._known.keys() - set(files):
            _remove(self._folder, _output(name))

    def end(self, pages: Mapping[str, str], files: Iterable[str]) -> None:
        known = {**dict.fromkeys(files, ""), **pages}
        text = json.dumps({"environment": self._environment, "files": known})
        draft = self._file.with_suffix(f".{os.getpid()}")
        draft.write_text(text, "utf-8")
        draft.replace(self._file)


def _output(name: str) -> str:
    """The file that a generator makes of a staged one."""
    if not name.endswith(".md"):
        return name
    bare = name.removesuffix(".md")
    return f"{bare}.html" if bare == "index" or bare.endswith("/index") else f"{bare}/index.html"


def _empty(folder: Path) -> None:
    if folder.is_dir():
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
