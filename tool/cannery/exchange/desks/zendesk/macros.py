"""Zendesk's macros, read and written through the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.dynamic import DynamicContent
from cannery.exchange.desks.zendesk.languages import Languages
from cannery.exchange.desks.zendesk.macro_files import MacroFiles
from cannery.exchange.desks.zendesk.macro_in import MacroIn
from cannery.exchange.desks.zendesk.macro_out import MacroOut
from cannery.exchange.desks.zendesk.macro_parts import USAGE, MacroReader
from cannery.exchange.desks.zendesk.macro_write import Uses, Wanted, Writer
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.desks.zendesk.paging import Json, answered, number, one, rows
from cannery.exchange.zendesk_dynamic import placeholders_in
from cannery.model.desk import Content, Family, Incoming, Outgoing, Record
from cannery.rest.client import RestError

MACROS = "/api/v2/macros"
_GONE = 404
_NOT_ALLOWED = frozenset({400, 403, 422})  # a sideload that the account's plan has not


class Macros:
    """What keeps macros in Zendesk. Those of one agent alone are theirs, and are left alone."""

    def __init__(self, opening: Opening, numbers: Numbers) -> None:
        self._client, self._address = opening.client, opening.settings.address
        languages = Languages(opening.settings, opening.languages, numbers)
        self._dynamic = DynamicContent(opening.client)
        self._reader = MacroReader(self._dynamic, languages, numbers, opening.default_language)
        files = MacroFiles(opening)
        self._out = MacroOut(opening, languages, numbers, files)
        self._in = MacroIn(opening, numbers)
        self._writer = Writer(opening, self._dynamic, languages, numbers, files)
        self._raw: dict[str, Json] = {}  # by id, as last read
        self._uses: Uses = defaultdict(set)
        self._is_listed = False

    def records(self, since: str = "") -> Iterator[Record]:
        """All macros that a team shares; with `since`, those of them that have changed after it."""
        for raw in self._listed():
            record = self._reader.record(raw, self._address)
            if not since or not record.updated or _time(record.updated) > _time(since):
                yield record

    def read(self, record_id: str) -> Record | None:
        raw = self._fetched(record_id)
        if raw is None or _is_personal(raw):
            self._forget(record_id)
            return None
        self._note(raw)
        for placeholder in placeholders_in(raw):
            self._dynamic.refresh(placeholder)
        return self._reader.record(raw, self._address)

    def outgoing(self, family: Family) -> Outgoing:
        return self._out.outgoing(family)

    def incoming(self, record: Record) -> Incoming:
        return self._in.incoming(record)

    def create(self, parts: Mapping[str, Content]) -> Record:
        self._list()
        raw = self._writer.create(Wanted(parts, parts), self._uses)
        self._note(raw)
        return self._reader.record(raw, self._address)

    def update(self, record: Record, parts: Mapping[str, Content]) -> Record:
        self._list()
        raw = self._raw.get(record.id) or self._required(record.id)
        whole = {**record.parts, **parts}
        wanted = Wanted({name: it for name, it in whole.items() if it is not None}, parts)
        raw = self._writer.update(raw, wanted, self._uses)
        self._note(raw)
        return self._reader.record(raw, self._address)

    def delete(self, record: Record) -> None:
        try:
            self._client.ask("DELETE", f"{MACROS}/{record.id}")
        except RestError as error:
            if error.code != _GONE:
                raise
        raw = self._raw.get(record.id, {})
        self._forget(record.id)
        for placeholder in placeholders_in(raw):
            if not self._uses[placeholder]:
                self._dynamic.drop(placeholder)

    def _list(self) -> None:
        """Know which macro uses what, before an item of dynamic content is taken for free."""
        if not self._is_listed:
            for _ in self._listed():
                pass

    def _listed(self) -> Iterator[Json]:
        for raw in self._pages():
            self._note(raw)
            if not _is_personal(raw):
                yield raw
        self._is_listed = True

    def _pages(self) -> Iterator[Json]:
        """All macros, with how often they were used where the account's plan tells that."""
        listed = rows(self._client, MACROS, "macros", {"include": ",".join(USAGE)})
        try:
            first = next(listed, None)
        except RestError as error:
            if error.code not in _NOT_ALLOWED:
                raise
            yield from rows(self._client, MACROS, "macros")
            return
        if first is not None:
            yield first
            yield from listed

    def _fetched(self, record_id: str) -> Json | None:
        try:
            return one(answered(self._client, "GET", f"{MACROS}/{record_id}"), "macro")
        except RestError as error:
            if error.code != _GONE:
                raise
            return None

    def _required(self, record_id: str) -> Json:
        raw = self._fetched(record_id)
        if raw is None:
            raise RestError(f"the macro {record_id} has gone", "Run it again.", _GONE)
        return raw

    def _note(self, raw: Json) -> None:
        """Remember what a macro is, and which dynamic content it uses."""
        record_id = number(raw)
        self._forget(record_id)
        self._raw[record_id] = raw
        for placeholder in placeholders_in(raw):
            self._uses[placeholder].add(record_id)

    def _forget(self, record_id: str) -> None:
        for placeholder in placeholders_in(self._raw.pop(record_id, {})):
            self._uses[placeholder].discard(record_id)


def _is_personal(raw: Json) -> bool:
    restriction = raw.get("restriction")
    return isinstance(restriction, dict) and restriction.get("type") == "User"


def _time(text: str) -> datetime:
    """A time of ISO 8601. Raises RestError for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise RestError(f"{text} is not a time", "Write it as 2026-01-31T09:00:00Z.") from error
    return found if found.tzinfo else found.astimezone()
