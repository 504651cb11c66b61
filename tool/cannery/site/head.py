"""What the head of a page tells search engines, and programs that show links to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from cannery.model.entry import Audience, Entry
from cannery.site import web
from cannery.site.article import language_name, trail
from cannery.site.cards import entry_card
from cannery.site.gist import NO_GIST, Gist, cut
from cannery.site.policy import policy
from cannery.site.structured_data import article_data, list_data
from cannery.site.titles import entry_title, section_page_title
from cannery.site.visibility import PublishedView

_BACKGROUND = re.compile(r"--kb-bg: light-dark\(([^,()]+),([^,()]+)\)")
_NAMED = 20  # of the things that a list is described by
_MARKS = {"ja": ("\uff1a", "\u3001"), "zh": ("\uff1a", "\u3001")}
_USUAL = (": ", ", ")


def entry_head(site: PublishedView, entry: Entry, gist: Gist = NO_GIST) -> dict[str, Any]:
    """Of an entry's page, whose text has this gist."""
    lead = "" if entry.header.summary else gist.lead
    head: dict[str, Any] = {"title": entry_title(site, entry), "address": site.address(entry.at)}
    if lead:
        head["description"] = lead
    if site.web_address:
        description = entry.header.summary or lead
        sections = trail(site, entry.at.id, entry.at.language)
        head["data"] = article_data(site, entry, sections, description, gist.questions)
    if entry.at.path in site.file_histories:
        history = site.file_histories[entry.at.path]
        head["created"], head["changed"] = history.created.isoformat(), history.changed.isoformat()
    if card := entry_card(site, entry):
        head["card"] = card.name
    return head


def list_head(title: str, address: str, about: str) -> dict[str, Any]:
    """Of a page that leads to others: `title` is the document's, `about` describes it."""
    return {"title": title, "address": address, "description": cut(about)}


def section_head(
    site: PublishedView, folder: str, language: str, about: str, way: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """Of a section's page; `way` are the sections above it and itself, with their addresses."""
    head = list_head(section_page_title(site, folder, language), way[-1][1], about)
    return {**head, "data": list_data(site, language, way)} if site.web_address else head


def listed(language: str, title: str, items: Sequence[Sequence[Any]]) -> str:
    """A list in words: what it is called, and the first of what it lists, each by its title."""
    colon, comma = _MARKS.get(language.partition("-")[0], _USUAL)
    names = comma.join(str(item[0]) for item in items[:_NAMED])
    mark = " " if title.endswith(("?", "\uff1f")) else colon
    return f"{title}{mark}{names}" if names else title


def site_head(site: PublishedView) -> dict[str, Any]:
    """What the heads of all pages have."""
    return {
        "url": site.web_address,
        "policy": policy(site.settings.site),
        "default": site.settings.default_language,
        "fronts": [[code, language_name(code), site.root(code)] for code in site.languages],
        "noindex": site.audience is Audience.INTERNAL,
        "locales": {language: _locale(language) for language in site.languages},
        "colours": [colour.strip() for colour in _background()],
    }


def _locale(language: str) -> str:
    """A language as Open Graph names it, with the country that it is spoken in: `ja_JP`."""
    try:
        full = Locale.parse(get_global("likely_subtags").get(language.replace("-", "_"), language))
    except (UnknownLocaleError, ValueError):
        return ""
    return f"{full.language}_{full.territory}" if full.territory else ""


def _background() -> tuple[str, str]:
    """The colour behind all pages, in the light and in the dark scheme."""
    found = _BACKGROUND.search(web.joined(web.STYLES).decode())
    return (found[1], found[2]) if found else ("", "")
