"""A connection to Chatwoot: canned responses, and macros for what they do to the conversation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import quote

from cannery.errors import SettingsError
from cannery.exchange.desks.chatwoot.actions import Actions
from cannery.exchange.desks.chatwoot.articles import articles_of, payload
from cannery.exchange.desks.chatwoot.texts import MacroForm, ResponseForm
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.keeper import Keeper, KeptDesk
from cannery.exchange.desks.texts.listing import Row, key, numbered, rows_in, text
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import in_markdown
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.numbers import Numbers
from cannery.exchange.desks.texts.records import Records
from cannery.exchange.desks.texts.store import Objects, RowStore
from cannery.exchange.placeholders.chatwoot import DIALECT
from cannery.model.desk_settings import DeskSettings
from cannery.model.location import Kind


class _Responses(Objects):
    """Canned responses, which have no path for one alone."""

    def several(self, ids: Iterable[str]) -> Iterator[Row]:
        wanted = {*ids}
        return (row for row in self.all() if text(row, "id") in wanted)


def open_desk(opening: Opening) -> KeptDesk:
    client, names, base = opening.client, Names(opening), account_path(opening.settings)

    def whole(path: str) -> Iterator[Row]:
        return iter(rows_in(client.ask("GET", path).content, path))

    numbers = {"teams": Numbers("teams", partial(whole, f"{base}/teams"))}
    path = f"{base}/canned_responses"
    responses = RowStore(
        _Responses(client, path, partial(whole, path), "PATCH"),
        ResponseForm(names, opening.settings.options.get("sign", ";")),
        {},
    )
    path = f"{base}/macros"
    macros = RowStore(
        Objects(client, path, partial(numbered, client, path, key("payload")), "PATCH", payload),
        MacroForm(names, Actions(numbers)),
        numbers,
    )
    records = Records(opening.default_language, responses, macros)
    manner = in_markdown(opening, DIALECT)._replace(code=_code)
    keeper = Macros(opening.default_language, records, manner)
    keepers: dict[Kind, Keeper] = {Kind.MACRO: keeper}
    if opening.settings.articles:
        keepers[Kind.ARTICLE] = articles_of(opening, base, portal_of(opening.settings))
    return KeptDesk(keepers, lambda: records.numbers)


def account_path(settings: DeskSettings) -> str:
    """Where an account's objects are. Raises SettingsError for want of its number."""
    account = settings.options.get("account", "")
    if not account.isdecimal():
        message = f"desks.{settings.name}.account must be the number of the account at Chatwoot"
        raise SettingsError(message, 'It stands in the address: account = "1".')
    return f"/api/v1/accounts/{account}"


def portal_of(settings: DeskSettings) -> str:
    """The short name of the help centre, as it stands in a path. Raises SettingsError."""
    slug = settings.options.get("portal", "")
    if not slug.replace("-", "").replace("_", "").isalnum():
        message = f"desks.{settings.name}.portal must be the short name of a help centre"
        raise SettingsError(message, 'It stands in its address: portal = "help".')
    return quote(slug)


def _code(entry_id: str) -> str:
    """A code for an entry without a shortcut."""
    return f";{entry_id.removeprefix('macros/').replace('/', '-')}"
