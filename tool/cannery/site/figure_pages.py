"""Pages of figures within the frame of the site. They are on internal sites alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from cannery.content.relative_links import RelativeLink, is_page, link_tokens, relative_links
from cannery.model.figure_page import SECTION, FigurePage
from cannery.model.hit import SearchRecord
from cannery.site.article import Body, Source, language_context, language_name, page_body
from cannery.site.head import list_head
from cannery.site.header import page_text
from cannery.site.titles import list_title
from cannery.site.visibility import PublishedView

Page = tuple[str, str]  # a file below the folder of pages, and its text


def figure_pages(site: PublishedView) -> Iterator[Page]:
    """Each page; on a site of figures alone the first one is the site's front page, too."""
    for page in site.figures:
        folder = site.folder(page.language)
        path = f"{folder}{SECTION}/{page.path or 'index'}.md"
        body = _body(site, page, path)
        context = {**_context(site, page), **body.about}
        yield path, page_text(page.title, page.summary, context, body.text)
        if not page.path and site.is_of_figures:
            kb = {**context, "trail": [], "variants": _fronts(site)}
            yield f"{folder}index.md", page_text(page.title, page.summary, kb, body.text)


def _body(site: PublishedView, page: FigurePage, path: str) -> Body:
    """The text, of a team's page with its links: to entries that the site has, and to no files."""
    if not page.source:
        return Body(page.body)
    links = list(relative_links(page.source, link_tokens(page.body)))
    holes = [link for link in links if not _is_open(site, link, page.language)]
    return page_body(site, path, page.language, Source(page.body, links, holes))


def _is_open(site: PublishedView, link: RelativeLink, language: str) -> bool:
    at = site.lead_of(link.path, language).at if is_page(link) else None
    return at is not None and at.id in site.variants


def figure_files(site: PublishedView) -> Iterator[tuple[str, bytes]]:
    """The files beside the pages, such as a feed."""
    for page in site.figures:
        for name, data in page.files.items():
            yield f"{site.folder(page.language)}{SECTION}/{name}", data


def figure_records(site: PublishedView) -> Iterator[SearchRecord]:
    """What the site's search finds of them: their titles and what they say in a sentence."""
    for page in site.figures:
        yield SearchRecord(
            address=figure_address(site, page.language, page.path),
            entry=f"{SECTION}/{page.path}".rstrip("/"),
            language=page.language,
            title=page.title,
            summary=page.summary,
            names=page.title,
            body=page.summary,
            kind="article",
            section=SECTION,
        )


def figure_address(site: PublishedView, language: str, path: str) -> str:
    """A page's address below the site's."""
    inner = f"{quote(path)}/" if path else ""
    return f"{site.root(language)}{SECTION}/{inner}"


def _context(site: PublishedView, page: FigurePage) -> dict[str, Any]:
    address = figure_address(site, page.language, page.path)
    languages = [item.language for item in site.figures if item.path == page.path]
    return {
        **language_context(site, page.language),
        "kind": "figures",
        "template": "kb-figures.html",
        "section": f"{site.root(page.language)}{SECTION}/",
        "variants": [
            [code, language_name(code), figure_address(site, code, page.path)]
            for code in site.languages
            if code in languages
        ],
        "trail": [[title, figure_address(site, page.language, path)] for path, title in page.above],
        "head": list_head(list_title(site, page.title, page.language), address, page.summary),
        "figures": dict(page.values),
    }


def _fronts(site: PublishedView) -> list[list[str]]:
    return [[code, language_name(code), site.root(code) or "./"] for code in site.languages]
