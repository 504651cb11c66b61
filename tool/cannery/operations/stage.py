"""Stage a site: what an audience may see, as a folder that a generator builds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import replace
from errno import EACCES, EPERM, EROFS
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cannery.errors import SiteError
from cannery.model.entry import Audience
from cannery.model.event import Listener, Progress, counting, ignore
from cannery.site.tree import StageFolder
from cannery.util import notices
from cannery.util.fork import beside, can_fork

if TYPE_CHECKING:
    from cannery.content.kept_files import KeptFiles
    from cannery.model.entry import Article
    from cannery.model.hit import SearchRecord
    from cannery.search.browser_files import SearchFiles
    from cannery.site.stage import Stage
    from cannery.site.text_cache import TextCache
    from cannery.site.visibility import HostPages, PublishedView
    from cannery.workspace import Workspace

_CACHE_FORMAT = 11  # the images of other hosts
_MANY = 500  # texts that one process analyses sooner than two
_REPORT, _BRANCH = "wrong-article.yml", "main"


def view_for(
    workspace: Workspace,
    audience: Audience,
    listener: Listener = ignore,
    files: KeptFiles | None = None,
) -> PublishedView:
    """What the audience may see, with what Git knows of it. `files`: what was read before."""
    from cannery.content.files import scan
    from cannery.content.kept_files import KeptFiles
    from cannery.content.library import shelve
    from cannery.git.authorship import file_histories
    from cannery.site.visibility import published_view, with_history

    scanned = scan(workspace)
    paths = scanned.stamps
    notices.begin()
    with ThreadPoolExecutor(1) as thread:  # Git takes as long as reading the files does
        history = thread.submit(copy_context().run, file_histories, workspace.root, paths)
        reading = (files or KeptFiles()).load_each(workspace, paths)
        loads = counting(reading, len(paths), "Reading", listener)
        shelf = shelve(loads, scanned.problems)
        view = published_view(workspace, shelf, audience, _host_if_told(workspace, audience))
        return _with_figures(with_history(view, history.result()), listener)


def _host_if_told(workspace: Workspace, audience: Audience) -> HostPages:
    """The host's pages; none where Git can't be used, as its histories tell."""
    from cannery.git.repository import UnusableError
    from cannery.site.visibility import HostPages

    try:
        return _host(workspace, audience)
    except UnusableError:
        return HostPages()


def _with_figures(view: PublishedView, listener: Listener) -> PublishedView:
    """Of an internal site, with the pages of figures that are known on this machine."""
    from cannery.operations.insight_pages import figures_for

    if view.audience is not Audience.INTERNAL or not view.settings.insight.site:
        return view
    return replace(view, figures=figures_for(view.workspace, view.languages, listener))


def _host(workspace: Workspace, audience: Audience) -> HostPages:
    """The host's pages; a public site names a repository only where kb.toml does."""
    from urllib.parse import quote

    from cannery.git.default_branch import presumed_branch
    from cannery.git.remote import remote_addresses, team_remote
    from cannery.hosts.addresses import (
        question_form,
        remote_repo,
        report_form,
        repository_of,
    )
    from cannery.hosts.table import host_of
    from cannery.operations.selection import path_to, repository_above
    from cannery.site.visibility import HostPages

    settings = workspace.settings
    root, repo = workspace.root, None
    if settings.repository:
        repo = remote_repo(settings.repository, settings.forge)
    elif audience is Audience.INTERNAL and (name := team_remote(root)):
        repo = repository_of(root, name, remote_addresses(root)[name], settings.forge)
    if repo is None:
        return HostPages()
    top = repository_above(root)
    host, branch = host_of(repo), presumed_branch(root) if top else _BRANCH
    has_form = ((top or root) / ".github/ISSUE_TEMPLATE" / _REPORT).is_file()
    report = report_form(repo, _REPORT if has_form else "")
    inner = f"{quote(path_to(root, top))}{{path}}"
    pages = (host.edit_page(repo, branch), host.history_page(repo, branch))
    edit, history = (page.replace("{path}", inner) for page in pages)
    return HostPages(edit, history, report, question_form(repo))


