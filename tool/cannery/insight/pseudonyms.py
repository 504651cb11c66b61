"""What comes into the database of a record: nothing that tells who a customer or an agent is."""

from __future__ import annotations

import marshal
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from cannery.model.ticket_event import (
    DIMENSIONS,
    PAUSES,
    SCALE_WORDS,
    EventKind,
    Extent,
    TicketEvent,
    TicketRecord,
)
from cannery.util.unmasked import unmasked

ATTRIBUTES = DIMENSIONS[1:]  # the source is not the record's to tell
_HASH_BYTES, _IMPRINT_BYTES = 12, 7  # an imprint is a positive integer of SQLite's
_MARSHAL = 2
_REMEMBERED = 65_536
_LONGEST = 60  # characters of an attribute; what is longer is a text
# A token: letters of both cases with digits, or without an end.
_KEY = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z]{0,40}[0-9])[A-Za-z0-9]{20}|[A-Za-z0-9]{32}")
_MOST_DIGITS = 6  # what has more may be somebody's number
SKEW = 60  # seconds that a desk's own times may contradict each other by
_Entry = Callable[[str], str]
_Event = tuple[int, int, str, bytes, float | None]


class Row(NamedTuple):
    """A record as it is kept. `attributes` has None for what isn't told."""

    key: bytes
    extent: Extent
    created_at: int | None
    updated_at: int
    latest_at: int
    imprint: int
    attributes: tuple[str | None, ...]
    events: tuple[_Event, ...]


class Pseudonymizer:
    """Lets records of a source in, without what they tell of people.

    `entry_of` gives the entry of the knowledge base that the id or address of a macro or article
    stands for, empty for none: that is hashed.
    `refused` counts attributes that weren't let in, by their names.
    """

    def __init__(self, source: str, key: bytes, entry_of: _Entry = lambda _: "") -> None:
        self._source, self._key, self._entry_of = source, key, entry_of
        # Few agents and macros stand in most events: to look one up is a fifth of hashing it.
        self._actor = lru_cache(_REMEMBERED)(self._hashed)
        self._detail = lru_cache(_REMEMBERED)(self._detail_of)
        self.refused: Counter[str] = Counter()

    def ticket_key(self, ticket: str) -> bytes:
        """What stands for a ticket, by the desk's id of it."""
        return self._hashed(f"{self._source}\0{ticket}")

    def row(self, record: TicketRecord) -> Row:
        """What is kept of a record. Raises ValueError for times that contradict each other."""
        events = tuple(sorted(self._event(event) for event in _in_order(record)))
        attributes = tuple(self._attribute(record, name) for name in ATTRIBUTES)
        latest = max((event.at for event in record.events), default=0)
        return Row(
            self.ticket_key(record.ticket),
            record.extent,
            _created(record),
            record.updated_at or (latest if record.extent is Extent.ADDED else 0),
            max(latest, record.updated_at),
            _imprint(events, attributes),
            attributes,
            events,
        )

    def _event(self, event: TicketEvent) -> _Event:
        actor = self._actor(event.actor) if event.actor else b""
        detail = self._detail(event.kind, event.detail) if event.detail else ""
        return event.at, event.kind.value, detail, actor, event.value

    def _detail_of(self, kind: EventKind, detail: str) -> str:
        """Of words that are known, or hashed, or empty."""
        if kind is EventKind.PAUSED:
            return detail if detail in PAUSES else "other"
        if kind in (EventKind.RATED, EventKind.OFFERED):
            return detail if _is_scale(detail) else self.mark(detail)
        if kind in (EventKind.MACRO, EventKind.LINKED):
            return self._entry_of(detail) or self.mark(detail)
        return self.mark(detail) if kind is EventKind.ASSIGNED else ""

    def _attribute(self, record: TicketRecord, name: str) -> str | None:
        value = record.attributes.get(name)
        if value is None:
            return None
        kept = as_attribute(value)
        if kept is None:
            self.refused[name] += 1
        return kept or ""

    def mark(self, text: str) -> str:
        """What stands for a detail that is kept in no other way."""
        return f"#{self._hashed(text).hex()}"

    def _hashed(self, text: str) -> bytes:
        data = text.encode("utf-8", "surrogatepass")
        return blake2b(data, key=self._key, digest_size=_HASH_BYTES).digest()


def _is_scale(name: str) -> bool:
    words = name.split("-") if len(name) <= _LONGEST else [""]
    return all(word in SCALE_WORDS or (word.isdecimal() and len(word) <= 3) for word in words)  # noqa: PLR2004 - digits


@lru_cache(65_536)
def as_attribute(value: str) -> str | None:
    """A word or two that many tickets share; None for what may be somebody's name or words.

    An address, a number of a phone or of a customer, a text.
    """
    if len(value) > 4 * _LONGEST:
        return None
    plain = " ".join(unicodedata.normalize("NFC", value).split())
    read = unmasked(plain)
    digits = sum(sign.isdigit() for sign in read)
    if len(plain) > _LONGEST or digits > _MOST_DIGITS or "@" in read or _KEY.search(read):
        return None
    return plain if plain.isprintable() else None


def _created(record: TicketRecord) -> int | None:
    times = (event.at for event in record.events if event.kind is EventKind.CREATED)
    return min(times, default=None)


def _in_order(record: TicketRecord) -> Sequence[TicketEvent]:
    """The events, none before the ticket was opened but for the skew of a desk's clocks."""
    created = _created(record)
    if created is None or all(event.at >= created for event in record.events):
        return record.events
    for event in record.events:
        if event.at < created - SKEW:
            raise ValueError(f"{event.kind.name.lower()} before it was created")
    return [event if event.at >= created else replace(event, at=created) for event in record.events]


def _imprint(events: tuple[_Event, ...], attributes: tuple[str | None, ...]) -> int:
    # A fifth of the time of `repr`, in a format without references to what is there once.
    data = marshal.dumps((events, attributes), _MARSHAL)
    return int.from_bytes(blake2b(data, digest_size=_IMPRINT_BYTES).digest())
