"""A connection to Request Tracker: macros are articles, which agents insert into their replies."""

from __future__ import annotations

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.keeper import KeptDesk
from cannery.exchange.desks.rt.articles import Articles
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import in_text
from cannery.exchange.desks.texts.records import Records
from cannery.model.location import Kind


def open_desk(opening: Opening) -> KeptDesk:
    records = Records(opening.default_language, Articles(opening))
    keeper = Macros(opening.default_language, records, in_text(opening))
    return KeptDesk({Kind.MACRO: keeper}, lambda: records.numbers)
