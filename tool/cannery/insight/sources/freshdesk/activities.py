"""The daily export of activities, which alone has Freshdesk's history of statuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from cannery.insight.sources.desk_statuses import status_of
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.moment import OPEN, Moment, Told
from cannery.insight.sources.source import Options
from cannery.insight.sources.values import Json, identifier, name, part, seconds
from cannery.model.ticket_event import EventKind

_FORM = "%d-%m-%Y %H:%M:%S %z"


def take_activity(gathering: Gathering, row: Json, options: Options) -> bool:
    """Take what somebody, or a rule, did to a ticket."""
    ticket, at = identifier(row.get("ticket_id")), time_of(row.get("performed_at"))
    if not ticket or at is None:
        return False
    gathering.moments(_moments(ticket, at, part(row, "activity"), options))
    return True


def _moments(ticket: str, at: int, activity: Json, options: Options) -> Iterator[Moment]:
    if said := name(activity.get("status")):
        status = status_of(said, options.statuses, options.reading)
        before = OPEN if activity.get("new_ticket") else ""
        yield Moment(ticket, f"activity:{at}:status", at, Told.STATUS, "", status, before)
    if agent := identifier(activity.get("agent_name")):
        yield Moment(ticket, f"activity:{at}:agent", at, EventKind.ASSIGNED, detail=agent)


def time_of(value: object) -> int | None:
    """A time as the export writes it, as `23-07-2018 06:29:43 +0000`."""
    if not isinstance(value, str):
        return seconds(value)
    try:
        return seconds(int(datetime.strptime(value[:30], _FORM).astimezone(UTC).timestamp()))
    except (ValueError, OverflowError):
        return seconds(value)
