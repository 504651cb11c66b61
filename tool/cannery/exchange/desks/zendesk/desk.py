"""A connection to Zendesk: a keeper for each kind of entry, and the numbers that both use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.keeper import Keeper, KeptDesk
from cannery.exchange.desks.zendesk.macros import Macros
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.model.location import Kind

_KEEPERS: Mapping[Kind, Callable[[Opening, Numbers], Keeper]] = {Kind.MACRO: Macros}


def open_desk(opening: Opening) -> KeptDesk:
    numbers = Numbers(opening.client, opening.numbers)
    keepers = {kind: make(opening, numbers) for kind, make in _KEEPERS.items()}
    return KeptDesk(keepers, lambda: numbers.used)
