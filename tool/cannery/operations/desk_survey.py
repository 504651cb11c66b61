"""How the knowledge base and a desk stand to each other: both read once, side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cannery.errors import ContentError
from cannery.exchange.desks.compare import (
    ACTIVE,
    OFF,
    Comparison,
    Ours,
    Stand,
    State,
    compare,
    state_of,
    state_without_entry,
    state_without_record,
)
from cannery.exchange.desks.digests import digests
from cannery.exchange.desks.lock import Agreed
from cannery.exchange.desks.pairing import Pair, Seen, locked_ids, matched, seen_of
from cannery.exchange.desks.unkept import why_unkept
from cannery.model.desk import Record
from cannery.model.event import Listener, Progress, ignore
from cannery.model.location import Kind
from cannery.operations.desk_first import first_agreed, once_agreed
from cannery.operations.desk_outgoing import all_ours
from cannery.operations.desk_work import Work
from cannery.util.plain import one_line
from cannery.util.text import fold_name

Entries = Mapping[str, Agreed]
_MOST = 100_000  # records of one kind that are compared at once
_TWINS = "{} and {} have the same title: rename one, or delete it"
_DELETED_THERE = "it was deleted at the desk, and you have edited it"
_DELETED_HERE = "it was edited at the desk, and you have deleted it"
_IN_USE = "it is retired here and in use at the desk: deactivate it there, or publish it"
_UNKNOWN = "both sides say something else, and no earlier version tells which is newer"


class Item(NamedTuple):
    """An entry, a record, or both, and how they stand to each other.

    `id` is the entry's, empty for a record that is new. `here` and `there` are the parts that were
    changed on one side. `agreed` is what is agreed on, as of now. `why` says more of the state.
    `is_of_words`: a conflict that merging the texts may make smaller.
    """

    id: str
    kind: Kind
    state: State
    title: str
    record: Record | None = None
    agreed: Agreed | None = None
    ours: Ours | None = None
    here: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    why: str = ""
    is_of_words: bool = False

    @property
    def name(self) -> str:
        """What a user calls it by."""
        if self.id or self.record is None:
            return self.id or self.title
        return f"{one_line(self.title)} ({self.record.id})"


@dataclass(slots=True)
class Survey:
    """What was found. `items` are all but those that are the same, of which `same` is the number.

    `stale` has what is agreed on and the lock does not say, None for nothing any more. `usage` are
    the desk's counts by entry. `is_full` is False for a look at what was changed lately, which
    sees no deletions.
    """

    work: Work
    is_full: bool
    items: list[Item] = field(default_factory=list)
    same: int = 0
    stale: dict[str, Agreed | None] = field(default_factory=dict)
    usage: dict[str, Mapping[str, int]] = field(default_factory=dict)


def survey(work: Work, since: str = "", listener: Listener = ignore) -> Survey:
    """Compare all entries that go to a desk with all of its records, or those changed `since`.

    Raises RestError where the desk can't be read, and then nothing is known.
    """
    found = Survey(work, not since)
    locked = work.known.lock.entries
    ours = all_ours(work, listener)
    agreed, doubled = locked_ids(ours, locked)
    _note_moves(found, locked, agreed, doubled)
    by_record = {(_kind_of(id_), one.record): id_ for id_, one in agreed.items()}
    left = {id_: one for id_, one in agreed.items() if _kind_of(id_) in work.kinds}
    unknown: list[Seen] = []
    for record in _listed(work, since, listener):
        id_ = by_record.get((record.kind, record.id))
        if why := why_unkept(record):
            item = Item(id_ or "", record.kind, State.STAYS, record.title, record, why=why)
            found.items.append(item)
            left.pop(item.id, None)
        elif id_ is None:
            unknown.append(seen_of(record))
        elif id_ in left:
            item = _item(id_, ours.get(id_), left.pop(id_), record)
            _known_pair(found, item._replace(why=doubled.get(id_, "")))
    for id_, one in left.items():
        item = _item(id_, ours.get(id_), one, None)
        _without_record(found, item._replace(why=doubled.get(id_, "")))
    free = [one for one in ours.values() if one.id not in agreed]
    _unlocked(found, free, unknown, {_named(ours[id_]): id_ for id_ in agreed if id_ in ours})
    found.items.sort(key=lambda item: (item.kind, item.id or "\uffff", item.title))
    return found


def _kind_of(id_: str) -> Kind:
    return Kind.MACRO if id_.startswith("macros/") else Kind.ARTICLE


def _listed(work: Work, since: str, listener: Listener) -> Iterator[Record]:
    """The records of a desk; a record that a page tells twice comes once."""
    for kind in work.kinds:
        expected = sum(_kind_of(id_) is kind for id_ in work.known.lock.entries)
        told: set[str] = set()
        step = f"Reading {kind.value}s of {work.name}"
        for record in work.desk.records(kind, since):
            if record.id in told:
                continue
            told.add(record.id)
            if len(told) > _MOST:
                message = f"{work.name} has more than {_MOST:,} {kind.value}s"
                raise ContentError(message, "Look at what was changed lately, with --since.")
            yield record
            listener(Progress(step, len(told), max(expected, len(told) + 1)))
        listener(Progress(step, len(told), len(told)))


def _note_moves(found: Survey, locked: Entries, agreed: Entries, doubled: Collection[str]) -> None:
    """Entries that were renamed have another line in the lock, unless two claim one record."""
    for id_, one in agreed.items():
        if id_ not in locked and id_ not in doubled:
            found.stale[id_] = one
    found.stale.update((id_, None) for id_ in locked if id_ not in agreed)


def _item(id_: str, ours: Ours | None, agreed: Agreed, record: Record | None) -> Item:
    """What the lock has of an entry, with what there is of it now."""
    title = ours.title if ours else record.title if record else id_
    return Item(id_, _kind_of(id_), State.CONFLICT, title, record, agreed, ours)


def _known_pair(found: Survey, item: Item) -> None:
    """Take an entry's record, which was told; `why` is what is wrong with the lock."""
    ours, record, agreed = item.ours, item.record, item.agreed
    if record is None or agreed is None:
        return
    seen = digests(record.parts)
    if record.usage:
        found.usage[item.id] = record.usage
    if item.why:
        found.items.append(item)
    elif ours is None:
        state = state_without_entry(agreed, seen)
        told = _DELETED_HERE if state is State.CONFLICT else ""
        if state is State.INACTIVE and seen != agreed.there:  # somebody has deactivated it there
            agreed = agreed._replace(sent={**agreed.sent, ACTIVE: OFF}, there=seen)
            found.stale[item.id] = agreed
        found.items.append(item._replace(state=state, agreed=agreed, why=told))
    elif ours.stand is Stand.FAULTY:
        found.items.append(item._replace(state=State.STAYS, why=ours.why))
    else:
        _compared(found, item, compare(agreed, ours.wanted(agreed), seen))


