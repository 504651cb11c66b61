"""Entries as they would go out: rendered in several processes at once, where there are many."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress

from cannery.content.library import Variants
from cannery.exchange.desks.compare import Ours
from cannery.model.event import Listener, counting
from cannery.operations.desk_work import Work
from cannery.rest.client import ForkedError
from cannery.util.fork import beside, can_fork

_MANY = 600  # entries: fewer are done about as soon in one process
_MOST_PROCESSES = 4
Rendered = tuple[Ours, tuple[str, ...]]  # with the entries that it leads to


def rendered(work: Work, entries: Sequence[Variants], listener: Listener) -> dict[str, Rendered]:
    """Each entry as it would go out, by id.

    Other processes ask the desk nothing, as this one has the connection: an entry that they would
    have to ask for is rendered here.
    """
    if not entries:
        return {}
    count = min(os.cpu_count() or 1, _MOST_PROCESSES)
    if len(entries) < _MANY or not can_fork():
        count = 1
    first = {entry.kind: entry for entry in reversed(entries)} if count > 1 else {}
    # What the desk tells of itself, and what is compiled, is known to all of them then.
    found = {entry.id: rendered_one(work, entry) for entry in first.values()}
    with ExitStack() as stack:
        others = [
            stack.enter_context(beside(_share, work, entries[at::count])) for at in range(1, count)
        ]
        own = entries[::count]
        for entry in counting(own, len(own), "Reading entries", listener):
            found[entry.id] = found.get(entry.id) or rendered_one(work, entry)
        for outcome in others:
            found |= outcome()
    return found | {
        entry.id: rendered_one(work, entry) for entry in entries if entry.id not in found
    }


def _share(work: Work, entries: Sequence[Variants]) -> Mapping[str, Rendered]:
    """In a fork: those of the entries that can be rendered without asking the desk."""
    gc.freeze()  # what is there already is shared, as long as it is left alone
    found = {}
    for entry in entries:
        with suppress(ForkedError):
            found[entry.id] = rendered_one(work, entry)
    return found


def rendered_one(work: Work, entry: Variants) -> Rendered:
    """An entry as it would go out, and the entries that it leads to."""
    return work.sent(work.read(entry.id)).ours, named_by(work)


def named_by(work: Work) -> tuple[str, ...]:
    """The entries that the one leads to which was rendered last."""
    return (*sorted(work.addresses.named),) if work.addresses else ()
