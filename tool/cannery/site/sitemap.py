"""What a search engine may find on a public site: its pages as a sitemap, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from cannery.model.entry import Audience
from cannery.site.article import tag_name
from cannery.site.visibility import PublishedView

_MOST = 50_000  # addresses, and
_LONGEST = 45_000_000  # letters that a sitemap has: search engines read 50 MB of one
_URLSET = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)
_INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_OPEN = "User-agent: *\nAllow: /\n"
_CLOSED = "User-agent: *\nDisallow: /\n"


class _Pages(NamedTuple):
    """A page in all its languages: addresses below the site's, and the days of the last changes."""

    addresses: Mapping[str, str]
    days: Mapping[str, date | None]


def robot_files(site: PublishedView) -> dict[str, bytes]:
    """robots.txt, and for a public site whose address is known the sitemap."""
    if site.audience is Audience.INTERNAL:
        return {"robots.txt": _CLOSED.encode()}
    if not site.web_address:
        return {"robots.txt": _OPEN.encode()}
    robots = f"{_OPEN}\nSitemap: {site.web_address}sitemap.xml\n"
    return {"robots.txt": robots.encode(), **sitemaps(site)}


def sitemaps(site: PublishedView, most: int = _MOST) -> dict[str, bytes]:
    """The sitemap, or an index of several where one may not hold all pages, by file."""
    default = site.settings.default_language
    rows = [row for page in _pages(site) for row in _rows(site.web_address, page, default)]
    parts = [*_parts(rows, most)]
    if len(parts) == 1:
        return {"sitemap.xml": _document(_URLSET, parts[0], "</urlset>")}
    files = {
        f"sitemap-{number}.xml": _document(_URLSET, part, "</urlset>")
        for number, part in enumerate(parts, 1)
    }
    places = [f"<sitemap><loc>{escape(site.web_address)}{name}</loc></sitemap>" for name in files]
    return {"sitemap.xml": _document(_INDEX, places, "</sitemapindex>"), **files}


def _document(opening: str, rows: Sequence[str], closing: str) -> bytes:
    return "\n".join([_HEAD, opening, *rows, closing, ""]).encode()


def _parts(rows: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    begin, size = 0, 0
    for at, row in enumerate(rows):
        if at - begin >= most or size + len(row) > _LONGEST:
            yield rows[begin:at]
            begin, size = at, 0
        size += len(row)
    yield rows[begin:]


def _rows(base: str, page: _Pages, default: str) -> Iterator[str]:
    """A page's rows, one for each language: search engines want each of them to name all."""
    others = ""
    if len(page.addresses) > 1:
        first = page.addresses.get(default) or next(iter(page.addresses.values()))
        named = [*page.addresses.items(), ("x-default", first)]
        links = (f"hreflang={quoteattr(code)} href={quoteattr(base + to)}" for code, to in named)
        others = "".join(f'<xhtml:link rel="alternate" {link}/>' for link in links)
    for language, address in page.addresses.items():
        day = page.days.get(language)
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        yield f"<url><loc>{escape(base + address)}</loc>{changed}{others}</url>"


def _pages(site: PublishedView) -> Iterator[_Pages]:
    """All pages that may be found."""
    roots = {language: site.root(language) for language in site.languages}
    folders = _folder_days(site)
    newest = max((day for day in folders.values()), default=None)
    yield _Pages(roots, dict.fromkeys(roots, newest))
    for folder in site.counts:
        addresses = {language: f"{root}{quote(folder)}/" for language, root in roots.items()}
        yield _Pages(addresses, dict.fromkeys(roots, folders.get(folder)))
    for id_, variants in site.variants.items():
        if not site.section_of(id_):
            shown = {code: variants[code] for code in site.languages if code in variants}
            history = {code: site.file_histories.get(item.at.path) for code, item in shown.items()}
            yield _Pages(
                {code: site.address(item.at) for code, item in shown.items()},
                {code: one.changed for code, one in history.items() if one},
            )
    yield from _lists(site, roots)


def _lists(site: PublishedView, roots: Mapping[str, str]) -> Iterator[_Pages]:
    yield _Pages({language: f"{root}changes/" for language, root in roots.items()}, {})
    tagged = {code: root for code, root in roots.items() if "tags" in site.lists(code)}
    yield _Pages({language: f"{root}tags/" for language, root in tagged.items()}, {})
    for language, root in tagged.items():
        entries = (item for item in site.entries if item.at.language == language)
        names = dict.fromkeys(tag_name(tag) for item in entries for tag in item.header.tags)
        for name in names:
            yield _Pages({language: f"{root}tags/{name}/"}, {})


def _folder_days(site: PublishedView) -> dict[str, date]:
    """The day of the last change in each folder."""
    days: dict[str, date] = {}
    for entry in site.entries:
        history = site.file_histories.get(entry.at.path)
        folder = entry.at.id.rpartition("/")[0] if history else ""
        while folder and history:
            days[folder] = max(days.get(folder, history.changed), history.changed)
            folder = folder.rpartition("/")[0]
    return days
