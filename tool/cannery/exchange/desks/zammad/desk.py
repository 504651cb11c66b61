"""A connection to Zammad: text modules, and macros for what they do to the ticket."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.keeper import KeptDesk
from cannery.exchange.desks.texts.listing import Row, itself, numbered
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import in_html
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.numbers import Numbers
from cannery.exchange.desks.texts.records import Records
from cannery.exchange.desks.texts.store import Form, Objects, RowStore
from cannery.exchange.desks.zammad.actions import Actions
from cannery.exchange.desks.zammad.texts import MacroForm, ModuleForm
from cannery.exchange.placeholders.zammad import DIALECT
from cannery.model.location import Kind

_SIZE = 100  # rows of a page
_LISTS = {
    "groups": "/api/v1/groups",
    "priorities": "/api/v1/ticket_priorities",
    "states": "/api/v1/ticket_states",
}


def open_desk(opening: Opening) -> KeptDesk:
    names, rows = Names(opening), partial(_rows, opening)
    numbers = {sort: Numbers(sort, partial(rows, path)) for sort, path in _LISTS.items()}
    actions = Actions(opening.settings.options, numbers)

    def store(path: str, form: Form) -> RowStore:
        return RowStore(Objects(opening.client, path, partial(rows, path)), form, numbers)

    modules = store("/api/v1/text_modules", ModuleForm(names, numbers))
    macros = store("/api/v1/macros", MacroForm(names, actions))
    records = Records(opening.default_language, modules, macros)
    keeper = Macros(opening.default_language, records, in_html(opening, DIALECT))
    return KeptDesk({Kind.MACRO: keeper}, lambda: records.numbers)


def _rows(opening: Opening, path: str) -> Iterator[Row]:
    return numbered(opening.client, path, itself, {"per_page": _SIZE}, _SIZE)
