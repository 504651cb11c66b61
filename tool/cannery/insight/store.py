"""The events of tickets in SQLite, without anything that tells who a customer or an agent is."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from cannery.insight.database import NewerError, opened
from cannery.insight.local_key import local_key
from cannery.insight.merge import merge
from cannery.insight.pseudonyms import Pseudonymizer
from cannery.insight.reach import cursor_of, data_end, extend, reaches
from cannery.insight.revision import change
from cannery.insight.sources.source import Checkpoint, Reading
from cannery.insight.staging import Staging
from cannery.model.ticket_event import Extent, TicketRecord

__all__ = (
    "Added",
    "Arrival",
    "KeyChangedError",
    "NewerError",
    "OtherTicketsError",
    "add",
    "cursor_of",
    "data_end",
    "local_key",
    "opened",
    "reaches",
)
DAY = 86_400


class KeyChangedError(Exception):
    """The ids in the database were hashed with another key: tickets would be there twice."""


class OtherTicketsError(Exception):
    """Tickets of the same numbers are known that were created at other times."""


class Added:
    """What came in: records by their fate, events, and until when they reach, in seconds.

    `counts` has `new`, `changed`, `same`, `older`, `added` and `double`, as `merge` says.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.ends_at = 0

    @property
    def tickets(self) -> int:
        """Tickets that weren't known."""
        return self.counts["new"]

    @property
    def events(self) -> int:
        """Events that weren't known."""
        return self.counts["events"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """How records come in. `entry_of` is as in Pseudonymizer.

    `now` is the time of the import, in seconds. With `is_dry` all is done, and undone.
    """

    entry_of: Callable[[str], str] = lambda _: ""
    now: int = field(default_factory=lambda: int(time.time()))
    is_dry: bool = False
    reading: Reading = field(default_factory=Reading)


def add(
    database: sqlite3.Connection,
    source: str,
    records: Iterable[TicketRecord | Checkpoint],
    key: bytes,
    arrival: Arrival | None = None,
) -> Added:
    """Keep records, all or nothing between checkpoints; those that are known change nothing.

    Raises sqlite3.Error, KeyChangedError, OtherTicketsError.
    """
    arrival = arrival or Arrival()
    proof = _proof(database, key)
    trip = _Trip(database, source, Pseudonymizer(source, key, arrival.entry_of), proof)
    trip.run(records, arrival)
    return trip.added


class _Trip:
    """An import at work."""

    def __init__(
        self, database: sqlite3.Connection, source: str, pseudonymizer: Pseudonymizer, proof: bytes
    ) -> None:
        self.added = Added()
        self._database, self._source, self._pseudonymizer, self._proof = (
            database,
            source,
            pseudonymizer,
            proof,
        )
        self._staging = Staging(database)
        self._gone = 0

    def run(self, records: Iterable[TicketRecord | Checkpoint], arrival: Arrival) -> None:
        for record in records:
            if not isinstance(record, Checkpoint):
                self._take(record, arrival.reading)
            elif not arrival.is_dry:
                self._keep(arrival, record)
        self._keep(arrival, Checkpoint("", arrival.reading.ends_at or 0))
        _tell_refused(self._pseudonymizer, arrival.reading)
        if self._gone:
            arrival.reading.note(
                f"{self._gone:,} tickets are deleted, merged or spam by their status: they count"
                " nowhere"
            )

    def _take(self, record: TicketRecord, reading: Reading) -> None:
        try:
            row = self._pseudonymizer.row(record)
        except (ValueError, OverflowError) as error:
            reading.leave_out(0, str(error))
        else:
            self._staging.add(row)
            self._gone += record.extent is Extent.WHOLE and not record.events

    def _keep(self, arrival: Arrival, checkpoint: Checkpoint) -> None:
        self._staging.flush()
        self._look_over(arrival)
        if self._staging.is_of_others():
            raise OtherTicketsError
        ends_at = checkpoint.ends_at or self._staging.latest()
        self._database.execute("BEGIN IMMEDIATE")
        try:
            self.added.counts.update(merge(self._database, self._source, ends_at))
            self._database.execute("INSERT OR IGNORE INTO proof VALUES (?)", (self._proof,))
            change(self._database)
            if ends_at:
                extend(self._database, self._source, ends_at, checkpoint.cursor, arrival.now)
            self._database.execute("ROLLBACK" if arrival.is_dry else "COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise
        self.added.ends_at = max(self.added.ends_at, ends_at)
        self._staging.clear()

    def _look_over(self, arrival: Arrival) -> None:
        """Leave out what only the whole of what came tells to be wrong."""
        left, stay = self._staging.without_future(arrival.now + DAY)
        arrival.reading.leave_out_many(left, "a time in the future")
        if stay:
            arrival.reading.note(
                f"{stay:,} tickets have times in the future: is the clock of this computer right?"
            )
        for name, values in self._staging.without_names().items():
            arrival.reading.note(
                f"{name}: {values:,} values, one for nearly each ticket, were not kept: that is"
                " not a way of grouping, and may name customers"
            )


def _tell_refused(pseudonymizer: Pseudonymizer, reading: Reading) -> None:
    for name, count in pseudonymizer.refused.items():
        reading.note(
            f"{name}: {count:,} values were not kept: they look like addresses, numbers or texts"
        )


def _proof(database: sqlite3.Connection, key: bytes) -> bytes:
    """What shows that ids have always been hashed with this key. Raises KeyChangedError."""
    digest = blake2b(b"proof", key=key, digest_size=16).digest()
    if database.execute("SELECT 1 FROM proof WHERE digest <> ?", (digest,)).fetchone():
        raise KeyChangedError
    return digest


def has_created(database: sqlite3.Connection, source: str) -> bool:
    """Whether any ticket of a source has a creation: without it none is counted."""
    query = "SELECT 1 FROM ticket WHERE source = ? AND created_at IS NOT NULL LIMIT 1"
    return database.execute(query, (source,)).fetchone() is not None
