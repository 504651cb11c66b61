"""A CSV with a row for each ticket, as spreadsheets and reports have it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from cannery.insight.sources.source import Options
from cannery.model.ticket_event import DIMENSIONS, EventKind, TicketEvent, TicketRecord

NAMES = {
    "ticket": ("id", "ticket_id", "ticket", "number", "key"),
    "created_at": ("created_at", "created", "opened_at"),
    "replied_at": ("first_reply_at", "first_replied_at", "first_response_at"),
    "solved_at": ("solved_at", "resolved_at", "closed_at"),
    "status": ("status", "state"),
    **{name: (name,) for name in DIMENSIONS[1:]},
}
_DONE = ("solved", "closed", "resolved", "done")


def fits(head: bytes, path: Path) -> bool:
    """Whether a file may be a CSV: it is text."""
    return b"\0" not in head and path.suffix.casefold() != ".json"


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The tickets. Raises ValueError, OSError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        columns = {**columns_of(list(rows.fieldnames or ())), **options.columns}
        if "created_at" not in columns:
            raise ValueError("no column tells when a ticket was created")
        for number, row in enumerate(rows, start=2):
            try:
                yield _record(row, columns, number)
            except ValueError as error:
                options.reading.leave_out(number, str(error))


def columns_of(header: list[str]) -> Mapping[str, str]:
    """The columns that are told by their names, by what they are for."""
    plain = {"_".join(name.casefold().split()): name for name in header}
    return {
        use: next(plain[name] for name in names if name in plain)
        for use, names in NAMES.items()
        if any(name in plain for name in names)
    }


def _record(row: Mapping[str, str], columns: Mapping[str, str], line: int) -> TicketRecord:
    cell = {use: (row.get(name) or "").strip() for use, name in columns.items()}
    events = [TicketEvent(_seconds(cell["created_at"]), EventKind.CREATED)]
    if replied := cell.get("replied_at"):
        events.append(TicketEvent(_seconds(replied), EventKind.REPLY))
    is_done = cell.get("status", "solved").casefold() in _DONE
    if is_done and (solved := cell.get("solved_at")):
        events.append(TicketEvent(_seconds(solved), EventKind.SOLVED))
    attributes = {name: cell[name] for name in DIMENSIONS if cell.get(name)}
    return TicketRecord(cell.get("ticket") or str(line), events, attributes)


def _seconds(text: str) -> int:
    at = datetime.fromisoformat(text)
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
