"""What an audience may see, as a folder that any site generator can build.

What is not staged is not there, whatever the generator ignores.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cannery.content.files import ENDINGS, INDEX, as_stored, read_bytes
from cannery.content.links import section_of
from cannery.content.markup import markup
from cannery.content.visibility import Hidden
from cannery.errors import ContentError
from cannery.model.entry import Article, Audience, Macro
from cannery.model.hit import SearchRecord
from cannery.model.location import Problem
from cannery.site.article import article_page, page_body
from cannery.site.assets import rejection
from cannery.site.comments import strip_comments
from cannery.site.feed import feed
from cannery.site.links import RelativeLink, relative_links
from cannery.site.lists import front_page, list_pages, section_page
from cannery.site.macropages import macro_pages
from cannery.site.metadata import strip_metadata
from cannery.site.redirects import redirects
from cannery.site.theme import theme_files
from cannery.site.visibility import PublishedView
from cannery.util import state

# By the number of a text: what it is without comments, None for the same; its links; and what of
# it would run in a browser, each with its line.
_Row = tuple[str | None, list[RelativeLink], list[tuple[int, str]]]
TextCache = dict[str, _Row]


def text_cache_from(data: Any) -> TextCache:  # noqa: ANN401 - what a file may hold
    """What was kept of texts; raises as `state.load` says."""
    text = state.text
    return {
        text(key): (
            None if body is None else text(body),
            [RelativeLink(int(line), text(written), text(path)) for line, written, path in links],
            [(int(line), text(what)) for line, what in runs],
        )
        for key, (body, links, runs) in data.items()
    }


def cache_key(article: Article) -> str:
    """The number of a text."""
    text = f"{article.at.path}\0{article.body}"
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def analyse(article: Article) -> _Row:
    """What `Known` has of a text: finding the links takes the most of a stage's time."""
    text = strip_comments(article.body, mdx=article.at.path.endswith(".mdx"))
    runs = [(item.line, item.what) for item in markup(text) if item.is_active]
    links = [*relative_links(article.at.path, text)]
    return None if text == article.body else text, links, runs


