"""A connection to Freshdesk: canned responses in folders."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NoReturn

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.freshdesk.articles import articles_of
from cannery.exchange.desks.freshdesk.texts import FOLDERS, ResponseForm, folders, responses
from cannery.exchange.desks.keeper import Keeper, KeptDesk
from cannery.exchange.desks.texts.listing import Row, itself, numbered, row_in, text
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import in_html
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.numbers import Numbers
from cannery.exchange.desks.texts.records import Records
from cannery.exchange.desks.texts.shelves import Shelves
from cannery.exchange.desks.texts.store import Objects, RowStore
from cannery.exchange.placeholders.freshdesk import DIALECT
from cannery.model.location import Kind
from cannery.rest.client import RestError

_PATH = "/api/v2/canned_responses"
_SIZE = 100


class _Responses(Objects):
    """Canned responses, which no program can delete."""

    def delete(self, object_id: str) -> NoReturn:
        hint = "Delete it at Freshdesk: Admin > Canned responses."
        raise RestError(f"Freshdesk lets no program delete canned response {object_id}", hint)


def open_desk(opening: Opening) -> KeptDesk:
    client = opening.client

    def groups_there() -> Iterator[Row]:
        return numbered(client, "/api/v2/groups", itself, {"per_page": _SIZE}, _SIZE)

    def make(name: str, _: str) -> str:
        return text(row_in(client.ask("POST", FOLDERS, {"name": name}).content, FOLDERS), "id")

    groups = Numbers("groups", groups_there)
    root = opening.settings.options.get("folder", "General")
    shelves = Shelves(partial(folders, client), make, root=root)
    form = ResponseForm(Names(opening), shelves, groups)
    objects = _Responses(client, _PATH, partial(responses, client, shelves))
    records = Records(opening.default_language, RowStore(objects, form, {"groups": groups}))
    keeper = Macros(opening.default_language, records, in_html(opening, DIALECT))
    keepers: dict[Kind, Keeper] = {Kind.MACRO: keeper}
    if opening.settings.articles:
        keepers[Kind.ARTICLE] = articles_of(opening)
    return KeptDesk(keepers, lambda: {**records.numbers, "folders": shelves.used})
