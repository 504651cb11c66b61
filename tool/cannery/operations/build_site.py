"""Build a site: only what changed, many pages by two processes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from cannery.content.files import read_bytes
from cannery.content.synonyms import PATH as SYNONYMS
from cannery.errors import ContentError, SiteError
from cannery.model.entry import Audience
from cannery.model.event import Listener, Progress, Remark, ignore
from cannery.operations.stage import disk_errors, search_files, stage_of, view_for
from cannery.search.browser_index import index_files, terms_in
from cannery.site.build_record import BuildRecord, digest, output_of, refuse_other_files
from cannery.site.builder_texts import all_strings, builder_texts
from cannery.site.generator import (
    Config,
    Share,
    build_pages,
    foreign_code,
    load_settings,
    pages_depend_on_each_other,
)
from cannery.site.leaks import describe, find_leaks, synonym_lines, watch_list
from cannery.site.tree import StageFolder
from cannery.starter import starter_files
from cannery.util.fork import beside, can_fork

if TYPE_CHECKING:
    from cannery.site.stage import Stage
    from cannery.site.visibility import PublishedView
    from cannery.workspace import Workspace

STAGE, CONFIG = ".site", "mkdocs.yml"
_FEW = 100  # pages that one process builds sooner than two
_PACKAGES = (
    "cannery",
    "mkdocs",
    "mkdocs-material",
    "markdown",
    "markdown-it-py",
    "mdit-py-plugins",
    "linkify-it-py",
    "pymdown-extensions",
    "jinja2",
    "nh3",
)


@dataclass(frozen=True)
class BuiltSite:
    """The site's folder, how many pages it has, and how many of them were built now.

    `uncleaned` has the files that still hold their makers' metadata, each with the reason.
    """

    folder: Path
    pages: int
    rebuilt: int
    uncleaned: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Job:
    """A stage to be built: `digests` of all its files, and those that have `changed`."""

    workspace: Workspace
    config: Config
    stage: Stage
    audience: Audience
    digests: Mapping[str, str]
    changed: Sequence[str]
    listener: Listener

    @property
    def folder(self) -> StageFolder:
        return StageFolder(self.workspace.root / STAGE)

    @property
    def site(self) -> Path:
        return Path(self.config.site_dir)

    @property
    def pages(self) -> Sequence[str]:
        return [name for name in self.changed if name.endswith(".md")]


def build_site(
    workspace: Workspace,
    audience: Audience,
    target: Path | None,
    listener: Listener = ignore,
    *,
    alone: bool = False,
) -> BuiltSite:
    """Stage and build a site into `target`, or into the folder that mkdocs.yml names.

    `alone` keeps to one process, which writes the very same files. Raises ContentError and
    SiteError.
    """
    if not (workspace.root / CONFIG).is_file():
        raise SiteError(f"no {CONFIG} in {workspace.root}", "Run `kb init` to create one.")
    folder = StageFolder(workspace.root / STAGE)
    folder.refuse_other_files()
    view = view_for(workspace, audience, listener)
    with disk_errors(folder.root), folder.locked():
        config = _settings(folder, target, listener)
        return _build(view, config, listener, alone=alone)


def _settings(folder: StageFolder, target: Path | None, listener: Listener) -> Config:
    """MkDocs' settings. Raises SiteError for ones that don't build what is staged."""
    for inside in (folder.pages, folder.theme):
        inside.mkdir(parents=True, exist_ok=True)
    config = load_settings(folder.root.parent / CONFIG, target)
    if run := foreign_code(config):
        listener(Remark(f"{CONFIG} runs code: {', '.join(run)}."))
    staged = {inside.resolve() for inside in (folder.pages, folder.theme)}
    named = {Path(path).resolve() for path in (config.docs_dir, *config.theme.dirs)}
    if missing := sorted(staged - named):
        hint = f"Set docs_dir: {STAGE}/docs and, below theme, custom_dir: {STAGE}/theme."
        raise SiteError(f"{CONFIG} does not use {missing[0]}", hint)
    refuse_other_files(Path(config.site_dir))
    return config


def _build(view: PublishedView, config: Config, listener: Listener, *, alone: bool) -> BuiltSite:
    workspace, audience, site = view.workspace, view.audience, Path(config.site_dir)
    stage = stage_of(workspace, view)
    # Where one page shows what is on another, all are built, and by one process.
    whole = pages_depend_on_each_other(config)
    environment = "" if whole else _environment(workspace.root / CONFIG, stage, audience)
    record = BuildRecord(workspace.root / STAGE, site, environment)
    digests = {name: digest(data) for name, data in stage.files.items()}
    changed = [name for name, value in digests.items() if not record.is_current(name, value)]
    job = _Job(workspace, config, stage, audience, digests, changed, listener)
    build = _build_alone if alone or whole or not can_fork() else _build_in_two
    if warnings := build(job, record):
        raise SiteError(
            "the site can't be built:\n" + "\n".join(warnings), "Fix the problems listed."
        )
    watched = _refuse_leaks(view, job, record)
    record.end(digests, watched)
    uncleaned = tuple(f"{name} ({why})" for name, why in stage.assets.items() if why)
    pages = sum(name.endswith(".md") for name in digests)
    return BuiltSite(site, pages, len(job.pages), uncleaned)


def _refuse_leaks(view: PublishedView, job: _Job, record: BuildRecord) -> str:
    """Raises SiteError where hidden words are on the site; the digest of what was looked for."""
    watched = watch_list(view, job.stage.texts, _builder_texts(view, job.config))
    skipped = {*job.stage.assets}
    if record.watched == watched.digest:
        skipped |= {output_of(name) for name in job.digests.keys() - {*job.changed}}
    if leaks := find_leaks(watched, job.site, terms_in, skipped):
        hint = "If a word may be public, use it in a public article. If not, report this as a bug."
        what = f"don't publish {job.site}: it contains words that only internal entries have"
        raise SiteError(f"{what}:\n{describe(leaks, _synonyms(view.workspace))}", hint)
    return watched.digest


def _synonyms(workspace: Workspace) -> dict[str, int]:
    try:
        return synonym_lines(read_bytes(workspace, SYNONYMS).decode("utf-8", "replace"))
    except ContentError:
        return {}  # there are none


def _builder_texts(view: PublishedView, config: Config) -> Iterator[str]:
    """What the builder itself says: in the theme, its settings, the search's files, `kb init`."""
    yield from builder_texts(view.languages, config.theme.dirs)
    yield from all_strings(dict(config.theme))
    yield index_files((), (), ())["meta.json"].decode()
    yield config.site_url or ""
    yield from (file.data.decode() for file in starter_files(Path()) if file.path == CONFIG)


