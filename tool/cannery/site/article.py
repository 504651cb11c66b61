"""The pages of entries: their text, and what stands around it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton

from cannery.content.assets import meant_file
from cannery.content.layout import site_file
from cannery.content.links import TITLE
from cannery.content.picture_sizes import Size
from cannery.content.relative_links import RelativeLink, is_page
from cannery.content.wording import date_text
from cannery.model.entry import Article, Audience, Entry
from cannery.site.gist import NO_GIST, Gist
from cannery.site.groups import Row
from cannery.site.header import page_text
from cannery.site.links import HOLE, rewrite_links
from cannery.site.texts import text
from cannery.site.visibility import PublishedView

_NEIGHBOURS = 10  # of a section that are listed beside a page
_PEOPLE = 5
_MAX_TAG = 60


class Source(NamedTuple):
    """A page's text without comments, the links in it, and which of them can't be opened.

    `sizes` are those of pictures, by file.
    """

    text: str
    links: Sequence[RelativeLink]
    holes: Container[RelativeLink] = ()
    gist: Gist = NO_GIST
    sizes: Mapping[str, Size] = {}


class Body(NamedTuple):
    """A page's Markdown with addresses of the site.

    `links` are those that are rewritten when the page is parsed, `sizes` those of its pictures.
    """

    text: str = ""
    links: Mapping[str, str] = {}
    gist: Gist = NO_GIST
    sizes: Mapping[str, Size] = {}

    @property
    def about(self) -> dict[str, Any]:
        """What the page's front matter tells of it."""
        return {"links": self.links, "sizes": self.sizes}


def article_page(
    site: PublishedView, article: Article, source: Source, head: Mapping[str, Any]
) -> str:
    """An article's page; `head` is what search engines are told of it."""
    at = article.at
    body = page_body(site, site.page_path(at), at.language, source)
    kb = {
        **page_context(site, article),
        "file": at.path,
        "kind": "article",
        "head": head,
        "related": _related(site, article),
        **_turns(site, article),
        **body.about,
    }
    return page_text(article.header.title, article.header.summary, kb, body.text)


def page_context(site: PublishedView, entry: Entry) -> dict[str, Any]:
    """What stands around an entry's text."""
    at, header = entry.at, entry.header
    root = site.root(at.language)
    return {
        **language_context(site, at.language),
        "id": at.id,
        "here": site.address(at),
        "variants": [_variant(site, at.id, language) for language in site.languages],
        "trail": trail(site, at.id, at.language),
        "neighbours": _neighbours(site, entry),
        "siblings": len(site.sections.get(at.id.rpartition("/")[0], ())),
        "tags": [[tag, f"{root}tags/{tag_name(tag)}/"] for tag in header.tags],
        "owner": header.owner,
        **_dates(site, entry),
        **_host(site, entry),
    }


def language_context(site: PublishedView, language: str) -> dict[str, Any]:
    """What every page of a language has."""
    return {
        "lang": language,
        "root": site.root(language),
        "has": list(site.lists(language)),
        "internal": site.audience is Audience.INTERNAL,
    }


def _variant(site: PublishedView, id_: str, language: str) -> list[str]:
    there = site.variants[id_].get(language)
    return [language, language_name(language), site.address(there.at) if there else ""]


@lru_cache
def language_name(language: str) -> str:
    """A language's name in itself: English, 日本語."""
    try:
        name = Locale.parse(language.replace("-", "_")).display_name or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]


def tag_name(tag: str) -> str:
    """A tag as a part of an address, and short enough for a file's name."""
    name = re.sub(r"[^\w.-]+", "-", tag.lower())[:_MAX_TAG].strip("-.") or "tag"
    return quote(f"{name}-" if name in ("index", "readme") else name, safe="")


def trail(site: PublishedView, id_: str, language: str) -> list[list[str]]:
    """The sections above an entry, from the outermost: each with its title and address."""
    folder = (site.section_of(id_) or id_).rpartition("/")[0]
    if (folder, language) not in site.trails:  # asked for by each page, and by what lists it
        parts = folder.split("/") if folder else []
        folders = ["/".join(parts[: size + 1]) for size in range(len(parts))]
        site.trails[folder, language] = [
            [section_title(site, item, language), f"{site.root(language)}{quote(item)}/"]
            for item in folders
        ]
    return site.trails[folder, language]


def section_title(site: PublishedView, folder: str, language: str) -> str:
    """The title of a section's own page, else its folder's name."""
    own = site.section_page(folder, language)
    if own is None and folder in ("articles", "macros"):
        return text(language, folder)
    name = folder.rsplit("/", 1)[-1]
    return own.header.title if own else name[:1].upper() + name[1:].replace("-", " ")


