"""A connection to Zendesk: a keeper for each kind of entry, and the numbers that both use."""

from __future__ import annotations

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.keeper import Keeper, KeptDesk
from cannery.exchange.desks.zendesk.guide import Guide
from cannery.exchange.desks.zendesk.macros import Macros
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.model.location import Kind


class Zendesk(KeptDesk):
    """Macros of Support and articles of Guide."""

    def __init__(self, opening: Opening) -> None:
        numbers = Numbers(opening.client, opening.numbers)
        self._guide = Guide(opening, numbers)
        macros = Macros(opening, numbers)
        keepers: dict[Kind, Keeper] = {Kind.MACRO: macros, Kind.ARTICLE: self._guide}
        super().__init__(keepers, lambda: numbers.used)

    def picture(self, address: str) -> bytes:
        return self._guide.picture(address)


def open_desk(opening: Opening) -> Zendesk:
    return Zendesk(opening)
