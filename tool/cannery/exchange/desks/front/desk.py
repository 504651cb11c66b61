"""A connection to Front: message templates in folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.front.articles import articles_of
from cannery.exchange.desks.front.texts import TemplateForm, behind, parent_of
from cannery.exchange.desks.keeper import Keeper, KeptDesk
from cannery.exchange.desks.texts.listing import Row, key, linked, row_in, text
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import in_html
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.numbers import Numbers
from cannery.exchange.desks.texts.records import Records
from cannery.exchange.desks.texts.shelves import Shelves
from cannery.exchange.desks.texts.store import Objects, RowStore
from cannery.exchange.placeholders.front import DIALECT
from cannery.model.location import Kind

_PATH, _FOLDERS, _INBOXES = "/message_templates", "/message_template_folders", "/inboxes"


def open_desk(opening: Opening) -> KeptDesk:
    client = opening.client

    def rows(path: str) -> Callable[[], Iterator[Row]]:
        return partial(linked, client, path, key("_results"), behind)

    def make(name: str, parent: str) -> str:
        said = {"name": name, **({"parent_folder_id": parent} if parent else {})}
        return text(row_in(client.ask("POST", _FOLDERS, said).content, _FOLDERS), "id")

    inboxes = Numbers("inboxes", rows(_INBOXES))
    shelves = Shelves(rows(_FOLDERS), make, parent_of)
    form = TemplateForm(Names(opening), shelves, inboxes)
    objects = Objects(client, _PATH, rows(_PATH), "PATCH")
    records = Records(opening.default_language, RowStore(objects, form, {"inboxes": inboxes}))
    keeper = Macros(opening.default_language, records, in_html(opening, DIALECT))
    keepers: dict[Kind, Keeper] = {Kind.MACRO: keeper}
    if opening.settings.articles:
        keepers[Kind.ARTICLE] = articles_of(opening)
    return KeptDesk(keepers, lambda: {**records.numbers, "folders": shelves.used})