def _build_alone(job: _Job, record: BuildRecord) -> list[str]:
    """Build pages and search, one after the other; MkDocs' warnings."""
    job.folder.write(job.audience, job.stage)
    record.begin(job.digests)
    on_page = _page_counter(len(job.pages), job.listener)
    warnings = build_pages(job.config, Share(frozenset(job.changed), theme=True, on_page=on_page))
    if not warnings:
        files = search_files(job.workspace, job.stage, job.listener)
        job.folder.write_search(files, job.site)
    return warnings


def _build_in_two(job: _Job, record: BuildRecord) -> list[str]:
    """The same at once: the search in a process of its own, every other page in another one."""
    pages = job.pages
    other_pages = frozenset(pages[1::2] if len(pages) > _FEW else ())
    on_page = _page_counter(len(pages) - len(other_pages), job.listener)
    with ExitStack() as processes:
        search = processes.enter_context(beside(search_files, job.workspace, job.stage))
        job.folder.write(job.audience, job.stage)
        record.begin(job.digests)
        wait: Callable[[], list[str]] = list
        if other_pages:
            share = Share(other_pages, theme=False)
            wait = processes.enter_context(beside(build_pages, job.config, share))
        share = Share(frozenset(job.changed) - other_pages, theme=True, on_page=on_page)
        warnings = {*build_pages(job.config, share), *wait()}
        if not warnings:
            job.folder.write_search(search(), job.site)
    return sorted(warnings)


def _page_counter(total: int, listener: Listener) -> Callable[[], None]:
    """A function to be called for each page that is built."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        listener(Progress("Building", done, total))

    return count


def _environment(file: Path, stage: Stage, audience: Audience) -> str:
    """A digest of what every page depends on: where it changes, all of them are built again."""
    parts = [audience.value, sys.version, digest(file.read_bytes()), *map(_version, _PACKAGES)]
    parts += [name + digest(data) for name, data in sorted(stage.theme.items())]
    return digest("\n".join(parts).encode())


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package
