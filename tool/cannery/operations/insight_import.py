"""Events of tickets come in: from a file, or from a desk that is asked."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from cannery.errors import ContentError, NotFoundError
from cannery.insight import store
from cannery.insight.pseudonyms import Pseudonymizer
from cannery.insight.sources import table
from cannery.insight.sources.links import at_desk
from cannery.insight.sources.source import Checkpoint, Options, Reading
from cannery.model.event import Listener, Remark, ignore
from cannery.model.ticket_event import TicketRecord
from cannery.operations.desk_connect import open_desk
from cannery.operations.desk_settings import find_desk
from cannery.operations.entry_names import EntryNames, current_names
from cannery.operations.insight_sent import add_sent
from cannery.operations.insight_store import EVENTS, KEY, events
from cannery.util.lock import alone
from cannery.workspace import Workspace

if TYPE_CHECKING:
    from cannery.operations.ticket_texts import TextsOnTheWay

_LOCK = "insight.lock"
_NOTHING = "Nothing was imported."


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is imported: a file, or a desk of kb.toml. `name`: the source that its tickets are of.

    Tickets of one source have ids of their own; without a name it is the desk's or the format's.
    `has_texts`: their subject lines are kept, masked, beside the database.
    `columns` are added to those of kb.toml; with `is_dry` nothing is kept.
    """

    source: str
    name: str = ""
    columns: Mapping[str, str] | None = None
    has_texts: bool = False
    is_dry: bool = False


class Imported(NamedTuple):
    """What came in of a source, and what there is to tell of it."""

    name: str
    added: store.Added
    reading: Reading


def import_events(
    workspace: Workspace, request: ImportRequest, listener: Listener = ignore
) -> Imported:
    """Read a file, or ask a desk. Raises CanneryError."""
    settings = workspace.settings.insight
    names = current_names(workspace)
    options = Options(
        {**settings.columns, **(request.columns or {})},
        ZoneInfo(settings.time_zone),
        request.has_texts,
        fields=settings.fields,
        statuses=settings.statuses,
        entry_at=lambda address: names.entry_of(address) or at_desk(address),
        listener=listener,
    )
    with events(workspace) as database, _alone(workspace, listener):
        trip = _Trip(workspace, request, options, database, names)
        if request.source in workspace.settings.desks and not Path(request.source).is_file():
            return trip.ask_desk()
        return trip.read_file(Path(request.source))


class _Trip(NamedTuple):
    """An import, with what all of it needs."""

    workspace: Workspace
    request: ImportRequest
    options: Options
    database: sqlite3.Connection
    names: EntryNames

    def read_file(self, path: Path) -> Imported:
        try:
            source = table.source_of(path)
            records = source.records(path, self.options)
            return self._keep(self.request.name or source.name, records)
        except FileNotFoundError as error:
            raise NotFoundError(f"file not found: {path}", self._what_else()) from error
        except OSError as error:
            raise ContentError(f"{path}: {error.strerror}", _NOTHING) from error
        except (ValueError, csv.Error) as error:
            raise ContentError(f"{path}: {error}", _NOTHING) from error

    def ask_desk(self) -> Imported:
        name, listener = self.request.source, self.options.listener
        desk, _ = find_desk(self.workspace, name)
        source = table.DESKS.get(desk.kind)
        if source is None:
            hint = "Export its tickets to a file, and run `kb insight import FILE`."
            raise ContentError(f"desks of kind {desk.kind} are not asked for tickets", hint)
        with open_desk(self.workspace, name, listener) as connection:
            cursor = store.cursor_of(self.database, name)
            options = replace(self.options, desk=desk)
            return self._keep(name, source.records(connection.opening.client, cursor, options))

    def _keep(self, name: str, records: Iterable[TicketRecord | Checkpoint]) -> Imported:
        reading = self.options.reading
        is_dry = self.request.is_dry
        arrival = store.Arrival(self.names.entry_of, is_dry=is_dry, reading=reading)
        key = self._key()
        texts = self._texts(name, key)
        try:
            passing = texts.passing(records) if texts else records
            added = store.add(self.database, name, passing, key, arrival)
            if not is_dry:
                add_sent(self.workspace, self.database, key)
                self._tell_parts_alone(name, added)
            if texts and not is_dry:
                texts.keep()
            return Imported(name, added, reading)
        except store.OtherTicketsError as error:
            raise ContentError(
                f"most of these tickets are known in {name}, and were created at other times",
                "Are they of another desk? Then name it: --source NAME. If time_zone or created_at"
                " in kb.toml was changed, delete the database that `kb doctor` names, and import"
                " all again.",
            ) from error
        except store.KeyChangedError as error:
            folder = self.workspace.state
            raise ContentError(
                f"{folder / KEY} is not the key that ids in {EVENTS} were hashed with",
                f"Restore the key; or move both files away from {folder}, and import all again.",
            ) from error

    def _tell_parts_alone(self, name: str, added: store.Added) -> None:
        """That what came in belongs to tickets of which the creation is not known: none counts."""
        if added.counts["added"] and not store.has_created(self.database, name):
            self.options.reading.note(
                f"No ticket of {name} is known to be created: import the tickets, too"
            )

    def _texts(self, name: str, key: bytes) -> TextsOnTheWay | None:
        """What keeps subject lines, where they were asked for."""
        if not self.request.has_texts:
            return None
        from cannery.operations.ticket_texts import TextsOnTheWay

        return TextsOnTheWay(self.workspace, Pseudonymizer(name, key).ticket_key)

    def _key(self) -> bytes:
        path = self.workspace.state / KEY
        try:
            return store.local_key(path)
        except ValueError as error:
            hint = f"Restore it; or move it and {EVENTS} away, and import all again."
            raise ContentError(f"{path}: {error}", hint) from error

    def _what_else(self) -> str:
        desks = ", ".join([*self.workspace.settings.desks][:10])
        return f"Name a file, or a desk of kb.toml: {desks or 'it has none'}."


def _alone(workspace: Workspace, listener: Listener) -> AbstractContextManager[None]:
    def waiting(who: str) -> None:
        listener(Remark(f"Waiting for {who}."))

    return alone(workspace.state / _LOCK, "insight import", waiting)