@dataclass(frozen=True)
class Stage:
    """The files below the folder of pages, by path, and those of the theme.

    `pages` counts the pages of entries, `assets` are the pictures and other files that they use,
    each with why it is still as its maker left it, where it is. `texts` are what the pages say, for
    the search for leaks; `text_cache` is for the next time.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    theme: dict[str, bytes] = field(default_factory=dict)
    records: list[SearchRecord] = field(default_factory=list)
    pages: int = 0
    assets: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    text_cache: TextCache = field(default_factory=dict)


def render_stage(site: PublishedView, cached: TextCache | None = None) -> Stage:
    """Everything of a site, before a generator makes HTML of it.

    `cached` has the links of texts that were analysed before. Raises ContentError, which names the
    file and line of all that must not be on a site.
    """
    drafts = _PageBuilder(site, cached if cached is not None else {})
    fronts = (item for item in site.fronts if item.at.language in site.languages)
    for article in (*fronts, *site.articles.values()):
        drafts.take_in(article)
    drafts.raise_problems()
    files = {name: text.encode() for name, text in _lists(site)}
    files |= drafts.pages
    files |= dict(_feeds(site))
    files |= dict(macro_pages(site))
    assets: dict[str, str] = {}
    for asset in drafts.assets:
        name = asset.removeprefix("kb/")
        raw = read_bytes(site.workspace, as_stored(site.workspace, asset))
        files[name], assets[name] = strip_metadata(asset, raw)
    for name, text in drafts.moved.items():
        if f"{name.removesuffix('.html')}.md" not in files:  # a list of what is in a folder
            files[name] = text.encode()
    records = [*drafts.records, *(_record(site, item, item.body) for item in site.macros.values())]
    pages = len(site.articles) + len(site.macros)
    return Stage(files, theme_files(site), records, pages, assets, drafts.texts, drafts.used)


class _PageBuilder:
    """The articles' pages, what they use, and what must not be on a site."""

    def __init__(self, site: PublishedView, cached: TextCache) -> None:
        self._cached = cached
        self.used: TextCache = {}
        self.pages: dict[str, bytes] = {}
        self.assets: dict[str, tuple[str, int]] = {}  # each with where it is used first
        self.records: list[SearchRecord] = []
        self.texts: list[str] = []
        self.moved, self._problems = redirects(site.articles, site.settings)
        self._site = site
        self._paths: dict[str, str] = {}

    def take_in(self, article: Article) -> None:
        site, path = self._site, article.at.path
        text, links, runs = self._read(article)
        self._problems += _refused(site, article, links)
        for line, what in runs:
            message = f"{what} would run in a reader's browser: remove it, or show it as code"
            self._problems.append(Problem(path, article.body_line + line - 1, "active", message))
        for item in links:
            if not item.path.endswith(ENDINGS):
                self.assets.setdefault(item.path, (path, article.body_line + item.line - 1))
        self.texts.append(text)
        page_path, page = _page(site, article, text, links)
        if page_path in self.pages:
            message = f"a page at {page_path}, which {self._paths[page_path]} already uses"
            self._problems.append(Problem(path, 0, "place", message))
        self._paths[page_path] = path
        self.pages[page_path] = page.encode()
        if path in site.articles:
            self.records.append(_record(site, article, text))

    def _read(self, article: Article) -> tuple[str, list[RelativeLink], list[tuple[int, str]]]:
        """A text without comments, its links, and what of it would run."""
        key = cache_key(article)
        row = self._cached.get(key) or analyse(article)
        self.used[key] = row
        return article.body if row[0] is None else row[0], row[1], row[2]

    def raise_problems(self) -> None:
        unfits = (
            Problem(path, line, "asset", f"{asset} can't be on the site: {reason}")
            for asset, (path, line) in self.assets.items()
            if (reason := rejection(self._site.workspace, asset))
        )
        if problems := [*self._problems, *unfits]:
            raise ContentError(_in_lines(problems), "Fix each one, or make its target public.")


def _lists(site: PublishedView) -> Iterator[tuple[str, str]]:
    for language in site.languages:
        yield front_page(site, language, site.settings.name, "")
    yield from list_pages(site)


def _feeds(site: PublishedView) -> Iterator[tuple[str, bytes]]:
    for language in site.languages if site.settings.site_url else ():
        yield f"{site.folder(language)}changes.xml", feed(site, language)


def _page(
    site: PublishedView, article: Article, text: str, links: Sequence[RelativeLink]
) -> tuple[str, str]:
    at = article.at
    if INDEX.fullmatch(at.path):
        page_path = f"{site.folder(at.language)}index.md"
        body = page_body(site, page_path, at.language, text, links)
        return front_page(site, at.language, article.header.title, body)
    if section := section_of(at.id):
        body = page_body(site, site.page_path(at), at.language, text, links)
        return section_page(site, section, at.language, body)
    return site.page_path(at), article_page(site, article, text, links)


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
    )


def _refused(
    site: PublishedView, article: Article, links: Sequence[RelativeLink]
) -> Iterator[Problem]:
    """Links to what this audience can't open."""
    for item in links:
        if not item.path.endswith(ENDINGS) or INDEX.fullmatch(item.path):
            continue
        hidden = site.lead_of(item.path, article.at.language).hidden
        if hidden is None:
            continue
        what = "which does not exist" if hidden is Hidden.MISSING else "which is not on this site"
        if item.path.startswith("kb/macros/") and site.audience is Audience.PUBLIC:
            what = "a macro, which is never on a public site"
        line = article.body_line + item.line - 1
        message = f"a link to {item.path.removeprefix('kb/')}, {what}"
        yield Problem(article.at.path, line, "link", message)


def _in_lines(problems: Sequence[Problem]) -> str:
    lines = [
        f"{item.path}:{item.line}: {item.message}" if item.line else f"{item.path}: {item.message}"
        for item in problems
    ]
    return "\n".join(lines)