def sections_in_order(site: PublishedView, folder: str, language: str) -> list[tuple[str, str]]:
    """The titles and folders of the sections right below one, in the order that they say."""
    titled = [
        (site.section_mark(item, language).order, section_title(site, item, language), item)
        for item in site.folders.get(folder, ())
    ]
    return [one[1:] for one in sorted(titled, key=lambda one: (one[0], one[1].casefold()))]


@lru_cache(maxsize=10_000)
def _date(day: date, language: str) -> str:
    return date_text(day, language)


@lru_cache(maxsize=1_000)
def month_text(day: date, language: str) -> str:
    """The month of a day and its year, as a language writes them."""
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return str(format_skeleton("yMMMM", day, locale=locale))


def _dates(site: PublishedView, entry: Entry) -> dict[str, Any]:
    """When it was changed and vouched for; on an internal site also who, and when it is due."""
    header, language = entry.header, entry.at.language
    history = site.file_histories.get(entry.at.path)
    dates: dict[str, Any] = {}
    if history:
        dates["changed"] = [history.changed.isoformat(), _date(history.changed, language)]
        dates["people"] = list(history.people[:_PEOPLE])
    if header.reviewed:
        dates["vouched"] = [header.reviewed.isoformat(), _date(header.reviewed, language)]
        if site.audience is Audience.INTERNAL:
            due = header.reviewed + (header.review_every or site.settings.review_every)
            dates["due"] = [due.isoformat(), _date(due, language)]
    return dates


def _host(site: PublishedView, entry: Entry) -> dict[str, str]:
    at = entry.at
    return {
        name: address.replace("{path}", quote(at.path)).replace("{id}", quote(at.id, safe=""))
        for name, address in site.host._asdict().items()
        if address
    }


def _neighbours(site: PublishedView, entry: Entry) -> list[list[str]]:
    """Those next to it in its section, itself among them: in its language where they are there."""
    folder = entry.at.id.rpartition("/")[0]
    ids = site.sections.get(folder, ())
    here = ids.index(entry.at.id) if entry.at.id in ids else 0
    start = max(0, min(here - _NEIGHBOURS // 2, len(ids) - _NEIGHBOURS))
    return [list_item(site, id_, entry.at.language)[:2] for id_ in ids[start : start + _NEIGHBOURS]]


def _turns(site: PublishedView, article: Article) -> dict[str, list[str]]:
    """The entries before and behind it in its section, in its language where they are there."""
    ids = site.sections.get(article.at.id.rpartition("/")[0], ())
    if article.at.id not in ids:  # a section's own page
        return {}
    here = ids.index(article.at.id)
    there = {"previous": ids[:here][-1:], "next": ids[here + 1 : here + 2]}
    language = article.at.language
    return {
        name: list_item(site, id_, language)[:2] for name, found in there.items() for id_ in found
    }


def list_item(site: PublishedView, id_: str, language: str) -> list[str]:
    """An entry in a list: title, address, summary, and its language where that is another."""
    entry = site.best(id_, language)
    if entry is None:
        raise KeyError(id_)
    other = language_name(entry.at.language) if entry.at.language != language else ""
    return [entry.header.title, site.address(entry.at), entry.header.summary, other]


def list_row(site: PublishedView, id_: str, language: str) -> Row:
    """An entry in a list that a reader filters and sorts."""
    entry = site.best(id_, language)
    history = site.file_histories.get(entry.at.path) if entry else None
    changed = [history.changed.isoformat(), _date(history.changed, language)] if history else []
    tags = entry.header.tags if entry else ()
    title, address, summary, other = list_item(site, id_, language)
    return Row(title, address, summary, other, changed, tags)


def _related(site: PublishedView, article: Article) -> list[list[str]]:
    """What the article names as related, as far as this audience may see it."""
    ids = [id_ for id_ in article.header.related if id_ in site.variants]
    return [list_item(site, id_, article.at.language)[:2] for id_ in ids]


def _file(site: PublishedView, path: str) -> str:
    """Where a picture or another file is on the site."""
    return site_file(meant_file(site.workspace, path), site.settings)


def page_body(site: PublishedView, page_path: str, language: str, source: Source) -> Body:
    """A page's text without its title, with links rewritten to their targets on the site."""
    sizes: dict[str, Size] = {}

    def new_address(link: RelativeLink) -> str:
        if link in source.holes:
            return HOLE
        target = site.target(link.path, language) if is_page(link) else _file(site, link.path)
        address = quote(posixpath.relpath(target, posixpath.dirname(page_path)))
        if link.is_image and (size := source.sizes.get(target)):
            sizes[address] = size
        return address

    text, left = rewrite_links(source.text, source.links, new_address)
    return Body(TITLE.sub("", text.strip("\r\n")), left, source.gist, sizes)
