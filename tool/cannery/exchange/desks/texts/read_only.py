"""Records that a desk's API tells, and does not let anyone write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NoReturn

from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.rest.client import RestError


class ReadOnly:
    """`exchange.desks.texts.item.Store` for these; `title` is the desk's."""

    numbers: Mapping[str, Mapping[str, str]] = {}

    def __init__(
        self, title: str, parts: Iterable[str], items: Callable[[], Iterator[Item]]
    ) -> None:
        self.parts = frozenset(parts)
        self.items, self._title = items, title

    def several(self, ids: Iterable[str]) -> Mapping[str, Item]:
        wanted = {*ids}
        return {item.id: item for item in self.items() if item.id in wanted}

    def as_kept(self, label: Label, parts: Parts) -> Item:
        return Item("", label, parts)

    def put(self, _: str, label: Label, __: Parts) -> NoReturn:
        hint = f"Change {label.title} at {self._title}, then run kb desk pull."
        raise RestError(f"{self._title} lets no program write its replies", hint)

    def delete(self, _: str) -> NoReturn:
        hint = f"Delete it at {self._title}."
        raise RestError(f"{self._title} lets no program delete its replies", hint)
