"""What an audience may see, as a folder that any site generator can build.

What is not staged is not there, whatever the generator ignores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from cannery.content.assets import meant_file
from cannery.content.conflict_markers import without_conflicts
from cannery.content.files import as_stored, read_bytes
from cannery.content.layout import is_front, site_file
from cannery.content.named_pages import named_page
from cannery.content.picture_sizes import Size, picture_size
from cannery.content.redirect_faults import Former, redirects_of
from cannery.content.relative_links import is_page
from cannery.model.entry import Article, Audience, Macro
from cannery.model.hit import SearchRecord
from cannery.model.location import Problem
from cannery.site.article import Body, Source, article_page, page_body
from cannery.site.brand import brand_of
from cannery.site.feed import feed
from cannery.site.figure_pages import figure_files, figure_pages, figure_records
from cannery.site.head import entry_head
from cannery.site.lists import folder_titles, front_page, list_pages, section_page
from cannery.site.llms import llms_files
from cannery.site.macropages import macro_pages
from cannery.site.metadata import strip_metadata
from cannery.site.plan import (
    LEAK,
    Faults,
    accepted,
    active_problems,
    address_problems,
    external_problems,
    link_problems,
    place_problem,
)
from cannery.site.redirects import redirect_pages
from cannery.site.server_files import server_files
from cannery.site.sitemap import robot_files
from cannery.site.text_cache import TextCache, TextRow, analyse, cache_key
from cannery.site.texts import text as word
from cannery.site.theme import theme_files
from cannery.site.visibility import PublishedView


@dataclass(frozen=True)
class Stage:
    """The files below the folder of pages, by path, and those of the theme.

    `pages` counts the pages of entries, `assets` are the pictures and other files that they use,
    each with why it is still as its maker left it, where it is. `texts` are what the pages say, for
    the search for leaks; `text_cache` is for the next time; `problems` is what of the content is
    not on the site, or not as it was meant; `folders` has their titles, by language.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    theme: dict[str, bytes] = field(default_factory=dict)
    records: list[SearchRecord] = field(default_factory=list)
    pages: int = 0
    assets: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    text_cache: TextCache = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    folders: dict[str, dict[str, str]] = field(default_factory=dict)
    audience: Audience = Audience.PUBLIC


def render_stage(
    site: PublishedView, cached: TextCache | None = None, *, lenient: bool = False
) -> Stage:
    """Everything of a site, before a generator makes HTML of it.

    `cached` has the links of texts that were analysed before. What can't be on the site is left
    out, and told in the stage's `problems`. Raises FaultyContentError for all that must be mended
    first: any error, or with `lenient` only what is for other readers.
    """
    drafts = _PageBuilder(site, cached if cached is not None else {})
    fronts = (item for item in site.fronts if item.at.language in site.languages)
    for article in (*fronts, *site.articles.values()):
        drafts.take_in(article)
    brand = brand_of(site.workspace)
    for problem in brand.problems:
        drafts.faults.add(problem)
    problems = accepted(drafts.faults.weighed(), lenient=lenient)
    files = {name: text.encode() for name, text in _lists(site)}
    files |= drafts.pages
    files |= dict(_feeds(site))
    files |= {**robot_files(site), **dict(llms_files(site, drafts.pages))}
    files |= server_files(site.audience, site.settings.site)
    files |= {name: text.encode() for name, text in figure_pages(site)} | dict(figure_files(site))
    for name, data in macro_pages(site):
        files[name] = data
        files.pop(f"{name.removesuffix('.md')}/index.md", None)  # a folder of the macro's name
    files |= drafts.files | brand.data
    files = {name: text.encode() for name, text in drafts.moved.items()} | files
    return Stage(
        files,
        theme=theme_files(site, brand),
        records=[*drafts.records, *_macro_records(site), *figure_records(site)],
        pages=len(site.articles) + len(site.macros),
        assets=drafts.assets | brand.uncleaned,
        texts=drafts.texts,
        text_cache=drafts.used,
        problems=problems,
        folders=folder_titles(site),
        audience=site.audience,
    )


