"""Files of a help desk, record by record, each once; one that can't be read costs a loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.json_records import Document, looks_like_json, read_json
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.loss import Loss
from cannery.util.plain import one_line

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
    `is_needed` tells one that is none, and that says something of those that are.
    """

    keys: tuple[str, ...]
    dialect: Dialect
    is_reply: Callable[[Json], bool]
    replies: Callable[[DeskReply], Sequence[CannedReply]]
    is_needed: Callable[[Json], bool] = _nothing


def documents(files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, Document | Loss]]:
    """Each file as JSON, or the loss that it is none."""
    for file in files:
        try:
            yield file, read_json(file.text)
        except UnreadableError as error:
            yield file, Loss(file.path, error.line, file.name, str(error))


def recognizes(file: SourceFile, desk: DeskFormat) -> bool:
    """Whether the first records of a file have a reply of the desk, or what its replies need."""
    try:
        document = read_json(file.text) if looks_like_json(file.text) else Document()
    except UnreadableError:
        return False
    records = islice(document.records(*desk.keys), _LOOKED_AT)
    return any(desk.is_reply(value) or desk.is_needed(value) for _, value in records)


def needed(files: Sequence[SourceFile], desk: DeskFormat) -> Iterator[Json]:
    """What the replies of some files need, such as the folders that they are in."""
    for _, found in documents(files):
        for _, value in found.records(*desk.keys) if isinstance(found, Document) else ():
            if desk.is_needed(value):
                yield value


def read_desk(files: Sequence[SourceFile], desk: DeskFormat) -> Imported:
    """All replies in the files of a desk."""
    losses = []
    records = []
    for file, found in documents(files):
        if isinstance(found, Loss):
            losses.append(found)
            continue
        placed = found.records(*desk.keys)
        records += [Record(file.path, line, value) for line, value in placed]
    made = read_records([one for one in records if desk.is_reply(one.value)], desk)
    return Imported(made.replies, (*losses, *made.losses))


def read_records(records: Sequence[Record], desk: DeskFormat) -> Imported:
    """The replies of records, each once; one that can't be read costs a loss."""
    replies: list[CannedReply] = []
    losses: list[Loss] = []
    seen: dict[str, Json] = {}
    for record in records:
        first = seen.setdefault(record.id, record.value) if record.id else record.value
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
