"""Intercom: macros by its REST API, which lets no program write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.keeper import KeptDesk
from cannery.exchange.desks.texts.item import Item
from cannery.exchange.desks.texts.listing import Row, key, linked, text
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import in_html
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.numbers import Numbers
from cannery.exchange.desks.texts.read_only import ReadOnly
from cannery.exchange.desks.texts.records import Records
from cannery.exchange.placeholders.intercom import DIALECT, without_elements
from cannery.model.desk import Content
from cannery.model.location import Kind

_PATH = "/macros"
_SIZE = 150


def open_desk(opening: Opening) -> KeptDesk:
    client, names = opening.client, Names(opening)
    teams = Numbers("teams", lambda: linked(client, "/teams", key("teams"), _no_more))

    def item(row: Row) -> Item:
        html = text(row, "body") or text(row, "body_text")
        parts: dict[str, Content] = {"body": canonical_html(without_elements(html))}
        if who := teams.names(row.get("visible_to_team_ids")):
            parts["restriction"] = who
        return Item(text(row, "id"), names.read(text(row, "name")), parts, text(row, "updated_at"))

    def items() -> Iterator[Item]:
        query = {"per_page": _SIZE}
        return map(item, linked(client, _PATH, key("data"), _behind, query))

    store = ReadOnly("Intercom", ("body", "restriction"), items)
    records = Records(opening.default_language, store)
    keeper = Macros(opening.default_language, records, in_html(opening, DIALECT))
    return KeptDesk({Kind.MACRO: keeper}, lambda: {"teams": teams.used})


def _behind(content: object) -> tuple[str, Mapping[str, str | int]] | None:
    pages = content.get("pages") if isinstance(content, dict) else None
    following = pages.get("next") if isinstance(pages, dict) else None
    cursor = following.get("starting_after") if isinstance(following, dict) else None
    return (_PATH, {"per_page": _SIZE, "starting_after": str(cursor)}) if cursor else None


def _no_more(_: object) -> None:
    return None
