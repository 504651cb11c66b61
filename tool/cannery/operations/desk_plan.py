"""What a push and a pull would do, step by step: what is shown is what is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from cannery.content.files import read_bytes
from cannery.content.rewrite_keys import rewrite_keys
from cannery.errors import CanneryError, ContentError, NotFoundError
from cannery.exchange.desks.compare import ACTIVE, Stand, State, compare
from cannery.exchange.desks.digests import digests
from cannery.git.clone import THEIRS
from cannery.model.desk import Content, Outgoing
from cannery.model.event import Listener, counting, ignore
from cannery.model.location import Kind
from cannery.model.loss import Loss
from cannery.operations.desk_merge import EntryMerge, merge_entry
from cannery.operations.desk_new import NewEntry, expected, new_entry
from cannery.operations.desk_survey import Item, Survey
from cannery.rest.client import RestError
from cannery.util.encoding import decoded, encoding_of
from cannery.util.plain import one_line

_FEW, _SHARE = 10, 0.25  # entries that may be gone at once without being named
_OPEN = "decide it first: copy what you need from {}, then delete that file"


class Act(StrEnum):
    """What a step does; the first four at the desk, the others in files."""

    CREATE = "create"
    UPDATE = "update"
    DEACTIVATE = "deactivate"
    DELETE = "delete"
    ADD = "add"
    CHANGE = "change"
    MERGE = "merge"
    CONFLICT = "conflict"
    RETIRE = "retire"
    REMOVE = "remove"


AT_DESK = frozenset((Act.CREATE, Act.UPDATE, Act.DEACTIVATE, Act.DELETE))


class PartChange(NamedTuple):
    """A part of a record before and after; None where it is not there."""

    part: str
    before: Content
    after: Content


@dataclass(slots=True)
class Step:
    """One thing to do, for one entry.

    At the desk, `parts` are what changes in the record. In files, `merge` or `new` has them.
    `losses` are what gets lost on the way, `asked` the fields that become marks.
    """

    item: Item
    act: Act
    parts: tuple[PartChange, ...] = ()
    merge: EntryMerge | None = None
    new: NewEntry | None = None
    losses: tuple[Loss, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """What there is to do. `left` are the items for which nothing is done, `why` tells the reason.

    `push` are the steps at the desk, `pull` those in files.
    """

    survey: Survey
    push: list[Step] = field(default_factory=list)
    pull: list[Step] = field(default_factory=list)
    left: list[Item] = field(default_factory=list)

    @property
    def caution(self) -> str:
        """What to know before articles are changed at the desk; empty where none is to be."""
        changing = (
            step.item.kind for step in self.push if step.act in (Act.UPDATE, Act.DEACTIVATE)
        )
        return self.survey.work.caution if Kind.ARTICLE in changing else ""


def plan(
    survey: Survey,
    names: Collection[str] = (),
    *,
    delete: bool = False,
    listener: Listener = ignore,
) -> Plan:
    """The steps for all items, or for those of these names: ids, or the desk's ids of records.

    With `delete`, what is deactivated at the desk and retired or gone here is deleted there, and
    the files of what is gone there are removed. Raises NotFoundError for a name of nothing.
    """
    items = [*_named(survey, names)] if names else survey.items
    planner = _Planner(Plan(survey), items, delete=delete)
    too_many = {} if names else _too_many(survey)
    for item in counting(items, len(items), "Comparing", listener):
        if why := too_many.get((item.kind, item.state)):
            planner.made.left.append(item._replace(why=why))
        else:
            planner.take(item)
    return planner.made


def _too_many(survey: Survey) -> dict[tuple[Kind, State], str]:
    """What is gone in such numbers that it may only be out of sight, and why it is left alone."""
    locked = survey.work.known.lock.entries
    counts = Counter((item.kind, item.state) for item in survey.items)
    why = "{} of {} are gone {} at once: name those that are meant"
    return {
        (kind, state): why.format(counts[kind, state], len(locked), where)
        for kind in Kind
        for state, where in ((State.GONE_HERE, "here"), (State.GONE_THERE, "at the desk"))
        if counts[kind, state] > max(_FEW, len(locked) * _SHARE)
    }


def _named(survey: Survey, names: Collection[str]) -> Iterator[Item]:
    wanted = {*names}
    known = {*survey.work.entries, *survey.work.known.lock.entries}
    for item in survey.items:
        if own := {item.id, item.record.id if item.record else ""} & {*names}:
            yield item
            wanted -= own
    if unknown := sorted(wanted - known):
        hint = "Give the id of an entry, or the desk's id of a record."
        raise NotFoundError(f"no entry or record named {one_line(unknown[0])[:100]}", hint)


class _Planner:
    """Makes the steps of a plan, one item after another."""

    def __init__(self, made: Plan, items: Iterable[Item], *, delete: bool) -> None:
        self.made = made
        self.work = made.survey.work
        self._delete = delete
        self._ids = expected(self.work, (it for it in items if it.state is State.NEW_THERE))
        self._by_state: Mapping[State, Callable[[Item], None]] = {
            State.CHANGED_HERE: self._changed_here,
            State.NEW_HERE: self._new_here,
            State.GONE_HERE: self._gone_here,
            State.INACTIVE: self._inactive,
            State.CHANGED_THERE: self._changed_there,
            State.CHANGED_BOTH: self._changed_there,
            State.NEW_THERE: self._new_there,
            State.GONE_THERE: self._gone_there,
            State.CONFLICT: self._conflict,
        }

    def take(self, item: Item) -> None:
        """Plan what is to be done for an item; what can't be done for it is told, and left."""
        if open_ := self._open_conflict(item):
            self._leave(item._replace(state=State.CONFLICT), _OPEN.format(open_))
            return
        try:
            self._by_state.get(item.state, self._leave)(item)
        except RestError:
            raise
        except CanneryError as error:
            self._leave(item, error.message)

    def _leave(self, item: Item, why: str = "") -> None:
        self.made.left.append(item._replace(why=why or item.why))

    def _open_conflict(self, item: Item) -> str:
        """The file beside one of the entry's that has the other side of an open conflict."""
        variants = self.work.entries.get(item.id)
        paths = [at.path + THEIRS for at in variants.by_language.values()] if variants else []
        return next((path for path in paths if (self.work.workspace.root / path).exists()), "")

    def _push(self, item: Item, act: Act, *parts: PartChange, out: Outgoing | None = None) -> None:
        losses, asked = (out.losses, out.asked) if out else ((), ())
        self.made.push.append(Step(item, act, parts, losses=losses, asked=asked))

    def _changed_here(self, item: Item) -> None:
        """What was changed is sent; of what is not to go out, only that it is no more active."""
        before = item.record.parts if item.record else {}
        if item.ours and item.ours.stand is not Stand.OUT:
            self._push(item, Act.DEACTIVATE, PartChange(ACTIVE, before.get(ACTIVE), after=False))
            return
        sent = self.work.sent(self.work.read(item.id))
        if sent.outgoing is None or sent.ours != item.ours:
            raise ContentError(f"{item.id} has just been changed", "Run it again.")
        out = sent.outgoing
        parts = (PartChange(one, before.get(one), out.parts.get(one)) for one in item.here)
        act = Act.CREATE if item.agreed is None else Act.UPDATE
        self._push(item, act, *parts, out=out)

    def _new_here(self, item: Item) -> None:
        if not self.made.survey.is_full:
            self._leave(item, "creating it takes a full look, without --since")
        elif item.ours:
            self._changed_here(item._replace(here=(*sorted(item.ours.parts),)))

    def _gone_here(self, item: Item) -> None:
        """What is gone here is deactivated there, or deleted if it can't be and that is asked."""
        if item.agreed and ACTIVE in item.agreed.there:
            before = item.record.parts.get(ACTIVE) if item.record else None
            self._push(item, Act.DEACTIVATE, PartChange(ACTIVE, before, after=False))
        elif self._delete:
            self._push(item, Act.DELETE)
        else:
            why = f"{item.why}; " if item.why else ""
            self._leave(item, f"{why}the desk can't deactivate it: --delete deletes it")

    def _inactive(self, item: Item) -> None:
        """What is deactivated there, and retired or gone here, is deleted if that is asked.

        A draft stays, and so does an article that is internal: both are at work on it.
        """
        is_over = item.ours is None or item.ours.stand is Stand.RETIRED
        if self._delete and item.agreed and is_over:
            self._push(item, Act.DELETE)
        else:
            self._leave(item)

    def _changed_there(self, item: Item) -> None:
        """What was changed there is merged into the files; what changes none is agreed on."""
        if item.record is None:
            self._leave(item)
            return
        if item.ours and item.ours.stand is not Stand.OUT and ACTIVE in item.here:
            self._changed_here(item)  # that customers may not see it can't wait for a merge
        done = merge_entry(self.work, item, item.record)
        if not done.files and not done.conflicts:
            self._agree(item, done)
            return
        act = Act.MERGE if item.state is State.CHANGED_BOTH else Act.CHANGE
        if done.conflicts:
            item, act = item._replace(state=State.CONFLICT), Act.CONFLICT
        self.made.pull.append(Step(item, act, merge=done, losses=done.losses))

    def _agree(self, item: Item, done: EntryMerge) -> None:
        """Both say the same in our terms: what is left of a difference is a change here."""
        seen = digests(item.record.parts) if item.record else {}
        comparison = compare(done.agreed, item.ours.wanted(done.agreed) if item.ours else {}, seen)
        self.made.survey.stale[item.id] = comparison.agreed
        if not comparison.here:
            self.made.survey.same += 1
            return
        self._changed_here(
            item._replace(
                state=State.CHANGED_HERE,
                agreed=comparison.agreed,
                here=comparison.here,
                there=(),
            )
        )

    def _new_there(self, item: Item) -> None:
        if item.record is None:
            return
        new = new_entry(self.work, item.record, self._ids)
        if new.why:
            self._leave(item, new.why)
        else:
            self.made.pull.append(Step(item, Act.ADD, new=new, losses=new.losses))

    def _gone_there(self, item: Item) -> None:
        """What is gone there is retired here, or its files are removed if that is asked.

        A list that changes while it is read may have left it out: it is asked for by its id.
        """
        if item.agreed is None:
            return
        if self.work.desk.read(item.kind, item.agreed.record) is not None:
            self._leave(item, "the desk has it, and did not list it: run it again")
            return
        done = EntryMerge(item.agreed)
        for at in self.work.entries[item.id].by_language.values():
            raw = read_bytes(self.work.workspace, at.path)
            done.files[at.path] = raw, None if self._delete else self._retired(raw)
        act = Act.REMOVE if self._delete else Act.RETIRE
        self.made.pull.append(Step(item, act, merge=done))

    def _retired(self, raw: bytes) -> bytes:
        keys = self.work.workspace.settings.front_matter
        text = rewrite_keys(decoded(raw), {"status": "retired"}, keys)
        return text.encode(encoding_of(raw))

    def _conflict(self, item: Item) -> None:
        """Words are merged as far as that goes; any other conflict is somebody's to decide."""
        if item.is_of_words:
            self._changed_there(item)
        else:
            self._leave(item)
