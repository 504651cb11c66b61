"""One record of a desk that keeps one text a record, and what has all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from cannery.exchange.desks.texts.label import Label
from cannery.model.desk import Content

Parts = Mapping[str, Content]


class Item(NamedTuple):
    """A text in one language, or what an entry does to a ticket where that is a record of its own.

    `parts` are as in a Record, without the language: `body`, `section`, `active`, `actions.status`.
    The language of `label` is one of ours, and never empty.
    """

    id: str
    label: Label
    parts: Parts
    updated: str = ""
    address: str = ""
    usage: Mapping[str, int] = {}


class Store(Protocol):
    """The records of one sort that a desk has. Each method raises RestError where it refuses.

    `parts` are the names of those that it can say beside the label, of which `actions` stands for
    all actions.
    """

    @property
    def parts(self) -> frozenset[str]: ...

    def items(self) -> Iterator[Item]:
        """All that there are."""

    def several(self, ids: Iterable[str]) -> Mapping[str, Item]:
        """Those of these that there are now, by id."""

    def as_kept(self, label: Label, parts: Parts) -> Item:
        """What such a one would say, without an id: asks nothing, and loses what the desk loses."""

    def put(self, item_id: str, label: Label, parts: Parts, /) -> Item:
        """Write one that says this, a new one for an empty id; as the desk has it then."""

    def delete(self, item_id: str, /) -> None:
        """Delete one for good; nothing if it has gone."""

    @property
    def numbers(self) -> Mapping[str, Mapping[str, str]]:
        """The desk's numbers by their names, as far as they were needed."""


def order(item: Item) -> tuple[int, str]:
    """Numbers by what they count: the first one of a desk's is the oldest."""
    return len(item.id), item.id
