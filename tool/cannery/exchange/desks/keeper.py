"""A connection to a desk: each kind of entry has what keeps it there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from cannery.model.desk import Content, Family, Incoming, Outgoing, Record
from cannery.model.location import Kind

NumbersByName = Mapping[str, Mapping[str, str]]


class Keeper(Protocol):
    """What `exchange.desks.desk.Desk` says, for entries of one kind."""

    def records(self, since: str = "") -> Iterable[Record]: ...

    def read(self, record_id: str) -> Record | None: ...

    def outgoing(self, family: Family) -> Outgoing: ...

    def incoming(self, record: Record) -> Incoming: ...

    def create(self, parts: Mapping[str, Content]) -> Record: ...

    def update(self, record: Record, parts: Mapping[str, Content]) -> Record: ...

    def delete(self, record: Record) -> None: ...


class KeptDesk:
    """The desk as `exchange.desks.desk.Desk` describes it; `used` tells its numbers by name."""

    def __init__(self, keepers: Mapping[Kind, Keeper], used: Callable[[], NumbersByName]) -> None:
        self._keepers, self._used = keepers, used

    def records(self, kind: Kind, since: str = "") -> Iterable[Record]:
        return self._keepers[kind].records(since)

    def read(self, kind: Kind, record_id: str) -> Record | None:
        return self._keepers[kind].read(record_id)

    def outgoing(self, family: Family) -> Outgoing:
        return self._keepers[family.kind].outgoing(family)

    def incoming(self, record: Record) -> Incoming:
        return self._keepers[record.kind].incoming(record)

    def create(self, kind: Kind, parts: Mapping[str, Content]) -> Record:
        return self._keepers[kind].create(parts)

    def update(self, record: Record, parts: Mapping[str, Content]) -> Record:
        return self._keepers[record.kind].update(record, parts)

    def delete(self, record: Record) -> None:
        self._keepers[record.kind].delete(record)

    @property
    def numbers(self) -> NumbersByName:
        return self._used()