def _compared(found: Survey, item: Item, comparison: Comparison) -> None:
    """Take an entry and its record as they compare; those that are the same are let go of."""
    ours, record = item.ours, item.record
    stays = ours is not None and ours.stand is not Stand.OUT
    state = state_of(comparison, is_active=not (stays and record and _is_off(record)))
    may_stay = ours is not None and ours.is_theirs(comparison.agreed)
    if state is State.SAME and stays and record and ACTIVE not in record.parts and not may_stay:
        state = State.GONE_HERE  # the desk can't deactivate it
    if comparison.agreed != item.agreed:
        found.stale[item.id] = comparison.agreed
    if state is State.SAME:
        found.same += 1
        return
    why = ours.why or ours.stand.value if ours and stays else ""
    found.items.append(
        item._replace(
            state=state,
            agreed=comparison.agreed,
            here=comparison.here,
            there=comparison.there,
            why=why,
        )
    )


def _is_off(record: Record) -> bool:
    return record.parts.get(ACTIVE) is False


def _without_record(found: Survey, item: Item) -> None:
    """Take an entry whose record was not told: it has gone, or was not changed lately."""
    ours, agreed = item.ours, item.agreed
    if agreed is None:
        return
    if item.why:
        found.items.append(item)
    elif ours is not None and ours.stand is Stand.FAULTY:
        found.items.append(item._replace(state=State.STAYS, why=ours.why))
    elif not found.is_full:
        _not_listed(found, item, agreed)
    elif ours is None or (state := state_without_record(ours, agreed)) is State.STAYS:
        found.stale[item.id] = None
    else:
        told = _DELETED_THERE if state is State.CONFLICT else ""
        found.items.append(item._replace(state=state, why=told))


