"""What every way to a site begins with: the content, what Git knows of it, who may see it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.errors import SiteError
from cannery.model.entry import Audience
from cannery.util.fork import beside, can_fork
from cannery.util.lock import owned

if TYPE_CHECKING:
    from cannery.model.entry import Article
    from cannery.site.plan import Host, Site
    from cannery.site.stage import Known, Stage
    from cannery.workspace import Workspace

PAGES = "docs"
_LOCK = ".lock"
_LINKS_FORMAT = 5
_MANY = 500  # texts that one process reads sooner than two
SEARCH = "assets/search"
THEME = "theme"
_REPORT = "wrong-article.yml"


@dataclass(frozen=True)
class Folders:
    """Where a stage is: `mkdocs.yml` names both folders."""

    pages: Path
    theme: Path


def folders(target: Path) -> Folders:
    return Folders(target / PAGES, target / THEME)


def site_of(workspace: Workspace, audience: Audience) -> Site:
    """What the audience may see."""
    from cannery.content.files import scan
    from cannery.content.library import load_each, shelve
    from cannery.git.authorship import lineages
    from cannery.site.plan import site_for, with_lineages

    found = scan(workspace)
    with ThreadPoolExecutor(1) as beside:  # Git takes as long as reading the files does
        told = beside.submit(lineages, workspace.root, found.stamps)
        loads = output.progress(load_each(workspace, found.stamps), len(found.stamps), "Reading")
        shelf = shelve(loads, found.problems)
        site = site_for(workspace, shelf, audience, _host(workspace, audience))
        return with_lineages(site, told.result())


def _host(workspace: Workspace, audience: Audience) -> Host:
    """The host's pages; a public site names a repository only where kb.toml does."""
    from cannery.git.remote import main_branch, remote_address
    from cannery.hosts.addresses import edit_page, history_page, place, report_form
    from cannery.site.plan import Host

    settings = workspace.settings
    address = settings.repository
    if not address and audience is Audience.INTERNAL:
        address = remote_address(workspace.root)
    where = place(address, settings.forge) if address else None
    if where is None:
        return Host()
    branch = main_branch(workspace.root)
    has_form = (workspace.root / ".github/ISSUE_TEMPLATE" / _REPORT).is_file()
    report = report_form(where, _REPORT if has_form else "")
    return Host(edit_page(where, branch), history_page(where, branch), report)


def made_of(workspace: Workspace, site: Site) -> Stage:
    """Everything of a site; the links of texts are kept from one time to the next."""
    from cannery.content.cachefile import load, store
    from cannery.site.stage import known_from, stage, text_key

    kept = workspace.cache / f"site-links-{site.audience.value}.json"
    nothing: Known = {}
    before = known = load(kept, _LINKS_FORMAT, known_from, nothing)
    new = [item for item in site.articles.values() if text_key(item) not in known]
    if len(new) > _MANY and can_fork():
        known = {**known, **_read_by_two(new)}
    made = stage(site, known)
    if made.known.keys() != before.keys():
        store(kept, _LINKS_FORMAT, made.known)
    return made


def _read_by_two(articles: Sequence[Article]) -> Known:
    """The links of many texts, half of them found by another process."""
    with beside(_read, articles[1::2]) as theirs:
        return {**_read(articles[::2]), **theirs()}


def _read(articles: Sequence[Article]) -> Known:
    from cannery.site.stage import read_text, text_key

    return {text_key(item): read_text(item) for item in articles}


def stage_whole(workspace: Workspace, target: Path, audience: Audience) -> tuple[Stage, int]:
    """Stage pages, theme and search; what was made, and how many files were written.

    Raises ContentError and SiteError.
    """
    refuse_foreign(target)
    made = made_of(workspace, site_of(workspace, audience))
    with writing(target), occupied(target):
        written = put_stage(target, audience, made)
        put_search(target, None, search_files(workspace, made, shown=True))
    return made, written


def search_files(workspace: Workspace, made: Stage, *, shown: bool = False) -> dict[str, bytes]:
    """The files of the site's search, by name; `shown` shows how far it is."""
    from cannery.content.synonyms import load_synonyms
    from cannery.search.browser_index import index_files
    from cannery.search.browser_index_cache import cached_terms

    said = made.records
    kept = workspace.cache / "site-search.json"
    each = cached_terms(said, kept)
    found = [*(output.progress(each, len(said), "Indexing") if shown else each)]
    return index_files(said, found, load_synonyms(workspace))


def put_search(target: Path, site: Path | None, files: Mapping[str, bytes]) -> None:
    """Write the search beside the staged pages, and into the site that was built of them."""
    from cannery.site.tree import renew

    for folder in (folders(target).pages, site):
        if folder:
            renew(folder / SEARCH, files)


@contextmanager
def occupied(target: Path) -> Iterator[None]:
    """Keep other builds out of a stage's folder meanwhile. Raises SiteError."""
    target.mkdir(parents=True, exist_ok=True)
    lock = owned(target / _LOCK)
    if lock is None:
        raise SiteError(f"another kb builds in {target}", "Wait for the other one to end.")
    try:
        yield
    finally:
        os.close(lock)


def put_stage(target: Path, audience: Audience, made: Stage) -> int:
    """Write a stage; how many of its files were written."""
    from cannery.site.tree import put

    where = folders(target)
    theme = put(where.theme, audience, made.theme)
    return theme + put(where.pages, audience, made.files, kept=f"{SEARCH}/")


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turns what a disk refuses into a SiteError that names the file."""
    try:
        yield
    except OSError as error:
        what = f"{error.filename or target}: {error.strerror or error}"
        raise SiteError(what, "Is there room, and may you write there?") from error


def refuse_foreign(target: Path) -> None:
    """Raises ContentError where the folders hold what no stage has put there."""
    from cannery.site.tree import refuse_foreign as refuse

    for folder in (folders(target).pages, folders(target).theme):
        refuse(folder)
