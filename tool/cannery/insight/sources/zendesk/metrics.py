"""Zendesk's own reckoning of a ticket: metric events, and the sums of a metric set.

They stand in for a ticket's history where that was not exported.
"""

from __future__ import annotations

from collections.abc import Iterator

from cannery.insight.sources.moment import OPEN, SOLVED, Moment, Rank, Told
from cannery.insight.sources.values import Json, identifier, part, seconds
from cannery.model.ticket_event import EventKind

NOTE = "metric sets tell of the first reply and the last solution alone: export ticket events, too"
# The clock of the team's work runs while a ticket is open, rests while the team waits, and ends
# with a solution.
_WORK = {"activate": OPEN, "pause": "pending", "fulfill": SOLVED}
_MOST_MINUTES = 10_000_000


def moment(row: Json) -> Iterator[Moment]:
    """What a metric event tells of a ticket's course."""
    ticket, at = identifier(row.get("ticket_id")), seconds(row.get("time"))
    if not ticket or at is None or row.get("deleted") is True:
        return
    key, kind = f"metric:{identifier(row.get('id'))}", row.get("type")
    metric, instance = row.get("metric"), row.get("instance_id")
    if metric == "agent_work_time" and isinstance(kind, str) and kind in _WORK:
        yield Moment(ticket, key, at, Told.STATUS, "", _WORK[kind], rank=Rank.METRICS)
    elif metric == "reply_time" and kind == "fulfill":
        yield Moment(ticket, key, at, EventKind.REPLY, rank=Rank.METRICS)
    elif metric == "reply_time" and kind == "activate" and instance not in (0, 1):
        yield Moment(ticket, key, at, EventKind.MESSAGE, rank=Rank.METRICS)


def summary(ticket: str, row: Json) -> Iterator[Moment]:
    """What a metric set tells: its times are those of the first reply and the last solution."""
    solved, created = seconds(row.get("solved_at")), seconds(row.get("created_at"))
    if not ticket:
        return
    if solved is not None:
        yield Moment(ticket, "metrics:solved", solved, EventKind.SOLVED, rank=Rank.SUMMARY)
    waited = _waited(row)
    if created is not None and waited is not None:
        at = created + waited
        yield Moment(ticket, "metrics:reply", at, EventKind.REPLY, rank=Rank.SUMMARY)


def _waited(row: Json) -> int | None:
    """The seconds until the first reply."""
    exact = part(row, "reply_time_in_seconds").get("calendar")
    minutes = part(row, "reply_time_in_minutes").get("calendar")
    for value, unit in ((exact, 1), (minutes, 60)):
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST_MINUTES:
            return value * unit
    return None
