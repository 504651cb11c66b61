"""A CSV with a row for each ticket: how it stood when the report was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import NamedTuple

from cannery.insight.sources.columns import fold
from cannery.insight.sources.csv_rows import Row, Table, rows
from cannery.insight.sources.desk_statuses import Statuses
from cannery.insight.sources.moment import GONE, SOLVED
from cannery.insight.sources.satisfaction import scale_of
from cannery.insight.sources.source import Options
from cannery.insight.sources.written_dates import WrittenDates
from cannery.model.ticket_event import DIMENSIONS, EventKind, TicketEvent, TicketRecord

_SKEW = 60  # seconds that reports which round to minutes contradict themselves by
_MOST_COUNTED, _MOST_REPLIES = 1_000, 20
_MOST_NAMES = 20  # articles or macros of a ticket
_BETWEEN = re.compile(r"[,;\n、]")


def records(
    table: Table, places: Mapping[str, int], dates: WrittenDates, options: Options
) -> Iterator[TicketRecord]:
    """The tickets; a row that can't be read is told, and left out."""
    report = _Report(table, places, dates, options)
    for row in rows(table, options):
        try:
            yield report.record(row)
        except ValueError as error:
            options.reading.leave_out(row.line, str(error))
    report.tell()


class _Times(NamedTuple):
    """When things happened to a ticket, in seconds; None for what has not, or isn't told."""

    created: int
    replied: int | None
    solved: int | None
    updated: int | None


class _Report:
    """How the rows of a report are read."""

    def __init__(
        self, table: Table, places: Mapping[str, int], dates: WrittenDates, options: Options
    ) -> None:
        self._places, self._dates = places, dates
        self._scale = scale_of(table, places, options)
        utc = WrittenDates(UTC, dates.order)
        self._dates_of = {
            use: utc if fold(table.header[place]).endswith(" utc") else dates
            for use, place in places.items()
        }
        self._waited = _HOUR if _is_in_hours(table, places) else _MINUTE
        self._reading, self._has_texts = options.reading, options.has_texts
        self._statuses = Statuses(options.statuses)
        self._dimensions = [name for name in DIMENSIONS[1:] if name in places]

    def record(self, row: Row) -> TicketRecord:
        """What a row tells. Raises ValueError."""
        cell = {use: row.cells[place].strip() for use, place in self._places.items()}
        ticket = cell.get("ticket") or f"line {row.line}"
        meaning = self._statuses.meaning(cell.get("status", ""))
        if meaning == GONE:
            return TicketRecord(ticket, (), updated_at=self._time(cell, "updated_at") or 0)
        created = self._time(cell, "created_at")
        if created is None:
            raise ValueError("created_at is empty")
        times = _Times(
            created,
            self._replied(cell, created),
            self._time(cell, "solved_at", created),
            self._time(cell, "updated_at", created),
        )
        events = [TicketEvent(created, EventKind.CREATED)]
        events += _replies(times.replied, _count(cell, "replies"))
        events += self._end(cell, meaning, times)
        events += self._rating(cell, created, times.solved or times.updated)
        events += _used(cell, times.replied or times.solved or times.updated or created)
        attributes = {name: cell[name] for name in self._dimensions}
        text = cell.get("subject", "") if self._has_texts else ""
        return TicketRecord(
            ticket, events, attributes, updated_at=times.updated or 0, text=text, is_state=True
        )

    def tell(self) -> None:
        """What the whole file tells about itself."""
        if "ticket" not in self._places:
            self._reading.note("No column tells a ticket's number: lines are counted instead")
        if "solved_at" not in self._places:
            rest = "solved ones are left out" if "status" in self._places else _UNKNOWN
            self._reading.note(f"No column tells when tickets were solved: {rest}")
        self._statuses.tell(self._reading, "ticket", "status")

    def _time(self, cell: Mapping[str, str], use: str, created: int = 0) -> int | None:
        """The time in a column, or None. A day alone ends no ticket before it was created."""
        text = cell.get(use, "")
        if not text or text in _EMPTY:
            return None
        try:
            at, is_day = self._dates_of[use].seconds(text)
        except ValueError as error:
            raise ValueError(f"{use}: {error}") from error
        if at >= created:
            return at
        if is_day and self._dates.end_of_day(at) >= created:
            return self._dates.end_of_day(at)
        if at >= created - _SKEW:
            return created
        raise ValueError(f"{use} is before created_at")

    def _replied(self, cell: Mapping[str, str], created: int) -> int | None:
        """When the first reply came: at a time, or so long after the ticket was created."""
        at = self._time(cell, "replied_at", created)
        text = cell.get("replied_after", "").replace(",", "")
        if at is not None or not text or text in _EMPTY:
            return at
        if not _WAITED.fullmatch(text):
            raise ValueError("replied_after: not a number")
        return created + round(float(text) * self._waited)

    def _end(self, cell: Mapping[str, str], meaning: str, times: _Times) -> Iterator[TicketEvent]:
        """How the ticket ended, or that it was opened again: when is not told, so at once."""
        reopened = _count(cell, "reopens")
        if times.solved is None and meaning == SOLVED:
            why = "solved_at is empty" if "solved_at" in cell else "no column tells when"
            raise ValueError(f"it is solved, and {why}")
        if times.solved is None:
            if reopened:
                yield TicketEvent(times.updated or times.created, EventKind.REOPENED)
            return
        yield TicketEvent(times.solved, EventKind.SOLVED)
        if meaning and meaning != SOLVED:
            yield TicketEvent(times.solved + 1, EventKind.REOPENED)
        elif reopened:
            yield TicketEvent(max(times.created, times.solved - 1), EventKind.REOPENED)

    def _rating(
        self, cell: Mapping[str, str], created: int, at: int | None
    ) -> Iterator[TicketEvent]:
        if self._scale is None or not (text := cell.get("satisfaction", "")):
            return
        when = self._time(cell, "rated_at", created) or at or created
        yield from self._scale.events(text, when)


_UNKNOWN = "only new tickets can be counted"
_WAITED = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_MINUTE, _HOUR = 60, 3_600
_EMPTY = frozenset(("-", "--", "—", "null", "NULL", "None", "N/A", "n/a", "(null)", "なし"))


def _is_in_hours(table: Table, places: Mapping[str, int]) -> bool:
    """Whether the name of a column of durations says that they are hours; else they are minutes."""
    place = places.get("replied_after")
    return place is not None and fold(table.header[place]).endswith((" hrs", " hours", " 時間"))


def _replies(first: int | None, count: int | None) -> Iterator[TicketEvent]:
    """The first reply, and as many more as are counted: when is not told, so a second apart."""
    if first is not None:
        for number in range(min(max(1, count or 1), _MOST_REPLIES)):
            yield TicketEvent(first + number, EventKind.REPLY)


def _count(cell: Mapping[str, str], use: str) -> int | None:
    text = cell.get(use, "").removesuffix(".0")
    if not text.isdecimal() or len(text) > 4:  # noqa: PLR2004 - digits
        return None
    return min(int(text), _MOST_COUNTED)


def _used(cell: Mapping[str, str], at: int) -> Iterator[TicketEvent]:
    for use, kind in (("article", EventKind.LINKED), ("macro", EventKind.MACRO)):
        names = _BETWEEN.split(cell.get(use, "")[:2_000])[:_MOST_NAMES]
        for name in dict.fromkeys(name.strip() for name in names):
            if name and name not in _EMPTY:
                yield TicketEvent(at, kind, detail=name)
