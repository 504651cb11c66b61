"""The course of a ticket: what is told of it, in order, as events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cannery.insight.sources.moment import OPEN, SOLVED, Moment, Told
from cannery.model.ticket_event import EventKind, TicketEvent

IsAgent = Callable[[str], bool]
_RATINGS = frozenset((EventKind.OFFERED, EventKind.RATED))
_MESSAGES = frozenset((EventKind.MESSAGE, EventKind.REPLY, Told.WRITTEN))
STATES, MESSAGES = "states", "messages"
_BESIDE = frozenset((EventKind.MACRO, EventKind.LINKED, Told.LINKED))


def events(moments: Sequence[Moment], is_agent: IsAgent) -> Iterator[TicketEvent]:
    """The events of one ticket but for its creation; `moments` are in the order of their times."""
    status = ""
    for moment in _best(moments):
        if moment.what is Told.STATUS:
            yield from _changes(moment, moment.before or status or OPEN)
            status = moment.detail
        elif moment.what is Told.REOPENED:
            yield from _changes(moment._replace(detail=OPEN), status or SOLVED)
            status = OPEN
        elif isinstance(moment.what, EventKind):
            yield TicketEvent(moment.at, moment.what, moment.who, moment.detail, moment.value)
        elif event := _message(moment, is_agent):
            yield event


def _best(moments: Sequence[Moment]) -> Iterator[Moment]:
    """Those of the best source of each family: two sources would tell of one reply twice."""
    ranks: dict[str, int] = {}
    for moment in moments:
        kind = family(moment)
        ranks[kind] = min(moment.rank, ranks.get(kind, moment.rank))
    return (moment for moment in moments if moment.rank == ranks[family(moment)])


def family(moment: Moment) -> str:
    """What a moment is one of: sources of different worth may tell of each."""
    if moment.what in _RATINGS:
        return "ratings"
    if moment.what in _BESIDE:
        return "beside"
    if moment.what in _MESSAGES:
        return MESSAGES
    return "assigned" if moment.what is EventKind.ASSIGNED else STATES


def _changes(moment: Moment, before: str) -> Iterator[TicketEvent]:
    """What a change of status comes to; whose it was is nobody's business."""
    after, at = moment.detail, moment.at
    if before == after:
        return
    if _is_paused(after):
        yield TicketEvent(at, EventKind.PAUSED, detail=after)
    elif _is_paused(before) and after == OPEN:
        yield TicketEvent(at, EventKind.RESUMED)
    if before == SOLVED:
        yield TicketEvent(at, EventKind.REOPENED)
    elif after == SOLVED:
        yield TicketEvent(at, EventKind.SOLVED)


def _is_paused(status: str) -> bool:
    return status not in (OPEN, SOLVED)


def _message(moment: Moment, is_agent: IsAgent) -> TicketEvent | None:
    """A reply of the team's, a message of the customer's, or what a reply links to."""
    by_team = is_agent(moment.who)
    if moment.what is Told.LINKED:
        event = TicketEvent(moment.at, EventKind.LINKED, moment.who, moment.detail)
        return event if by_team else None
    kind = EventKind.REPLY if by_team else EventKind.MESSAGE
    return TicketEvent(moment.at, kind, moment.who if by_team else "")
