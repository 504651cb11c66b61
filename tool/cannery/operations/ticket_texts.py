"""Subject lines of tickets, where an import was asked for them: masked, and no longer than memory.

They stand in a file of their own, beside the database, by what stands for the ticket there: the
file can be deleted at any time, and takes nothing else along.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from cannery.errors import ContentError, UsageError, without_errno
from cannery.insight.entry_events import answered_tickets
from cannery.model.ticket_event import EventKind, Extent, TicketRecord
from cannery.operations.insight_store import events_if_any
from cannery.operations.search_words import masked_words
from cannery.util import dated_lines, trust
from cannery.util.atomic import locked
from cannery.util.dated import DAY
from cannery.util.tidy import TICKET_TEXTS
from cannery.workspace import Workspace

_T = TypeVar("_T")
_MAX_KEPT = 200_000  # tickets, the latest ones


class TicketText(NamedTuple):
    """What a ticket that came at `time` (seconds) is about; `ticket` is what stands for it."""

    time: int
    ticket: str
    text: str


class TextsOnTheWay:
    """Notes the subject lines of records that pass, and keeps them at the end.

    Those of tickets that are gone go as well: whoever had one deleted meant its words, too.
    """

    def __init__(self, workspace: Workspace, key_of: Callable[[str], bytes]) -> None:
        if not workspace.memory_days:
            hint = "Set it to the number of days that subject lines may be kept."
            raise UsageError("days under [memory] is 0: no texts may be kept", hint)
        self._workspace, self._key_of = workspace, key_of
        self._since = time.time() - workspace.memory_days * DAY
        self._texts: dict[str, TicketText] = {}
        self._gone: set[str] = set()

    def passing(self, records: Iterable[_T]) -> Iterator[_T]:
        """The records, as they are."""
        for record in records:
            if isinstance(record, TicketRecord):
                if record.extent is Extent.WHOLE and not record.events:
                    self._gone.add(self._key_of(record.ticket).hex())
                elif record.text:
                    self._note(record)
            yield record

    def _note(self, record: TicketRecord) -> None:
        created = [event.at for event in record.events if event.kind is EventKind.CREATED]
        subject = record.text.strip().split("\n", 1)[0]
        if created and self._since < created[0] <= time.time() and (text := masked_words(subject)):
            key = self._key_of(record.ticket).hex()
            self._texts[key] = TicketText(created[0], key, text)

    def keep(self) -> None:
        """Write them beside those of earlier imports. Raises ContentError."""
        path = self._workspace.state / TICKET_TEXTS
        try:
            trust.make(path.parent)
            self._write(path)
        except OSError as error:
            text = f"subject lines can't be kept: {without_errno(str(error))}"
            hint = "All else was imported. Check the folder and its disk."
            raise ContentError(text, hint) from error

    def _write(self, path: Path) -> None:
        with locked(path):
            known = {one.ticket: one for one in _kept(path)} | self._texts
            rows = sorted(row for key, row in known.items() if key not in self._gone)[-_MAX_KEPT:]
            dated_lines.write(path, (row._asdict() for row in rows))


def unlinked(workspace: Workspace) -> list[TicketText]:
    """The texts of tickets in which no entry was linked or used. Raises ContentError."""
    texts: list[TicketText] = []
    with contextlib.suppress(OSError):  # a convenience, as the rest of the memory
        trust.refuse(workspace.state)
        texts = [*_kept(workspace.state / TICKET_TEXTS)]
    if not texts:
        return []
    with events_if_any(workspace) as database:
        since = min(one.time for one in texts)
        answered = answered_tickets(database, since) if database else frozenset()
    return [one for one in texts if one.ticket not in answered]


def _kept(path: Path) -> Iterator[TicketText]:
    with contextlib.suppress(FileNotFoundError):
        for row in dated_lines.rows(path):
            match row:
                case {"time": int() as at, "ticket": str() as ticket, "text": str() as text}:
                    yield TicketText(at, ticket, text)