class _PageBuilder:
    """The articles' pages, what they use, and what can't be on a site."""

    def __init__(self, site: PublishedView, cached: TextCache) -> None:
        self._cached = cached
        self.used: TextCache = {}
        self.pages: dict[str, bytes] = {}
        self.files: dict[str, bytes] = {}
        self.assets: dict[str, str] = {}
        self._sizes: dict[str, Size] = {}
        self.records: list[SearchRecord] = []
        self.texts: list[str] = []
        self.faults = Faults(site)
        formers = (Former(item.at, item.header.redirect_from) for item in site.entries)
        redirects = redirects_of(formers, site.living, site.settings)
        self.moved = redirect_pages(redirects.addresses, site.languages, site.web_address)
        self.faults.add_redirects(redirects.faults)
        self.faults.add_loaded()
        self._site = site
        self._paths: dict[str, str] = {}

    def take_in(self, article: Article) -> None:
        site, path = self._site, article.at.path
        article = self._without_conflicts(article)
        row = self._read(article)
        text = article.body if row.text is None else row.text
        is_entry = site.files.__contains__
        links = [named_page(link, path, site.settings, is_entry) for link in row.links]
        addresses = [*address_problems(self.faults, article, text)]
        faulty = [*link_problems(self.faults, article, links), *addresses]
        found = [item for _, item in faulty]
        if self._is_without_site(article, found):
            return
        found += active_problems(article, row.runs)
        found += external_problems(article, row.images, site.settings)
        for problem in found:
            self.faults.add(problem)
        holes = {link for link, _ in faulty}
        for item in links:
            if not is_page(item) and item not in holes:
                self._take_file(meant_file(site.workspace, item.path))
        written = [*links, *(link for link, _ in addresses)]
        page_path, page = _page(site, article, Source(text, written, holes, row.gist, self._sizes))
        if other := self._paths.get(page_path):
            self.faults.add(place_problem(path, other))
            return
        self.texts.append(text)
        self._paths[page_path] = path
        self.pages[page_path] = page.encode()
        if path in site.articles:
            self.records.append(_record(site, article, text))

    def _take_file(self, path: str) -> None:
        """A picture or another file that a page uses: without what its maker wrote into it."""
        site, name = self._site, site_file(path, self._site.settings)
        if name in self.files:
            return
        raw = read_bytes(site.workspace, as_stored(site.workspace, path))
        self.files[name], self.assets[name] = strip_metadata(path, raw)
        if size := picture_size(name, self.files[name]):
            self._sizes[name] = size

    def _without_conflicts(self, article: Article) -> Article:
        """The article without what no one has decided: neither side of it is meant to be read."""
        if not self.faults.is_undecided(article.at.path):
            return article
        mark = f"*{word(article.at.language, 'undecided')}*"
        return replace(article, body=without_conflicts(article.body, mark))

    def _is_without_site(self, article: Article, found: Iterable[Problem]) -> bool:
        """Whether a front page is the team's own, as it leads to what is internal.

        It says nothing of who may see it, and there is nothing else for all: no public site.
        """
        site = self._site
        is_front = article.at.path not in site.articles
        is_open = is_front and article.header.audience is not Audience.PUBLIC
        is_alone = site.audience is Audience.PUBLIC and not site.articles
        return is_open and is_alone and any(item.code == LEAK for item in found)

    def _read(self, article: Article) -> TextRow:
        key = cache_key(article)
        row = self._cached.get(key) or analyse(article)
        self.used[key] = row
        return row


def _lists(site: PublishedView) -> Iterator[tuple[str, str]]:
    for language in site.languages:
        yield front_page(site, language, site.settings.name, Body())
    yield from list_pages(site)


def _feeds(site: PublishedView) -> Iterator[tuple[str, bytes]]:
    for language in site.languages if site.web_address else ():
        yield f"{site.folder(language)}changes.xml", feed(site, language)


def _page(site: PublishedView, article: Article, source: Source) -> tuple[str, str]:
    at = article.at
    if is_front(at.path):
        page_path = f"{site.folder(at.language)}index.md"
        body = page_body(site, page_path, at.language, source)
        return front_page(site, at.language, article.header.title, body)
    if section := site.section_of(at.id):
        body = page_body(site, site.page_path(at), at.language, source)
        return section_page(site, section, at.language, body)
    head = entry_head(site, article, source.gist)
    return site.page_path(at), article_page(site, article, source, head)


def _macro_records(site: PublishedView) -> Iterator[SearchRecord]:
    for macro in site.macros.values():
        yield _record(site, macro, macro.body)


def _record(site: PublishedView, entry: Article | Macro, body: str) -> SearchRecord:
    header = entry.header
    shortcut = entry.shortcut if isinstance(entry, Macro) else ""
    return SearchRecord(
        address=site.address(entry.at),
        entry=entry.at.id,
        language=entry.at.language,
        title=header.title,
        summary=header.summary,
        names=" ".join((header.title, *header.keywords, *header.tags, shortcut)),
        body=body,
        kind=entry.at.kind.value,
        section=entry.at.section,
        tags=header.tags,
        owner=header.owner if site.audience is Audience.INTERNAL else "",
        status=header.status.value,
        shortcut=shortcut,
    )