def _not_listed(found: Survey, item: Item, agreed: Agreed) -> None:
    """Take an entry whose record was not changed lately, or is deleted: nothing tells."""
    if item.ours is None:
        if agreed.there.get(ACTIVE) != OFF:
            found.items.append(item._replace(state=State.GONE_HERE))
        return
    comparison = compare(agreed, item.ours.wanted(agreed), agreed.there)
    _compared(found, item, comparison)


def _named(ours: Ours) -> tuple[str, str]:
    """What two entries may not share: their section, and the title that the desk shows."""
    return ours.id.rpartition("/")[0], fold_name(ours.title)


def _unlocked(
    found: Survey,
    free: Sequence[Ours],
    unknown: Sequence[Seen],
    known: Mapping[tuple[str, str], str],
) -> None:
    """Take the entries and records that no lock has; `known` are those that it has, by name."""
    pairs, taken = matched(free, unknown)
    for pair in pairs:
        _new_pair(found, pair)
    paired = {pair.id for pair in pairs}
    for ours in free:
        if ours.id not in paired:
            _only_here(found, ours, known.get(_named(ours), ""))
    for seen in unknown:
        record = seen.record
        if (record.kind, record.id) not in taken:
            is_over = _is_off(record) and record.kind is Kind.MACRO  # an article may be a draft
            state = State.INACTIVE if is_over else State.NEW_THERE
            found.items.append(Item("", record.kind, state, record.title, record))


def _new_pair(found: Survey, pair: Pair) -> None:
    ours, record = pair.ours, pair.record
    title = record.title if record else ours.title if ours else ""
    item = Item(pair.id, pair.kind, State.CONFLICT, title, record, None, ours, why=pair.why)
    if pair.why or ours is None or record is None:
        found.items.append(item)
        return
    if record.usage:
        found.usage[ours.id] = record.usage
    is_over = ours.stand is Stand.RETIRED and record.parts.get(ACTIVE) is True
    if ours.stand is not Stand.OUT and not is_over:
        found.items.append(item._replace(state=State.STAYS, why=ours.why or ours.stand.value))
        return
    begun = found.work.known.begun.get(ours.id)
    first = once_agreed(found.work, ours, record) if is_over else None
    agreed = first if is_over else first_agreed(found.work, ours, record, begun)
    if agreed is None:
        why = _IN_USE if is_over else _UNKNOWN
        found.items.append(item._replace(why=why, is_of_words=not is_over))
        return
    comparison = compare(agreed, ours.wanted(agreed), digests(record.parts))
    _compared(found, item._replace(agreed=agreed), comparison)
    found.stale[ours.id] = comparison.agreed


def _only_here(found: Survey, ours: Ours, twin: str) -> None:
    """Take an entry that has no record; of a `twin`, which has one, a copy is not made."""
    item = Item(ours.id, ours.kind, State.NEW_HERE, ours.title, ours=ours)
    if ours.stand is Stand.OUT and twin:
        one, other = sorted((ours.id, twin))
        found.items.append(item._replace(state=State.CONFLICT, why=_TWINS.format(one, other)))
    elif ours.stand is Stand.OUT:
        found.items.append(item)
    elif ours.stand is not Stand.RETIRED:
        found.items.append(item._replace(state=State.STAYS, why=ours.why or ours.stand.value))
