"""Links: an article's public address, and where the links in a body lead."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from cannery.content.files import Scan
from cannery.content.inline_html import BREAK
from cannery.content.library import catalogue, load
from cannery.content.markdown import Token
from cannery.content.marks import Url
from cannery.content.visibility import (
    Address,
    Files,
    Lead,
    Reference,
    Visibility,
    address_of,
    follow,
    followed,
    visibility_of,
)
from cannery.model.entry import Article, Audience
from cannery.model.location import Kind, Location
from cannery.util.text import composed
from cannery.workspace import Settings, Workspace

# The articles of these names are the pages of their sections.
SECTION_PAGES = ("index", "README")
# The heading that begins an article: its page shows its title there.
TITLE = re.compile(r"\A\s*# [^\n]*\n?")


def section_of(id_: str) -> str:
    """The section that an article is the page of; empty for any other article."""
    folder, _, name = id_.rpartition("/")
    return folder if name in SECTION_PAGES else ""


def site_path(at: Location, settings: Settings) -> str:
    """An entry's page below the site's address: `articles/net/har/`, `ja/articles/net/har/`."""
    language = "" if at.language == settings.default_language else f"{quote(at.language)}/"
    return f"{language}{quote(section_of(at.id) or at.id)}/"


def article_url(workspace: Workspace, scanned: Scan, language: str) -> Callable[[str], Url]:
    """A function from an article's id to its public address, in `language` if there is a variant.

    The function raises ValueError for an article that customers can't see, or that isn't there.
    """
    settings = workspace.settings
    address = article_addresses(workspace, scanned, language, settings.site_url)

    def url(name: str) -> Url:
        return public_url(address(name), settings)

    return url


def article_addresses(
    workspace: Workspace, scanned: Scan, language: str, site_url: str
) -> Callable[[str], Address]:
    """A function from an article's name to where it is for customers, on the site at `site_url`."""
    articles = {
        id_: item
        for id_, item in catalogue(workspace, scanned).items()
        if item.kind is Kind.ARTICLE
    }
    default = workspace.settings.default_language
    by_name: dict[str, list[str]] = defaultdict(list)
    for id_ in articles:
        by_name[id_.rpartition("/")[2]].append(id_)

    def visibility(at: Location) -> Visibility | None:
        item = load(workspace, at.path).item
        if not isinstance(item, Article):
            return None
        own, original = visibility_of(item), articles[at.id].by_language.get(default)
        if not item.left_open or original is None or original == at:
            return own
        above = visibility(original)
        return followed(own, above, item.left_open) if above else own

    def lead_of(id_: str) -> Lead:
        files = Files([*articles[id_].by_language.values()], visibility)
        return follow(Reference(language), files, Audience.PUBLIC, default)

    def address(name: str) -> Address:
        last = composed(name.strip().strip("/")).rpartition("/")[2]
        ids = (name,) if name in articles else by_name.get(last, ())  # of 10,000, a few
        return address_of(name, ids, lead_of, site_url)

    return address


def public_url(address: Address, settings: Settings) -> Url:
    """The absolute address. Raises ValueError, with the reason, if there is none."""
    if address.refusal or address.lead is None or address.lead.at is None:
        raise ValueError(f"article_url: {address.refusal}")
    return Url(f"{settings.site_url}/{site_path(address.lead.at, settings)}")


def targets(tokens: Iterable[Token]) -> Iterator[tuple[str, int, bool]]:
    """The targets of links and images, each with its 1-based line, and whether it is an image."""
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        for child in token.children or []:
            if child.type == "softbreak" or (child.type == "hardbreak" and child.markup != BREAK):
                line += 1
            target = child.attrs.get("href", child.attrs.get("src"))
            if isinstance(target, str):
                yield target, line, child.type == "image"
