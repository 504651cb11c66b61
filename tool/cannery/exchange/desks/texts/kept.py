"""Records of a desk, as what makes macros or articles of them asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from cannery.model.desk import Content, Record


class Kept(Protocol):
    """What `Records` does by a desk's own ways. `parts` are without languages."""

    @property
    def parts(self) -> frozenset[str]: ...

    def all(self, since: str = "") -> Iterable[Record]: ...

    def read(self, record_id: str) -> Record | None: ...

    def create(self, parts: Mapping[str, Content]) -> Record: ...

    def update(self, record: Record, parts: Mapping[str, Content]) -> Record: ...

    def delete(self, record: Record) -> None: ...


class OfRecords:
    """The half of `exchange.desks.keeper.Keeper` that is the records' own work."""

    def __init__(self, records: Kept) -> None:
        self._records = records

    def records(self, since: str = "") -> Iterable[Record]:
        return self._records.all(since)

    def read(self, record_id: str) -> Record | None:
        return self._records.read(record_id)

    def create(self, parts: Mapping[str, Content]) -> Record:
        return self._records.create(parts)

    def update(self, record: Record, parts: Mapping[str, Content]) -> Record:
        return self._records.update(record, parts)

    def delete(self, record: Record) -> None:
        self._records.delete(record)
