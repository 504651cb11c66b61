"""Send what was changed here to a desk: nothing that was changed there meanwhile is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from cannery.errors import CanneryError, ContentError, NotFoundError, UsageError
from cannery.exchange.desks.compare import ACTIVE, OFF, Ours, Stand, State
from cannery.exchange.desks.digests import digests
from cannery.exchange.desks.lock import Agreed
from cannery.git.blobs import store_texts
from cannery.git.repository import GitError, UnusableError
from cannery.git.view import as_user
from cannery.model.desk import Content, Record
from cannery.model.event import Listener, counting, ignore
from cannery.operations.desk_entries import Sent, stored
from cannery.operations.desk_lock import LockWriter
from cannery.operations.desk_outgoing import remember
from cannery.operations.desk_plan import Act, Plan, Step
from cannery.operations.desk_rendering import named_by
from cannery.operations.desk_survey import Item
from cannery.operations.desk_work import Work
from cannery.operations.writing import telling_interrupts
from cannery.rest.client import RestError
from cannery.util import notices

_WORDS = ("title", "body")  # what parts that people write begin with
_BATCH = 200  # entries whose texts are kept in Git at once


class How(StrEnum):
    """What became of a step."""

    CREATED = "created"
    UPDATED = "updated"
    DEACTIVATED = "deactivated"
    DELETED = "deleted"
    CHANGED_THERE = "changed there just now"
    CHANGED_HERE = "changed here just now"
    REFUSED = "refused by the desk"


class Pushed(NamedTuple):
    """What became of an entry: `address` is its page at the desk, `why` what the desk says.

    `hint` tells what to do about it, empty if nothing is known.
    """

    id: str
    how: How
    title: str
    address: str = ""
    why: str = ""
    hint: str = ""

    @property
    def is_done(self) -> bool:
        return self.how not in _UNDONE


_UNDONE = frozenset((How.CHANGED_HERE, How.CHANGED_THERE, How.REFUSED))
_NOT_OF_ONE = frozenset((401, 403, 408, 429))  # codes of HTTP that are not one record's fault


@dataclass(slots=True)
class _Push:
    """A push at work."""

    work: Work
    writer: LockWriter
    texts: list[bytes] = field(default_factory=list)
    rendered: dict[str, tuple[Ours, tuple[str, ...]]] = field(default_factory=dict)

    def sent(self, id_: str) -> Sent:
        """What is to be sent of an entry as it is now."""
        sent = self.work.sent(self.work.read(id_))
        self.rendered[id_] = sent.ours, named_by(self.work)
        return sent

    def run(self, step: Step) -> Pushed:
        """Do one step, unless either side is another one than when it was planned.

        What the desk refuses of one record is told, and the others go on.
        """
        item = step.item
        try:
            how, record = _ACTS[step.act](self, step)
        except RestError as error:
            if not 400 <= error.code < 500 or error.code in _NOT_OF_ONE:  # noqa: PLR2004 - HTTP's
                raise
            return _refused(item, error)
        except (ContentError, NotFoundError, UsageError) as error:  # such as a name it has not
            return _refused(item, error)
        return Pushed(item.id, how, item.title, record.address if record else "")

    def keep(self, raw: Iterable[bytes]) -> None:
        """Have Git keep the texts that were sent: a later merge begins with them."""
        self.texts += map(stored, raw)
        if len(self.texts) >= _BATCH:
            self.store()

    def store(self) -> None:
        keep_texts(self.work, self.texts)
        self.texts.clear()


def _refused(item: Item, error: CanneryError) -> Pushed:
    return Pushed(item.id, How.REFUSED, item.title, why=error.message, hint=error.hint)


def keep_texts(work: Work, texts: list[bytes]) -> None:
    """Have Git keep texts. Outside of a repository they are not kept, and merges know less."""
    try:
        with as_user():
            store_texts(work.workspace.root, texts)
    except UnusableError as error:
        notices.add(f"Later merges know less of this push: {error.message}")
    except GitError:
        return


def push(plan: Plan, listener: Listener = ignore) -> list[Pushed]:
    """Do the steps of a plan at the desk, one after another; what became of each.

    Called by who is alone with the desk. Where it is cut off, what was done is known, and the next
    run goes on. Raises RestError where the desk refuses a step: what came before is done.
    """
    work = plan.survey.work
    writer = LockWriter(work.workspace, work.name, work.known)
    done: list[Pushed] = []
    at_work = _Push(work, writer)
    with telling_interrupts(listener, lambda: [_summary(done, len(plan.push))]):
        try:
            for id_, agreed in plan.survey.stale.items():
                writer.note(id_, agreed)
            steps = counting(plan.push, len(plan.push), f"Writing to {work.name}", listener)
            done.extend(at_work.run(step) for step in steps)
            done.extend(at_work.run(step) for step in _linked(at_work, done))
        finally:
            at_work.store()
            writer.close(work.desk.numbers)
    remember(work, writer.entries, at_work.rendered)
    return done


def _linked(at_work: _Push, done: Iterable[Pushed]) -> Iterator[Step]:
    """The entries that link to articles which the desk has only now, as steps to be done."""
    work, entries = at_work.work, at_work.writer.entries
    if work.addresses is None:
        return
    created = [one.id for one in done if one.how is How.CREATED and one.id in entries]
    work.addresses.records.update(
        {id_: entries[id_].record for id_ in created if id_.startswith("articles/")}
    )
    for id_ in sorted({one for new in created for one in work.addresses.wanted.get(new, ())}):
        agreed = entries.get(id_)
        ours = work.sent(work.read(id_)).ours if agreed and id_ in work.entries else None
        if agreed is None or ours is None or ours.here != agreed.here:
            continue
        here = tuple(name for name, it in sorted(ours.parts.items()) if agreed.sent.get(name) != it)
        if here and ours.stand is Stand.OUT:
            state = State.CHANGED_HERE
            item = Item(id_, ours.kind, state, ours.title, None, agreed, ours, here)
            yield Step(item, Act.UPDATE)


def _summary(done: list[Pushed], steps: int) -> str:
    return f"{sum(one.is_done for one in done)} of {steps} were sent; run it again for the rest."


def _create(at_work: _Push, step: Step) -> tuple[How, Record | None]:
    work, item = at_work.work, step.item
    sent = at_work.sent(item.id)
    if sent.outgoing is None or sent.ours != item.ours:
        return How.CHANGED_HERE, None
    at_work.writer.begin(item.id, sent.ours.parts)
    record = work.desk.create(item.kind, sent.outgoing.parts)
    at_work.writer.done(
        item.id, Agreed(record.id, sent.ours.here, sent.ours.parts, digests(record.parts))
    )
    at_work.keep(sent.read.raw.values())
    return How.CREATED, record


def _update(at_work: _Push, step: Step) -> tuple[How, Record | None]:
    work, item = at_work.work, step.item
    sent = at_work.sent(item.id)
    if sent.outgoing is None or sent.ours != item.ours or item.agreed is None:
        return How.CHANGED_HERE, None
    now = _unchanged(work, step)
    if now is None:
        return How.CHANGED_THERE, None
    parts = sent.outgoing.parts
    names = {*item.here, *(parts if ACTIVE in item.here else ())}  # shown again: in all of it
    record = work.desk.update(now, {**now.parts, **{name: parts.get(name) for name in names}})
    at_work.writer.done(
        item.id, Agreed(record.id, sent.ours.here, sent.ours.parts, digests(record.parts))
    )
    at_work.keep(sent.read.raw.values())
    return How.UPDATED, record


def _unchanged(work: Work, step: Step) -> Record | None:
    """The record as it is now; None if it is not as it was when both agreed."""
    agreed = step.item.agreed
    record = work.desk.read(step.item.kind, agreed.record) if agreed else None
    if record is None or agreed is None:
        return None
    seen = digests(record.parts)
    names = {*seen, *agreed.there}
    return record if all(seen.get(name) == agreed.there.get(name) for name in names) else None


def _deactivate(at_work: _Push, step: Step) -> tuple[How, Record | None]:
    """Take a record out of use; what it says is left alone, also what was changed there."""
    work, item = at_work.work, step.item
    now = work.desk.read(item.kind, item.agreed.record) if item.agreed else None
    if now is None or item.agreed is None:
        return How.CHANGED_THERE, None
    if _goes_out_again(work, item.id):
        return How.CHANGED_HERE, None
    seen = digests(now.parts)
    is_another = not _is_known(item.agreed.there, seen)
    if is_another or (item.ours is None and seen != item.agreed.there):
        return How.CHANGED_THERE, None
    parts: Mapping[str, Content] = {**now.parts, ACTIVE: False}
    record = work.desk.update(now, parts)
    sent = {**item.agreed.sent, ACTIVE: OFF}
    here = item.agreed.here if item.ours else {}
    there = _with_changes(item.agreed.there, seen, digests(record.parts))
    at_work.writer.done(item.id, Agreed(record.id, here, sent, there))
    return How.DEACTIVATED, record


def _is_known(agreed: Mapping[str, str], seen: Mapping[str, str]) -> bool:
    """Whether a title or a text is as it was: a line of the lock may name somebody else's record.

    The lock comes from pull requests, too. What has none of its words left is to be pulled first.
    """
    words = [name for name in agreed if name.startswith(_WORDS)]
    return any(seen.get(name) == agreed[name] for name in words)


def _with_changes(
    old: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]
) -> dict[str, str]:
    """What was agreed on, with what a write has changed: what others have changed is still new."""
    names = [name for name in {*before, *after} if before.get(name) != after.get(name)]
    kept = {name: it for name, it in old.items() if name not in names}
    return kept | {name: after[name] for name in names if name in after}


def _delete(at_work: _Push, step: Step) -> tuple[How, Record | None]:
    work, item = at_work.work, step.item
    now = _unchanged(work, step)
    if now is None:
        return How.CHANGED_THERE, None
    if _goes_out_again(work, item.id):
        return How.CHANGED_HERE, None
    work.desk.delete(now)
    at_work.writer.done(item.id, None)
    return How.DELETED, None


def _goes_out_again(work: Work, id_: str) -> bool:
    """Whether an entry that was retired or gone is to go out by now."""
    try:
        return id_ in work.entries and work.sent(work.read(id_)).ours.stand is Stand.OUT
    except ContentError:
        return True


_ACTS: Mapping[Act, Callable[[_Push, Step], tuple[How, Record | None]]] = {
    Act.CREATE: _create,
    Act.UPDATE: _update,
    Act.DEACTIVATE: _deactivate,
    Act.DELETE: _delete,
}


def counts(done: Iterable[Pushed]) -> Iterator[tuple[How, int]]:
    """How many steps came to what, in the order of `How`."""
    all_ = [one.how for one in done]
    return ((how, all_.count(how)) for how in How if how in all_)
