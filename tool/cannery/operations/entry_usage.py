"""When entries were last used, as far as this machine, the desks and the tickets tell."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import NamedTuple

from cannery.insight.entry_events import spans
from cannery.insight.fact import DAY
from cannery.model.feedback import Vote
from cannery.operations.desk_usage import DeskUsage, load_usage
from cannery.operations.entry_names import EntryNames, known_details
from cannery.operations.feedback import kept
from cannery.operations.insight_store import events_if_any
from cannery.reply.sent_log import sent_replies
from cannery.reply.usage import uses
from cannery.workspace import Workspace

_DAYS = {"h": 0, "d": 1, "w": 7, "m": 30, "y": 365}


class Use(NamedTuple):
    """A use of an entry, at a time in seconds.

    An empty `entry` only tells how far back uses are known.
    """

    entry: str
    at: float


class Usage(NamedTuple):
    """The last known use of entries by id, in seconds, of the `sources` that tell any.

    `since` is how far back they tell; None where none tells anything.
    """

    last: Mapping[str, float]
    sources: Sequence[str]
    since: float | None = None

    def is_unused(self, entry: str, since: float) -> bool:
        """Whether no use since then is known."""
        return self.last.get(entry, 0.0) < since


def last_uses(workspace: Workspace, names: EntryNames) -> Usage:
    """What all sources tell."""
    last: dict[str, float] = {}
    telling: list[str] = []
    since: float | None = None
    now = time.time() + DAY  # the clock of another machine may be ahead
    for source, read in _SOURCES.items():
        for use in read(workspace, names):
            if not 0 < use.at < now:  # a file that was damaged
                continue
            if source not in telling:
                telling.append(source)
            since = use.at if since is None else min(since, use.at)
            if use.entry:
                last[use.entry] = max(last.get(use.entry, 0.0), use.at)
    return Usage(last, telling, since)


def _here(workspace: Workspace, _: EntryNames) -> Iterator[Use]:
    """What was copied or opened in the picker."""
    return (Use(id_, use.time) for id_, use in uses(workspace, time.time()).items())


def _sent(workspace: Workspace, _: EntryNames) -> Iterator[Use]:
    """What was sent into tickets."""
    for reply in sent_replies(workspace):
        for id_ in (*reply.entries, *reply.linked):
            yield Use(id_, float(reply.time))


def _desks(workspace: Workspace, _: EntryNames) -> Iterator[Use]:
    for name in workspace.settings.desks:
        if told := load_usage(workspace, name):
            yield from _at_desk(told)


def _at_desk(told: DeskUsage) -> Iterator[Use]:
    """Of each record that was used, the shortest period in which it was."""
    day = datetime.combine(told.day, time_of_day(), UTC)
    for id_, counts in told.counts.items():
        known = {period: days for period in counts if (days := _days(period)) is not None}
        if known:
            yield Use("", (day - timedelta(days=max(known.values()))).timestamp())
        used = [days for period, days in known.items() if counts[period] > 0]
        if used:
            yield Use(id_, (day - timedelta(days=min(used) // 2)).timestamp())


def _days(period: str) -> int | None:
    """The days of a period such as 7d; None for one that has no end, such as all."""
    number, unit = period[:-1], period[-1:]
    if not (number.isascii() and number.isdecimal()) or unit not in _DAYS:
        return None
    return min(int(number[:4]), 9999) * _DAYS[unit]


def _voted(workspace: Workspace, _: EntryNames) -> Iterator[Use]:
    with contextlib.suppress(OSError):  # which `kb readers` tells
        for said in kept(workspace):
            if isinstance(said.feedback, Vote):
                yield Use(said.feedback.page, said.time)


def _in_tickets(workspace: Workspace, names: EntryNames) -> Iterator[Use]:
    """What imported tickets link to, and the macros that they name."""
    with events_if_any(workspace) as database:
        found = [*spans(database)] if database else []
    entry_of = known_details(workspace, names)
    for span in found:
        yield Use("", span.first)
        if id_ := entry_of(span.detail):
            yield Use(id_, span.last)


_SOURCES: Mapping[str, Callable[[Workspace, EntryNames], Iterator[Use]]] = {
    "this machine": _here,
    "sent replies": _sent,
    "help desk": _desks,
    "readers' votes": _voted,
    "tickets": _in_tickets,
}
