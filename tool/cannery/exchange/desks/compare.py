"""How an entry and its record stand to each other, from what was last agreed on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import NamedTuple

from cannery.exchange.desks.digests import digest
from cannery.exchange.desks.lock import Agreed
from cannery.model.location import Kind

ACTIVE = "active"  # the part of a record that says whether agents or readers can use it
OFF = digest(content=False)


class State(StrEnum):
    """How an entry and its record stand to each other, in a user's words."""

    SAME = "same"
    CHANGED_HERE = "changed here"
    CHANGED_THERE = "changed there"
    CHANGED_BOTH = "changed on both sides"
    CONFLICT = "in conflict"
    NEW_HERE = "new here"
    NEW_THERE = "new there"
    GONE_HERE = "gone here"
    GONE_THERE = "gone there"
    STAYS = "not to go out"
    INACTIVE = "deactivated"


class Stand(StrEnum):
    """Whether an entry of ours goes out, and if not, why."""

    OUT = "goes out"
    DRAFT = "a draft"
    INTERNAL = "internal"
    ASKING = "asks for values"
    RETIRED = "retired"
    FAULTY = "can't be read"


UNSAID = (Stand.DRAFT, Stand.ASKING)  # what may come of a desk's own text, all of it unsaid


class Ours(NamedTuple):
    """An entry of ours as it goes out, without its text.

    `parts` are the digests of what would be sent, `here` the blobs of its files by language.
    `title` is as the desk would show it. `names` are its earlier ids, `marks` what it was imported
    from. `why` says more of its stand.
    """

    id: str
    kind: Kind
    title: str
    stand: Stand
    parts: Mapping[str, str]
    here: Mapping[str, str]
    names: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    why: str = ""

    def wanted(self, agreed: Agreed | None) -> Mapping[str, str]:
        """What the record is to be: of an entry that does not go out, only no more active."""
        if self.stand is Stand.OUT:
            return self.parts
        if agreed is None or self.stand is Stand.FAULTY or self.is_theirs(agreed):
            return agreed.sent if agreed else {}
        return {**agreed.sent, **({ACTIVE: OFF} if ACTIVE in agreed.there else {})}

    def is_theirs(self, agreed: Agreed) -> bool:
        """Whether it came from the desk and never went out: a draft of what agents use there.

        A text that no macro here can say becomes a draft. It takes nothing away from them. Where
        nothing at the desk says whether it is in use, it is theirs until somebody edits it here.
        """
        if self.stand not in UNSAID or ACTIVE in agreed.sent:
            return False
        return ACTIVE in agreed.there or self.here == agreed.here


class Comparison(NamedTuple):
    """The parts that were changed here and there since both agreed.

    A part that is the same by now is in neither. `agreed` is what is agreed on with these: another
    one than before if a run was cut off after it was sent, or both have made the same change.
    """

    here: tuple[str, ...]
    there: tuple[str, ...]
    agreed: Agreed

    @property
    def both(self) -> frozenset[str]:
        """The parts that were changed on both sides."""
        return frozenset(self.here) & frozenset(self.there)


def compare(agreed: Agreed, wanted: Mapping[str, str], seen: Mapping[str, str]) -> Comparison:
    """Compare what a record is to be with what it is; both are digests by part."""
    here = _differing(wanted, agreed.sent)
    there = _differing(seen, agreed.there)
    settled = {name for name in (*here, *there) if name in wanted and _is_equal(name, wanted, seen)}
    settled |= {name for name in here if name not in wanted and name not in seen}
    as_sent = {name for name in there if name in agreed.sent and _is_equal(name, agreed.sent, seen)}
    as_sent -= settled
    new = agreed
    if settled or as_sent:
        new = agreed._replace(
            sent=_with(agreed.sent, wanted, settled),
            there=_with(agreed.there, seen, settled | as_sent),
        )
    return Comparison(
        tuple(name for name in here if name not in settled),
        tuple(name for name in there if name not in settled | as_sent),
        new,
    )


def _is_equal(name: str, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return one.get(name) == other.get(name)


def _differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The parts that differ, in a stable order."""
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def _with(old: Mapping[str, str], new: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    kept = {name: it for name, it in old.items() if name not in names}
    return kept | {name: new[name] for name in names if name in new}


def state_of(comparison: Comparison, *, is_active: bool) -> State:
    """The state of an entry and a record that are both there."""
    if comparison.here and comparison.there:
        return State.CHANGED_BOTH
    if comparison.here:
        return State.CHANGED_HERE
    if comparison.there:
        return State.CHANGED_THERE
    return State.SAME if is_active else State.INACTIVE


def state_without_entry(agreed: Agreed, seen: Mapping[str, str]) -> State:
    """The state of a record whose entry is gone: what was edited there is not passed over."""
    is_off = seen.get(ACTIVE) == OFF
    if [name for name in _differing(seen, agreed.there) if name != ACTIVE or not is_off]:
        return State.CONFLICT
    return State.INACTIVE if is_off else State.GONE_HERE


def state_without_record(ours: Ours, agreed: Agreed) -> State:
    """The state of an entry whose record is gone: what was edited here is not passed over."""
    if ours.stand is not Stand.OUT:
        return State.STAYS
    return State.CONFLICT if _differing(ours.parts, agreed.sent) else State.GONE_THERE
