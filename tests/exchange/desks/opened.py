"""Connections to fakes, and entries to be sent to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from cannery.content.library import parts_for
from cannery.content.links import article_url
from cannery.exchange.desks.desk import Around, Desk, Opening
from cannery.exchange.desks.table import DESKS
from cannery.model.desk import Family, Outgoing, Record
from cannery.model.desk_settings import DeskSettings
from cannery.model.entry import Header, Macro
from cannery.model.location import Kind, Location
from cannery.rest.client import PlainClient
from tests.test_own_content import FOUND, MACROS, SHELF, WORKSPACE

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
    settings = DeskSettings(kind, kind, client.address, options=options or {})
    opening = Opening(
        settings, client, ("en", "ja"), "en", {}, lambda *_: "", lambda _: "", around=around
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


def family(*macros: Macro) -> Family:
    return Family(macros[0].at.id, Kind.MACRO, {one.at.language: one for one in macros})


def own_families() -> Sequence[Family]:
    """All macros of our own knowledge base."""
    ids = dict.fromkeys(one.at.id for one in MACROS)
    return [family(*(one for one in MACROS if one.at.id == id_)) for id_ in ids]


def as_record(outgoing: Outgoing) -> Record:
    return Record("1", Kind.MACRO, outgoing.title, outgoing.parts)
