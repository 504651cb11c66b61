"""One look at a desk, or one trip to it and back: opened, compared and planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import NamedTuple

from cannery.content.files import scan
from cannery.content.library import resolve
from cannery.errors import NotFoundError, UsageError
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.desk_lock import alone_with
from cannery.operations.desk_plan import Plan, plan
from cannery.operations.desk_survey import survey
from cannery.operations.desk_usage import keep_usage
from cannery.operations.desk_work import Work, open_work
from cannery.operations.writing import settle
from cannery.util.plain import one_line
from cannery.workspace import Workspace, parse_duration

_NO_DELETIONS = "Only what was changed since {} was read: deletions at the desk are not seen."


class DeskQuery(NamedTuple):
    """Which desk, and what of it: entries by name, or records by the desk's id; all if empty.

    `since` is a time or a duration, for a quick look. With `delete`, what may be deleted is.
    """

    name: str
    entries: Sequence[str] = ()
    since: str = ""
    delete: bool = False


@contextmanager
def looked_at(
    workspace: Workspace, query: DeskQuery, listener: Listener = ignore
) -> Iterator[Plan]:
    """What a push and a pull would do. Nothing is changed here or there.

    Raises NotFoundError, UsageError, ContentError for a lock file that can't be used, RestError.
    """
    since = since_of(query.since)
    with open_work(workspace, query.name, listener) as work:
        yield _planned(work, query, since, listener)


@contextmanager
def planned(
    workspace: Workspace, query: DeskQuery, what: str, listener: Listener = ignore
) -> Iterator[Plan]:
    """The same for a push or a pull: alone with the desk, and after what a killed run has left."""
    since = since_of(query.since)
    with alone_with(workspace, query.name, what, listener):
        settle(workspace, what, listener)
        with open_work(workspace, query.name, listener) as work:
            yield _planned(work, query, since, listener)


def _planned(work: Work, query: DeskQuery, since: str, listener: Listener) -> Plan:
    names = [resolved(work, name) for name in query.entries]
    found = survey(work, since, listener)
    keep_usage(found)
    if since:
        listener(Remark(_NO_DELETIONS.format(since)))
    return plan(found, names, delete=query.delete, listener=listener)


def resolved(work: Work, name: str) -> str:
    """The id of the entry that a name stands for, also of one that is gone; else the name."""
    try:
        return resolve(work.workspace, scan(work.workspace), name).id
    except NotFoundError:
        gone = [id_ for id_ in work.known.lock.entries if f"/{id_}".endswith(f"/{name}")]
        return gone[0] if len(gone) == 1 else name


def since_of(written: str) -> str:
    """A point in time in ISO 8601, of a day, a time or a duration back; empty for none.

    Raises UsageError.
    """
    if not written:
        return ""
    now = datetime.now(UTC).replace(microsecond=0)
    try:
        if written[-1:].isalpha():
            return _utc(now - parse_duration(written))
        if len(written) == len("2026-11-30"):
            day = date.fromisoformat(written)
            return _utc(datetime(day.year, day.month, day.day).astimezone())
        return _utc(datetime.fromisoformat(written).astimezone())
    except (ValueError, OverflowError) as error:
        message = f"{one_line(written)[:40]} is not a time"
        raise UsageError(message, "Example: --since 7d, --since 2026-11-30") from error


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
