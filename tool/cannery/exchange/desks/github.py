"""GitHub: a user's saved replies by its GraphQL API, which lets no program write them."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.keeper import KeptDesk
from cannery.exchange.desks.texts.graphql import nodes
from cannery.exchange.desks.texts.item import Item
from cannery.exchange.desks.texts.listing import Row, text
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import NO_PLACEHOLDERS, in_markdown
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.read_only import ReadOnly
from cannery.exchange.desks.texts.records import Records
from cannery.model.location import Kind

_PUBLIC = frozenset({"https://github.com", "https://api.github.com"})
_FIELDS = "nodes { databaseId title body } pageInfo { hasNextPage endCursor }"
_REPLIES = f"savedReplies(first: 100, after: $after) {{ {_FIELDS} }}"
_QUERY = f"query($after: String) {{ viewer {{ {_REPLIES} }} }}"


def open_desk(opening: Opening) -> KeptDesk:
    names = Names(opening)
    path = "/graphql" if opening.settings.address in _PUBLIC else "/api/graphql"

    def item(row: Row) -> Item:
        body = text(row, "body").replace("\r\n", "\n").strip("\n")
        return Item(text(row, "databaseId"), names.read(text(row, "title")), {"body": body})

    def items() -> Iterator[Item]:
        return map(item, nodes(opening.client, path, _QUERY, {}, "viewer", "savedReplies"))

    records = Records(opening.default_language, ReadOnly("GitHub", ("body",), items))
    manner = in_markdown(opening, NO_PLACEHOLDERS)
    keeper = Macros(opening.default_language, records, manner)
    return KeptDesk({Kind.MACRO: keeper}, lambda: records.numbers)
