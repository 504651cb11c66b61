"""Connections to fakes, and entries to be sent to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from cannery.content.library import parts_for
from cannery.content.links import article_url
from cannery.exchange.desks.desk import Around, Desk, Files, Opening
from cannery.exchange.desks.table import DESKS
from cannery.model.desk import Family, Outgoing, Record
from cannery.model.desk_settings import DeskSettings
from cannery.model.entry import Article, Audience, Entry, Header, Macro
from cannery.model.location import Kind, Location
from cannery.rest.client import PlainClient
from tests.test_own_content import FOUND, MACROS, SHELF, WORKSPACE

_CENTERS = {"category", "knowledge_base", "portal"}  # options of those that have articles
_ID = "macros/billing/refund"
_HEADER = {item.name for item in fields(Header)}


def around(language: str) -> Around:
    """What our own macros need."""
    settings = WORKSPACE.settings
    return Around(
        parts_for(SHELF.parts, language, settings),
        {
            "kb": {"name": settings.name, "site_url": settings.site_url},
            "team": dict(settings.facts(language)),
        },
        article_url(WORKSPACE, FOUND, language),
        settings.keeps_lines,
    )


def opened(kind: str, client: PlainClient, options: Mapping[str, str] | None = None) -> Desk:
    """A connection to a desk by a client, for a knowledge base in English and Japanese."""
    chosen = ("articles",) if options and _CENTERS & options.keys() else ()
    settings = DeskSettings(kind, kind, client.address, articles=chosen, options=options or {})
    opening = Opening(
        settings,
        client,
        ("en", "ja"),
        "en",
        {},
        address_of,
        lambda _: "",
        _FILES,
        around,
    )
    found = DESKS[kind].open
    assert found
    return found(opening)


def macro(body: str, language: str = "en", *, title: str = "Refund", **keys: Any) -> Macro:  # noqa: ANN401 - keys of a front matter
    """A macro of the team's, with these keys."""
    named = {name: keys.pop(name) for name in _HEADER & keys.keys()}
    suffix = "" if language == "en" else f".{language}"
    at = Location(f"kb/{_ID}{suffix}.md", _ID, Kind.MACRO, language)
    return Macro(at, Header(title=title, **named), body, 1, **keys)


def address_of(id_: str, language: str) -> str:
    """The address that customers have of an article of ours, which is not internal."""
    return f"https://help.example.com/{language}/{id_}/" if "internal" not in id_ else ""


def article(body: str, language: str = "en", *, title: str = "HAR", **keys: Any) -> Article:  # noqa: ANN401 - keys of a front matter
    """An article that all may see, with these keys."""
    suffix = "" if language == "en" else f".{language}"
    at = Location(f"kb/articles/net/har{suffix}.md", "articles/net/har", Kind.ARTICLE, language)
    return Article(at, Header(**{"title": title, "audience": Audience.PUBLIC, **keys}), body, 1)


def _at(path: str) -> Location:
    id_ = path.removeprefix("kb/").removesuffix(".md")
    return Location(path, id_, Kind.MACRO if id_.startswith("macros/") else Kind.ARTICLE, "en")


_FILES = Files(_at, lambda id_, _: f"kb/{id_}.md", lambda _: b"", lambda _: {})


def family(*entries: Entry) -> Family:
    first = entries[0].at
    return Family(first.id, first.kind, {one.at.language: one for one in entries})


def own_families() -> Sequence[Family]:
    """All macros of our own knowledge base."""
    ids = dict.fromkeys(one.at.id for one in MACROS)
    return [family(*(one for one in MACROS if one.at.id == id_)) for id_ in ids]


def as_record(outgoing: Outgoing) -> Record:
    return Record("1", Kind.MACRO, outgoing.title, outgoing.parts)
