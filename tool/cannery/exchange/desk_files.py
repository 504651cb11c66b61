"""Files of a help desk, record by record, each once; one that can't be read costs a loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from cannery.exchange.csv_records import csv_records
from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.json_records import Document, Placed, looks_like_json, read_json
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.loss import Loss
from cannery.util.plain import one_line

_TABLES = ("csv", "tsv")
_LOOKED_AT = 50  # records that tell what a file is

Json = Mapping[str, object]


class Record(NamedTuple):
    """A record of a desk, and where it stands."""

    path: str
    line: int
    value: Json

    @property
    def id(self) -> str:
        """What the desk calls it for good; empty if nothing does."""
        found = self.value.get("id")
        return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""

    @property
    def key(self) -> tuple[str, bool]:
        """Its id, among the replies or among the macros, which count on their own."""
        return self.id, "actions" in self.value or "perform" in self.value

    @property
    def name(self) -> str:
        """What a loss calls it."""
        for key in ("title", "name", "short_code"):
            if isinstance(found := self.value.get(key), str) and found.strip():
                return one_line(found)[:60]
        return self.id or "a record"


def _nothing(_: Json) -> bool:
    return False


class DeskFormat(NamedTuple):
    """How a desk's JSON is read: `keys` are the names of its lists, empty for the file's own.

    `is_reply` tells a record that is a reply, and `replies` makes it ours: one, or one a language.
    `is_needed` tells one that is none, and that says something of those that are. `row` makes a
    record of a row of CSV.
    """

    keys: tuple[str, ...]
    dialect: Dialect
    is_reply: Callable[[Json], bool]
    replies: Callable[[DeskReply], Sequence[CannedReply]]
    is_needed: Callable[[Json], bool] = _nothing
    row: Callable[[Json], Json] = dict


def document(file: SourceFile, desk: DeskFormat) -> Document:
    """A file as JSON, or as CSV, of which each row is an object. Raises UnreadableError."""
    text = file.text
    if file.ending not in _TABLES:
        return read_json(text) if looks_like_json(text) else Document()
    rows = [(line, row) for line, row in csv_records(text) if isinstance(row, dict)]
    return Document({}, [Placed(line, desk.row(row)) for line, row in rows])


def recognizes(file: SourceFile, desk: DeskFormat) -> bool:
    """Whether the first records of a file have a reply of the desk, or what its replies need."""
    try:
        records = islice(document(file, desk).records(*desk.keys), _LOOKED_AT)
    except UnreadableError:
        return False
    return any(desk.is_reply(value) or desk.is_needed(value) for _, value in records)


def needed(files: Sequence[SourceFile], desk: DeskFormat) -> Iterator[Json]:
    """What the replies of some files need, such as the folders that they are in."""
    for file in files:
        with suppress(UnreadableError):
            for _, value in document(file, desk).records(*desk.keys):
                if desk.is_needed(value):
                    yield value


def read_desk(files: Sequence[SourceFile], desk: DeskFormat) -> Imported:
    """All replies in the files of a desk."""
    losses = []
    records = []
    for file in files:
        try:
            placed = document(file, desk).records(*desk.keys)
        except UnreadableError as error:
            losses.append(Loss(file.path, error.line, file.name, str(error)))
            continue
        for line, value in placed:
            record = Record(file.path, line, value)
            if desk.is_reply(value):
                records.append(record)
            elif not desk.is_needed(value) and not _is_around(value, desk.keys):
                losses.append(Loss(file.path, line, record.name, "no reply of this program"))
    made = read_records(records, desk)
    return Imported(made.replies, (*losses, *made.losses))


def _is_around(value: Json, keys: Sequence[str]) -> bool:
    """Whether an object only holds others, as what an API answers does."""
    return any(isinstance(value.get(key), list | dict) for key in keys if key)


def read_records(records: Sequence[Record], desk: DeskFormat) -> Imported:
    """The replies of records, each once; one that can't be read costs a loss."""
    replies: list[CannedReply] = []
    losses: list[Loss] = []
    seen: dict[tuple[str, bool], Json] = {}
    for record in records:
        first = seen.setdefault(record.key, record.value) if record.id else record.value
        if first is not record.value:
            if first != record.value:
                why = f"another record has its id {record.id[:40]}"
                losses.append(Loss(record.path, record.line, record.name, why))
            continue
        reading = DeskReply(record.path, record.line, record.value, desk.dialect)
        try:
            replies += desk.replies(reading)
        except UnreadableError as error:
            losses += [Loss(record.path, record.line, record.name, str(error)), *reading.losses]
    return Imported(tuple(replies), tuple(losses))
