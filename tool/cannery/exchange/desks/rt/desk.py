"""A connection to Request Tracker: macros are articles, which agents insert; so are articles."""

from __future__ import annotations

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.keeper import Keeper, KeptDesk
from cannery.exchange.desks.rt.articles import Articles
from cannery.exchange.desks.rt.classes import HTML
from cannery.exchange.desks.rt.knowledge import knowledge_of
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import NO_PLACEHOLDERS, in_html, in_text
from cannery.exchange.desks.texts.records import Records
from cannery.model.location import Kind


def open_desk(opening: Opening) -> KeptDesk:
    is_html = opening.settings.options.get("format") == HTML
    manner = in_html(opening, NO_PLACEHOLDERS) if is_html else in_text(opening)
    records = Records(opening.default_language, Articles(opening))
    macros = Macros(opening.default_language, records, manner)
    keepers: dict[Kind, Keeper] = {Kind.MACRO: macros}
    if opening.settings.articles:
        keepers[Kind.ARTICLE] = knowledge_of(opening)
    return KeptDesk(keepers, lambda: records.numbers)
