"""Build a site: only what changed, many pages by two processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cannery.content.builder_file import NAME, config_name, differences
from cannery.content.files import read_bytes
from cannery.content.synonyms import PATH as SYNONYMS
from cannery.errors import ContentError, SiteError
from cannery.model.entry import Audience
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.site_cards import write_cards
from cannery.operations.site_place import stage_place
from cannery.operations.stage import disk_errors, page_counter, search_files, stage_of, view_for
from cannery.operations.stage_settings import stage_settings
from cannery.search.browser_index import own_words
from cannery.search.browser_shards import terms_in
from cannery.site.build_record import (
    UNFINISHED,
    BuildRecord,
    digest,
    outputs_of,
)
from cannery.site.builder_texts import all_strings, builder_texts
from cannery.site.cards import entry_cards
from cannery.site.environment import environment_of
from cannery.site.generator import (
    Config,
    Share,
    build_pages,
    pages_depend_on_each_other,
    use_settings,
)
from cannery.site.leaks import WatchList, describe, find_leaks, synonym_lines, watch_list
from cannery.site.tree import SEARCH, StageFolder
from cannery.starter import NAMES, Surroundings, starter_files
from cannery.util.fork import beside, can_fork

if TYPE_CHECKING:
    from cannery.content.kept_files import KeptFiles
    from cannery.model.location import Problem
    from cannery.search.browser_files import SearchFiles
    from cannery.site.stage import Stage
    from cannery.site.visibility import PublishedView
    from cannery.workspace import Workspace

_FEW = 100  # pages that one process builds sooner than two


class Mode(NamedTuple):
    """How to build: `alone` keeps to one process, which writes the very same files.

    With `lenient` what can't be on the site is left out, and told in the result. `files` are those
    that this process has read before, and reads only where they have changed. `view` is what
    is built where it is at hand. `stage` is where to stage it, if not by the target.
    """

    alone: bool = False
    lenient: bool = False
    files: KeptFiles | None = None
    view: PublishedView | None = None
    stage: Path | None = None


STRICT = Mode()


@dataclass(frozen=True)
class BuiltSite:
    """The site's folder, how many pages it has, and how many of them were built now.

    `uncleaned` has the files that still hold their makers' metadata, each with the reason.
    `problems` is what is not on it, or not as it was meant; `warnings` are the builder's.
    """

    folder: Path
    pages: int
    rebuilt: int
    uncleaned: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Job:
    """A stage to be built."""

    view: PublishedView
    config: Config
    folder: StageFolder
    stage: Stage
    listener: Listener
    mode: Mode

    @property
    def workspace(self) -> Workspace:
        return self.view.workspace

    @property
    def site(self) -> Path:
        return Path(self.config.site_dir)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Those of all files of the stage."""
        return {name: digest(data) for name, data in self.stage.files.items()}

    @cached_property
    def is_whole(self) -> bool:
        """Whether a page may show what is on another: all are built, and by one process."""
        return pages_depend_on_each_other(self.config)

    @cached_property
    def record(self) -> BuildRecord:
        config = self.workspace.root / config_name(self.workspace.root)
        environment = environment_of(config, self.stage, self.view.audience)
        return BuildRecord(self.folder.root, self.site, "" if self.is_whole else environment)

    @cached_property
    def changed(self) -> Sequence[str]:
        """The files of the stage that the site does not have yet as they are now."""
        is_current = self.record.is_current
        return [name for name, value in self.digests.items() if not is_current(name, value)]

    @property
    def pages(self) -> Sequence[str]:
        return [name for name in self.changed if name.endswith(".md")]


def build_site(
    workspace: Workspace,
    audience: Audience,
    target: Path | None,
    listener: Listener = ignore,
    mode: Mode = STRICT,
) -> BuiltSite:
    """Stage and build a site into `target`, or into the folder that mkdocs.yml names.

    Raises ContentError and SiteError, in any mode where the site would show what its audience may
    not see.
    """
    if not (workspace.root / config_name(workspace.root)).is_file():
        raise SiteError(f"no {NAME} in {workspace.root}", "Run `kb init` to create one.")
    with ExitStack() as places:
        place = mode.stage or places.enter_context(stage_place(workspace, target))
        folder = StageFolder(place)
        folder.refuse_other_files()
        view = mode.view or view_for(workspace, audience, listener, mode.files)
        with disk_errors(folder.root, is_named=bool(target)), folder.locked(target):
            config = stage_settings(workspace, folder, target, listener, lenient=mode.lenient)
            use_settings(config, workspace.settings, audience)
            for item in differences(workspace):
                listener(Remark(f"{item.path}:{item.line}: {item.message}. {item.hint}"))
            stage = stage_of(workspace, view, lenient=mode.lenient)
            return _build(_Job(view, config, folder, stage, listener, mode))


