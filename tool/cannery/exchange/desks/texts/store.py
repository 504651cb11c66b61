"""The records of one sort behind a REST API: a list of JSON objects, and a path for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import Row, has_id, itself, row_in, text
from cannery.exchange.desks.texts.numbers import Numbers, known
from cannery.rest.client import Client, RestError

_GONE = 404


class Objects:
    """The objects of one sort. `rows` lists them all, `update` is the method that changes one.

    `row_of` finds an object in an answer that has only that one.
    """

    def __init__(
        self,
        client: Client,
        path: str,
        rows: Callable[[], Iterator[Row]],
        update: str = "PUT",
        row_of: Callable[[Any], object] = itself,
    ) -> None:
        self._client, self._path, self._update = client, path, update
        self.all, self._row_of = rows, row_of

    def several(self, ids: Iterable[str]) -> Iterator[Row]:
        for one in ids:
            try:
                content = self._client.ask("GET", f"{self._path}/{one}").content
            except RestError as error:
                if error.code != _GONE:
                    raise
                continue
            yield row_in(self._row_of(content), self._path)

    def write(self, object_id: str, said: Mapping[str, Any]) -> Row:
        """Change one, or make it for an empty id."""
        path = f"{self._path}/{object_id}" if object_id else self._path
        content = self._client.ask(self._update if object_id else "POST", path, said).content
        return row_in(self._row_of(content), path)

    def delete(self, object_id: str) -> None:
        try:
            self._client.ask("DELETE", f"{self._path}/{object_id}")
        except RestError as error:
            if error.code != _GONE:
                raise


class Form(Protocol):
    """How a desk's objects of one sort say what ours say."""

    @property
    def parts(self) -> frozenset[str]:
        """The names of the parts that they can say, `actions` for all actions."""

    def item(self, row: Row) -> Item:
        """What an object says."""

    def said(self, label: Label, parts: Parts, before: Row, /) -> Mapping[str, Any]:
        """What to send for one that is to say this; `before` is how it was last read."""

    def kept(self, label: Label, parts: Parts) -> tuple[Label, Parts]:
        """What would come back of this; asks nothing."""


class RowStore:
    """`exchange.desks.texts.item.Store` for objects in a form."""

    def __init__(self, objects: Objects, form: Form, numbers: Mapping[str, Numbers]) -> None:
        self._objects, self._form, self._numbers = objects, form, numbers
        self._rows: dict[str, Row] = {}  # as last read

    @property
    def parts(self) -> frozenset[str]:
        return self._form.parts

    @property
    def numbers(self) -> Mapping[str, Mapping[str, str]]:
        return known(self._numbers)

    def items(self) -> Iterator[Item]:
        return (self._read(row) for row in self._objects.all() if has_id(row))

    def several(self, ids: Iterable[str]) -> Mapping[str, Item]:
        return {item.id: item for item in map(self._read, self._objects.several(ids))}

    def as_kept(self, label: Label, parts: Parts) -> Item:
        return Item("", *self._form.kept(label, parts))

    def put(self, item_id: str, label: Label, parts: Parts) -> Item:
        said = self._form.said(label, parts, self._rows.get(item_id, {}))
        return self._read(self._objects.write(item_id, said))

    def delete(self, item_id: str) -> None:
        self._objects.delete(item_id)

    def _read(self, row: Row) -> Item:
        self._rows[text(row, "id")] = row
        return self._form.item(row)
