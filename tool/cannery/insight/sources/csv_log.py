"""A CSV with a row for each event: ticket, activity and time, as process logs have it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import groupby

from cannery.insight.sources import course
from cannery.insight.sources.columns import fold
from cannery.insight.sources.csv_rows import Row, Table, rows
from cannery.insight.sources.desk_statuses import Statuses
from cannery.insight.sources.moment import Moment, Told
from cannery.insight.sources.source import Options
from cannery.insight.sources.written_dates import WrittenDates
from cannery.model.ticket_event import DIMENSIONS, EventKind, TicketEvent, TicketRecord

_TABLE = "CREATE TABLE step (ticket TEXT, at INTEGER, n INTEGER, stand TEXT, attributes TEXT)"
_REPLIES = frozenset(
    ("reply", "replied", "public reply", "agent reply", "返信", "返信済み", "回答")
)
_REPLY = "reply"
_BETWEEN = "\x1f"  # attributes of a step
Step = tuple[str, int, int, str, str]


def records(
    table: Table, places: Mapping[str, int], dates: WrittenDates, options: Options
) -> Iterator[TicketRecord]:
    """The tickets, whatever order the rows are in: they are sorted in a file of SQLite's own.

    They are added to what is known: the log of a month doesn't end that of the month before.
    """
    log = _Log(places, dates, options)
    with closing(sqlite3.connect("", isolation_level=None)) as sorter:
        sorter.execute(_TABLE)
        sorter.execute("BEGIN")
        sorter.executemany("INSERT INTO step VALUES (?, ?, ?, ?, ?)", log.steps(table))
        found = sorter.execute("SELECT * FROM step ORDER BY ticket, at, n")
        for ticket, steps in groupby(found, key=lambda step: str(step[0])):
            yield log.record(ticket, [*steps])
    log.statuses.tell(options.reading, "event", "activity")


class _Log:
    """How the rows of a log are read."""

    def __init__(self, places: Mapping[str, int], dates: WrittenDates, options: Options) -> None:
        self.statuses = Statuses(options.statuses)
        self._places, self._dates, self._options = places, dates, options
        self._dimensions = [name for name in DIMENSIONS[1:] if name in places]

    def steps(self, table: Table) -> Iterator[Step]:
        for number, row in enumerate(rows(table, self._options)):
            try:
                yield self._step(row, number)
            except ValueError as error:
                self._options.reading.leave_out(row.line, str(error))

    def _step(self, row: Row, number: int) -> Step:
        ticket, activity, time = (
            row.cells[self._places[use]].strip() for use in ("ticket", "activity", "at")
        )
        if not ticket:
            raise ValueError("no ticket")
        at, _ = self._dates.seconds(time)
        is_reply = fold(activity) in _REPLIES
        stand = _REPLY if is_reply else self.statuses.meaning(activity)
        told = (row.cells[self._places[name]].strip() for name in self._dimensions)
        return ticket[:200], at, number, stand, _BETWEEN.join(told)

    def record(self, ticket: str, steps: list[Step]) -> TicketRecord:
        """The ticket of these rows, which are in the order of their times."""
        moments = [
            Moment(ticket, str(n), at, *_what(stand)) for _, at, n, stand, _ in steps if stand
        ]
        events = [TicketEvent(steps[0][1], EventKind.CREATED)]
        events += course.events(moments, lambda _: True)
        values = steps[-1][4].split(_BETWEEN)
        attributes = dict(zip(self._dimensions, values, strict=False))
        return TicketRecord(ticket, events, attributes, is_whole=False)


def _what(stand: str) -> tuple[Told | EventKind, str, str]:
    """What a step tells, nobody, and the status after it."""
    return (EventKind.REPLY, "", "") if stand == _REPLY else (Told.STATUS, "", stand)
