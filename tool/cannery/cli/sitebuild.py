"""A site built: staged, its pages shared by two processes, its search beside, only what changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.cli.siterecord import Record, digest, output_of, refuse_other_files
from cannery.cli.staging import (
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
from cannery.mkdocs_plugin import Config, Share, build_pages, configured, is_connected, programs
from cannery.model.entry import Audience
from cannery.search.browser_index import index_files, terms_in
from cannery.site.leaks import leaks, told, watch
from cannery.site.own import own_texts, strings
from cannery.starter import starter_files
from cannery.util.fork import beside, can_fork

if TYPE_CHECKING:
    from cannery.site.plan import Site
    from cannery.site.stage import Stage
    from cannery.workspace import Workspace

STAGES, CONFIG = ".site", "mkdocs.yml"
_FEW = 100  # pages that one process makes sooner than two
_PACKAGES = (
    "cannery",
    "mkdocs",
    "mkdocs-material",
    "markdown",
    "pymdown-extensions",
    "jinja2",
    "nh3",
)


@dataclass(frozen=True)
class _Work:
    """What is to be built: of the staged files those that are `fresh`."""

    workspace: Workspace
    config: Config
    made: Stage
    audience: Audience
    fresh: Sequence[str]

    @property
    def stages(self) -> Path:
        return self.workspace.root / STAGES

    @property
    def folder(self) -> Path:
        return Path(self.config.site_dir)

    @property
    def pages(self) -> Sequence[str]:
        return [name for name in self.fresh if name.endswith(".md")]


@dataclass(frozen=True)
class Built:
    """What was made: the folder, how many pages it has, and how many of them were built now.

    `uncleaned` has the files that say of themselves what they said before, each with the reason.
    """

    folder: Path
    pages: int
    fresh: int
    uncleaned: tuple[str, ...] = ()


def build_site(
    workspace: Workspace, audience: Audience, target: Path | None, *, alone: bool = False
) -> Built:
    """Stage and build a site; `alone` keeps to one process, which makes the very same files.

    Raises ContentError and SiteError.
    """
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
    if run := programs(config):
        output.note(f"{CONFIG} runs {', '.join(run)}.")
    _refuse_other_stage(config, stages)
    folder = Path(config.site_dir)
    refuse_other_files(folder)
    made = made_of(workspace, site)
    # Where one page shows what another is, all are made, and by one process.
    whole = is_connected(config)
    record = Record(stages, folder, "" if whole else _environment(file, made, audience))
    files = {name: digest(data) for name, data in made.files.items()}
    fresh = [name for name, value in files.items() if not record.holds(name, value)]
    work = _Work(workspace, config, made, audience, fresh)
    make = _make_alone if alone or whole or not can_fork() else _make_shared
    if wrong := make(work, record, files):
        raise SiteError("the site can't be built:\n" + "\n".join(wrong), "Mend what is named.")
    watched = watch(site, made.texts, _own_texts(site, config))
    looked_at = {output_of(name) for name in files.keys() - set(fresh)}
    known = made.assets.keys() | (looked_at if record.watched == watched.number else set())
    if found := leaks(watched, folder, terms_in, known):
        hint = "Let a public article say a word that may be public; else report this as a bug."
        what = f"{folder} has what is not public, and must not be published"
        raise SiteError(f"{what}:\n{told(found)}", hint)
    record.end(files, watched.number)
    said = tuple(f"{name} ({why})" for name, why in made.assets.items() if why)
    return Built(folder, sum(name.endswith(".md") for name in files), len(work.pages), said)


def _own_texts(site: Site, config: Config) -> Iterator[str]:
    """What the builder itself says: in the theme, its settings, the search's files, `kb init`."""
    yield from own_texts(site.languages, config.theme.dirs)
    yield from strings(dict(config.theme))
    yield index_files((), (), ())["meta.json"].decode()
    yield config.site_url or ""
    yield from (file.data.decode() for file in starter_files(Path()) if file.path == CONFIG)


def _refuse_other_stage(config: Config, stages: Path) -> None:
    """Raises SiteError for settings that don't build what was staged."""
    wanted = {folder.resolve() for folder in (folders(stages).pages, folders(stages).theme)}
    named = {Path(folder).resolve() for folder in (config.docs_dir, *config.theme.dirs)}
    if missing := sorted(wanted - named):
        hint = f"Write docs_dir: {STAGES}/docs and, below theme, custom_dir: {STAGES}/theme."
        raise SiteError(f"{CONFIG} does not name {missing[0]}", hint)


def _make_alone(work: _Work, record: Record, files: dict[str, str]) -> list[str]:
    """What is not as it should be, and the search, one after the other; what is wrong with it."""
    put_stage(work.stages, work.audience, work.made)
    record.begin(files)
    with output.bar(len(work.pages), "Building") as tick:
        wrong = build_pages(work.config, Share(frozenset(work.fresh), alone=True), tick)
    if not wrong:
        put_search(work.stages, work.folder, search_files(work.workspace, work.made, shown=True))
    return wrong


def _make_shared(work: _Work, record: Record, files: dict[str, str]) -> list[str]:
    """The same at once: the search in a process of its own, many pages in two."""
    pages = work.pages
    theirs = frozenset(pages[1::2] if len(pages) > _FEW else ())
    mine = frozenset(work.fresh) - theirs
    with ExitStack() as processes:
        search = processes.enter_context(beside(search_files, work.workspace, work.made))
        put_stage(work.stages, work.audience, work.made)
        record.begin(files)
        share = Share(theirs, alone=False)
        other = processes.enter_context(beside(build_pages, work.config, share)) if theirs else list
        with output.bar(len(pages) - len(theirs), "Building") as tick:
            wrong = {*build_pages(work.config, Share(mine, alone=True), tick), *other()}
        if not wrong:
            put_search(work.stages, work.folder, search())
    return sorted(wrong)


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
