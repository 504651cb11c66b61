"""What an account of Zendesk keeps, its clock and its numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.desks.server import Refused

Row = dict[str, Any]
Table = dict[int, Row]
_START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@dataclass
class Store:
    """Rows by id, in tables.

    The clock moves by a second with each write; `passed` moves it on.
    """

    address: str = ""
    tables: dict[str, Table] = field(default_factory=dict)
    rewrites: bool = True  # whether HTML and lists come back otherwise than they were sent
    _now: datetime = _START
    _next_id: int = 360_000_000_001

    def passed(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    @property
    def time(self) -> datetime:
        return self._now

    @property
    def now(self) -> str:
        return self._now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def table(self, name: str) -> Table:
        return self.tables.setdefault(name, {})

    def row(self, table: str, number: int) -> Row:
        """A row; raises Refused if it has gone."""
        found = self.table(table).get(number)
        if found is None:
            raise not_found()
        return found

    def add(self, table: str, row: Row) -> Row:
        """Put a new row into a table, with a number and its times."""
        self.passed(1)
        number = self._next_id
        self._next_id += 1
        times = {"created_at": self.now, "updated_at": self.now}
        self.table(table)[number] = made = {"id": number, **times, **row}
        return made

    def change(self, row: Row, changes: Row) -> Row:
        self.passed(1)
        row.update(changes, updated_at=self.now)
        return row


def not_found() -> Refused:
    return Refused(404, {"error": "RecordNotFound", "description": "Not found"})


def invalid(field_name: str, description: str) -> Refused:
    """A record that does not hold together, as Zendesk says it."""
    details = {field_name: [{"description": description}]}
    content = {
        "error": "RecordInvalid",
        "description": "Record validation errors",
        "details": details,
    }
    return Refused(422, content)