def _build(job: _Job) -> BuiltSite:
    pages, in_two = job.pages, not (job.mode.alone or job.is_whole) and can_fork()
    made = _build_in_two(job) if in_two else _build_alone(job)
    write_cards(job.view, job.site, job.listener, alone=not in_two)
    watched = _watched(job)
    leaks = _leaks(job, watched, made.kept)
    if leaks or (made.warnings and not job.mode.lenient):
        raise _refusal(job, leaks, made.warnings)
    # With warnings all pages are built next time: MkDocs does not say which ones they are of.
    job.record.end({} if made.warnings else job.digests, watched.digest)
    uncleaned = tuple(f"{name} ({why})" for name, why in job.stage.assets.items() if why)
    count = sum(name.endswith(".md") for name in job.digests)
    problems = job.stage.problems
    return BuiltSite(job.site, count, len(pages), uncleaned, problems, tuple(made.warnings))


def _refusal(job: _Job, leaks: str, warnings: Sequence[str]) -> SiteError:
    """The error that tells all at once why a site is not to be published."""
    told = ["the site can't be built:", *warnings] if warnings and not job.mode.lenient else []
    if not leaks:
        return SiteError("\n".join(told), "Fix the problems listed.")
    told += [f"don't publish {job.site}: it contains words that only internal entries have:", leaks]
    hint = "If a word may be public, use it in a public article. If not, report this as a bug."
    return SiteError("\n".join(told), hint)


def _watched(job: _Job) -> WatchList:
    return watch_list(job.view, job.stage.texts, _builder_texts(job.view, job.config))


def _leaks(job: _Job, watched: WatchList, kept: Iterable[str]) -> str:
    """Where hidden words are on the site, in words; empty if they are nowhere.

    `kept` are the search's files that are as they were.
    """
    skipped = {UNFINISHED, *job.stage.assets}
    if job.record.watched == watched.digest:
        for name in job.digests.keys() - {*job.changed}:
            skipped |= outputs_of(name)
        skipped |= {f"{SEARCH}/{name}" for name in kept}
    leaks = find_leaks(watched, job.site, terms_in, skipped)
    return describe(leaks, _synonyms(job.workspace)) if leaks else ""


def _synonyms(workspace: Workspace) -> dict[str, int]:
    try:
        return synonym_lines(read_bytes(workspace, SYNONYMS).decode("utf-8", "replace"))
    except ContentError:
        return {}  # there are none


def _builder_texts(view: PublishedView, config: Config) -> Iterator[str]:
    """What the builder itself says: in the theme, its settings, the search's files, `kb init`."""
    yield from builder_texts(view.languages, config.theme.dirs)
    yield from all_strings(dict(config.theme))
    yield from own_words()
    yield config.site_url or ""
    yield from all_strings(asdict(view.settings.site))
    yield from (card.name for card in entry_cards(view))
    for language in NAMES:
        starters = starter_files(Path(), Surroundings(languages=(language,)))
        yield from (file.data.decode() for file in starters if file.path == NAME)


class _Made(NamedTuple):
    """MkDocs' warnings, and the search's files that are as they were."""

    warnings: Sequence[str]
    kept: frozenset[str] = frozenset()


def _build_alone(job: _Job) -> _Made:
    """Build pages and search, one after the other."""
    changed, known = frozenset(job.changed), _known_search(job)
    on_page = page_counter("Building", len(job.pages), job.listener)
    job.folder.write(job.view.audience, job.stage)
    job.record.begin(job.digests)
    warnings = build_pages(job.config, Share(changed, theme=True, on_page=on_page))
    if warnings and not job.mode.lenient:
        return _Made(warnings)
    return _with_search(job, warnings, search_files(job.workspace, job.stage, job.listener, known))


def _build_in_two(job: _Job) -> _Made:
    """The same at once: the search in a process of its own, every other page in another one."""
    pages, changed = job.pages, frozenset(job.changed)
    other_pages = frozenset(pages[1::2] if len(pages) > _FEW else ())
    on_page = page_counter("Building", len(pages) - len(other_pages), job.listener)
    with ExitStack() as processes:
        wanted = (job.workspace, job.stage, ignore, _known_search(job))
        search = processes.enter_context(beside(search_files, *wanted))
        job.folder.write(job.view.audience, job.stage)
        job.record.begin(job.digests)
        wait: Callable[[], list[str]] = list
        if other_pages:
            share = Share(other_pages, theme=False)
            wait = processes.enter_context(beside(build_pages, job.config, share))
        share = Share(changed - other_pages, theme=True, on_page=on_page)
        warnings = sorted({*build_pages(job.config, share), *wait()})
        if warnings and not job.mode.lenient:
            return _Made(warnings)
        return _with_search(job, warnings, search())


def _known_search(job: _Job) -> str:
    """The id of the search's files that are there, and stay there."""
    return "" if job.record.is_empty else job.folder.known_search(job.site)


def _with_search(job: _Job, warnings: Sequence[str], files: SearchFiles) -> _Made:
    job.folder.write_search(files.id, files.names, files.files, job.site)
    return _Made(warnings, files.kept)