def stage_of(workspace: Workspace, view: PublishedView, *, lenient: bool = False) -> Stage:
    """The files of a view; what the texts of its articles hold is cached.

    What can't be on the site is an error, or with `lenient` left out, but for what others may see.
    """
    from cannery.content.cachefile import load, store
    from cannery.site.stage import render_stage
    from cannery.site.text_cache import cache_key, text_cache_from

    file = workspace.cache / f"site-links-{view.audience.value}.json"
    nothing: TextCache = {}
    before = cached = load(file, _CACHE_FORMAT, text_cache_from, nothing)
    new = [item for item in view.articles.values() if cache_key(item) not in cached]
    if len(new) > _MANY and can_fork():
        cached = {**cached, **_analyse_in_two(new)}
    stage = render_stage(view, cached, lenient=lenient)
    if stage.text_cache.keys() != before.keys():
        store(file, _CACHE_FORMAT, stage.text_cache)
    return stage


def _analyse_in_two(articles: Sequence[Article]) -> TextCache:
    """What many texts hold, half of them analysed by another process.

    9,684 real pages take 21 s of one processor's time, or 11 s of each of two.
    """
    with beside(_analyse, articles[1::2]) as other_half:
        return {**_analyse(articles[::2]), **other_half()}


def _analyse(articles: Sequence[Article]) -> TextCache:
    from cannery.site.text_cache import analyse, cache_key

    return {cache_key(item): analyse(item) for item in articles}


class Staged(NamedTuple):
    """What was staged, and how many files had to be written for it."""

    stage: Stage
    written: int


def stage_site(
    workspace: Workspace,
    target: Path,
    audience: Audience,
    listener: Listener = ignore,
    *,
    lenient: bool = False,
) -> Staged:
    """Stage pages, theme and search; `lenient` as in `stage_of`. Raises ContentError, SiteError."""
    from cannery.operations.site_cards import write_cards

    folder = StageFolder(target)
    folder.refuse_other_files()
    view = view_for(workspace, audience, listener)
    stage = stage_of(workspace, view, lenient=lenient)
    with disk_errors(target), folder.locked():
        written = folder.write(audience, stage)
        write_cards(view, folder.pages, listener)
        known = folder.known_search()
        files = search_files(workspace, stage, listener, known)
        folder.write_search(files.id, files.names, files.files)
    return Staged(stage, written)


def search_files(
    workspace: Workspace, stage: Stage, listener: Listener = ignore, known: str = ""
) -> SearchFiles:
    """The files of the site's search; `known`: the id of those that are in their place."""
    from cannery.content.synonyms import load_synonyms
    from cannery.search import browser_files

    records = stage.records
    synonyms = load_synonyms(workspace)
    content = browser_files.SearchContent(records, stage.folders, synonyms, _told_by(records))
    kept = browser_files.Kept(workspace.cache, stage.audience.value, known)
    count = page_counter("Indexing", len(records), listener)
    return browser_files.search_files(content, kept, count)


def page_counter(what: str, total: int, listener: Listener) -> Callable[[], None]:
    """A function to be called for each page that is done."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        listener(Progress(what, done, total))

    return count


def _told_by(records: Sequence[SearchRecord]) -> Callable[[str], bool]:
    """Whether the pages have each long word of a synonym, not only its parts: others may be secret.

    The parts of a word without blanks, such as a Japanese one, stand in the index one by one.
    """
    from cannery.site.leaks import words_in

    @cache
    def text() -> str:
        return "\n".join(f"{item.names}\n{item.summary}\n{item.body}" for item in records).lower()

    return lambda synonym: all(word in text() for word in words_in(synonym))


@contextmanager
def disk_errors(target: Path, *, is_named: bool = False) -> Iterator[None]:
    """Turn what a disk refuses into a SiteError that names the file.

    The advice is another for a folder that whoever builds has named.
    """
    try:
        yield
    except OSError as error:
        what = f"{error.filename or target}: {error.strerror or error}"
        hint = "Check the free space and your write permission."
        if error.errno in (EACCES, EPERM, EROFS):
            hint = "To write elsewhere only, run `kb site build --out FOLDER`."
            if is_named:
                hint = "Name a folder that you may write to."
        raise SiteError(what, hint) from error
