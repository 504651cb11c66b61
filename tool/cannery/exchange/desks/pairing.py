"""Which record is which entry's: as the lock says, else by what both say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cannery.exchange.desks.compare import Ours, Stand
from cannery.exchange.desks.digests import digests
from cannery.exchange.desks.lock import Agreed
from cannery.model.desk import Record
from cannery.model.location import Kind
from cannery.util.plain import one_line
from cannery.util.text import fold_name

_SHORTEST = 5  # letters of an id that is no chance find among the words of a mark

_BODY = "body"  # how the names of parts begin that are texts
_LEAST_TEXT = 16  # characters of a text that two have by no chance


class Pair(NamedTuple):
    """An entry, a record, or both; `agreed` is None if no lock has them.

    `id` is the entry's, empty where there is none. `why` says what keeps them from being taken for
    a pair, or for two.
    """

    id: str
    kind: Kind
    ours: Ours | None = None
    agreed: Agreed | None = None
    record: Record | None = None
    why: str = ""


class Seen(NamedTuple):
    """A record, and the digests of its parts."""

    record: Record
    parts: Mapping[str, str]


def locked_ids(
    ours: Mapping[str, Ours], entries: Mapping[str, Agreed]
) -> tuple[dict[str, Agreed], dict[str, str]]:
    """What is agreed on by the ids that entries have now, and why some of them are no pairs.

    An entry that was renamed since tells its earlier id; of two that one record is said to be of,
    neither is, until somebody has put the lock right.
    """
    renamed = {
        old: entry.id
        for entry in ours.values()
        if entry.id not in entries
        for old in entry.names
        if old in entries and old not in ours
    }
    by_text = _by_text(entry for entry in ours.values() if entry.id not in entries)
    taken = {*renamed.values()}
    for id_, agreed in entries.items():
        if id_ not in ours and id_ not in renamed and agreed.here:
            same = by_text.get((id_.partition("/")[0], *sorted(agreed.here.items())), [])
            if len(same) == 1 and same[0] not in taken:
                renamed[id_] = same[0]
                taken.add(same[0])
    agreed_by_id = {renamed.get(id_, id_): agreed for id_, agreed in entries.items()}
    agreed_by_id |= _moved_beside(ours, agreed_by_id)
    doubled = _doubled(agreed_by_id)
    for ids in doubled:
        there = [id_ for id_ in ids if id_ in ours]
        for id_ in {*ids} - {*(there or ids[:1])}:
            del agreed_by_id[
                id_
            ]  # the file of one of them was deleted since: the other one's it is
    why = "{} have the same record: delete one of them"
    return agreed_by_id, {
        id_: why.format(" and ".join(ids[:3])) for ids in _doubled(agreed_by_id) for id_ in ids
    }


def _moved_beside(ours: Mapping[str, Ours], entries: Mapping[str, Agreed]) -> dict[str, Agreed]:
    """Entries that were renamed, while their earlier id has a file again: both are of one record.

    Git makes that of a move and of what somebody else has written in the old place. Either may be
    the one that the lock has. An entry that was retired in favour of another one is no such file.
    """
    pairs = (
        (entry.id, old)
        for entry in ours.values()
        if entry.stand is Stand.OUT
        for old in entry.names
        if old in ours and ours[old].stand is Stand.OUT
    )
    return {
        one: entries[other]
        for pair in pairs
        for one, other in (pair, pair[::-1])
        if one not in entries and other in entries
    }


def _by_text(entries: Iterable[Ours]) -> dict[tuple[object, ...], list[str]]:
    """The entries that no lock has, by the texts of their files."""
    found: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for entry in entries:
        found[(entry.id.partition("/")[0], *sorted(entry.here.items()))].append(entry.id)
    return found


def _doubled(entries: Mapping[str, Agreed]) -> list[list[str]]:
    """The ids of entries that are said to have one record."""
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, agreed in entries.items():
        owners[id_.partition("/")[0], agreed.record].append(id_)
    return [sorted(ids) for ids in owners.values() if len(ids) > 1]


Records = set[tuple[Kind, str]]  # the kinds and ids of records


def matched(free: Iterable[Ours], unknown: Iterable[Seen]) -> tuple[list[Pair], Records]:
    """Pairs of what no lock has: by what it was imported from, all it says, its title, its text.

    With the records that are in one. Where several could be meant, `why` tells.
    """
    return _Matching([*free], [*unknown]).run()


class _Matching:
    """The entries and records that are not paired yet."""

    def __init__(self, free: list[Ours], unknown: list[Seen]) -> None:
        self.free = {entry.id: entry for entry in free if entry.stand is not Stand.FAULTY}
        self.unknown = {(seen.record.kind, seen.record.id): seen for seen in unknown}
        self.pairs: list[Pair] = []
        self.taken: Records = set()

    def run(self) -> tuple[list[Pair], Records]:
        self._by_marks()
        self._by_all()
        self._by_title()
        self._by_body()
        return self.pairs, self.taken

    def _take(self, entry: Ours, seen: Seen, why: str = "") -> None:
        self.free.pop(entry.id, None)
        self.unknown.pop((seen.record.kind, seen.record.id), None)
        self.taken.add((seen.record.kind, seen.record.id))
        self.pairs.append(Pair(entry.id, entry.kind, entry, None, seen.record, why))

    def _by_marks(self) -> None:
        by_record: dict[tuple[Kind, str], list[Ours]] = defaultdict(list)
        for entry in self.free.values():
            for word in {word for mark in entry.marks for word in mark.split(" ")}:
                if (entry.kind, word) in self.unknown:
                    by_record[entry.kind, word].append(entry)
        owners = defaultdict(list)
        for key, entries in by_record.items():
            for entry in entries:
                owners[entry.id].append(key)
        for key, entries in by_record.items():
            if len(entries) == 1 and len(owners[entries[0].id]) == 1:
                seen = self.unknown[key]
                if len(key[1]) >= _SHORTEST or _title(entries[0].title) == _title(
                    seen.record.title
                ):
                    self._take(entries[0], seen)

    def _by_all(self) -> None:
        by_text: dict[tuple[object, ...], list[Ours]] = defaultdict(list)
        for entry in self.free.values():
            if entry.stand is Stand.OUT:
                by_text[entry.kind, _title(entry.title)].append(entry)
        for seen in [*self.unknown.values()]:
            key = seen.record.kind, _title(seen.record.title)
            same = [
                entry
                for entry in by_text.get(key, ())
                if entry.id in self.free and entry.parts.items() <= seen.parts.items()
            ]
            if len(same) == 1:
                self._take(same[0], seen)

    def _by_title(self) -> None:
        ours: dict[tuple[Kind, str], list[Ours]] = defaultdict(list)
        theirs: dict[tuple[Kind, str], list[Seen]] = defaultdict(list)
        for entry in self.free.values():
            ours[entry.kind, _title(entry.title)].append(entry)
        for seen in self.unknown.values():
            theirs[seen.record.kind, _title(seen.record.title)].append(seen)
        for key in [*ours]:
            if key not in theirs:
                continue
            entries, records = ours[key], theirs[key]
            why = "" if len(entries) == len(records) == 1 else _several(entries, records)
            for entry, seen in zip(entries, records, strict=False):
                self._take(entry, seen, why)
            for entry in entries[len(records) :]:
                self.free.pop(entry.id)
                self.pairs.append(Pair(entry.id, entry.kind, entry, None, None, why))
            for seen in records[len(entries) :]:
                self.taken.add((seen.record.kind, seen.record.id))
                self.pairs.append(Pair("", seen.record.kind, None, None, seen.record, why))

    def _by_body(self) -> None:
        """Pairs of what has another title by now, and a text that no other has.

        Two people may have pushed one new entry, of which neither has the other's lock yet.
        """
        ours: dict[tuple[Kind, object], list[Ours]] = defaultdict(list)
        theirs: dict[tuple[Kind, object], list[Seen]] = defaultdict(list)
        for entry in self.free.values():
            if entry.stand is Stand.OUT:
                ours[entry.kind, _texts(entry.parts)].append(entry)
        for seen in self.unknown.values():
            if _length(seen.record) >= _LEAST_TEXT:
                theirs[seen.record.kind, _texts(seen.parts)].append(seen)
        for key, entries in ours.items():
            if len(entries) == len(records := theirs.get(key, [])) == 1:
                self._take(entries[0], records[0])


def _texts(parts: Mapping[str, str]) -> object:
    return frozenset((name, it) for name, it in parts.items() if name.startswith(_BODY))


def _length(record: Record) -> int:
    return sum(len(str(it)) for name, it in record.parts.items() if it and name.startswith(_BODY))


def _title(title: str) -> str:
    return fold_name(title)


def _several(entries: list[Ours], records: list[Seen]) -> str:
    title = one_line(records[0].record.title)[:80]
    here, there = len(entries), len(records)
    return f"{there} records there and {here} entries here are called {title}"


def seen_of(record: Record) -> Seen:
    return Seen(record, digests(record.parts))
