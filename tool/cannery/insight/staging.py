"""Records that came in and are not merged yet: temporary tables, which vanish with the process."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from cannery.insight.pseudonyms import ATTRIBUTES, SKEW, Row
from cannery.model.figure import SMALLEST

_BATCH = 5_000  # records
_COLUMNS = ("key", "extent", "created_at", "updated_at", "latest_at", "imprint", *ATTRIBUTES)
_INCOMING = f"CREATE TEMP TABLE incoming (n INTEGER PRIMARY KEY, {', '.join(_COLUMNS)})"
_INCOMING_EVENT = """
CREATE TEMP TABLE incoming_event (
    n INTEGER, at INTEGER, kind INTEGER, detail TEXT, actor BLOB, value REAL,
    PRIMARY KEY (n, at, kind, detail, actor)
) WITHOUT ROWID"""
_TABLES = (
    "DROP TABLE IF EXISTS temp.incoming",
    "DROP TABLE IF EXISTS temp.incoming_event",
    _INCOMING,
    _INCOMING_EVENT,
)
_TICKET = f"INSERT INTO incoming VALUES (?, {', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - our own SQL
_EVENT = "INSERT OR IGNORE INTO incoming_event VALUES (?, ?, ?, ?, ?, ?)"
_FUTURE_TICKETS = "SELECT count(*), coalesce(sum(latest_at > ?), 0) FROM incoming"
_KNOWN = f"""
SELECT count(*), coalesce(sum(abs(i.created_at - ticket.created_at) > {SKEW}), 0)
FROM incoming i JOIN ticket ON ticket.key = i.key
WHERE i.extent > 0 AND i.created_at IS NOT NULL AND ticket.created_at IS NOT NULL"""  # noqa: S608 - our own SQL
# A column with more values than this, and a value of its own for most tickets, names customers.
_MOST_VALUES, _MOST_OWN = 50, 0.5
_FEW = 20  # tickets; of that many in the future it is this computer's clock that is wrong


class Staging:
    """The rows of an import, in the order in which they came."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._number = 0
        self._rows: list[Row] = []
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        for statement in _TABLES:
            self._database.execute(statement)

    def add(self, row: Row) -> None:
        """Take a row; it is written with others."""
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is still in memory. Raises sqlite3.Error."""
        first = self._number
        self._number += len(self._rows)
        self._database.execute("SAVEPOINT staging")  # of temporary tables alone: it locks nothing
        self._database.executemany(
            _TICKET, ((n, *row[:-2], *row.attributes) for n, row in enumerate(self._rows, first))
        )
        self._database.executemany(
            _EVENT,
            ((n, *event) for n, row in enumerate(self._rows, first) for event in row.events),
        )
        self._database.execute("RELEASE staging")
        self._rows.clear()

    def without_future(self, now: int) -> tuple[int, int]:
        """Leave out tickets of a later time than now, unless most are; how many left, and stay."""
        total, future = self._database.execute(_FUTURE_TICKETS, (now,)).fetchone()
        if not future:
            return 0, 0
        is_all = future == total > 1
        if is_all or (future >= _FEW and future > total * _MOST_OWN):
            return 0, int(future)
        self._database.execute("DELETE FROM incoming WHERE latest_at > ?", (now,))
        return int(future), 0

    def without_names(self) -> Mapping[str, int]:
        """Empty the attributes that are a customer's rather than a group's; values by attribute."""
        sums = ", ".join(f"count(DISTINCT {name}), count({name})" for name in ATTRIBUTES)
        counts = self._database.execute(f"SELECT {sums} FROM incoming").fetchone()  # noqa: S608 - our own SQL
        found = {
            name: values
            for name, values, told in zip(ATTRIBUTES, counts[::2], counts[1::2], strict=True)
            if values > _MOST_VALUES and values > told * _MOST_OWN
        }
        for name in found:
            self._database.execute(f"UPDATE incoming SET {name} = ''")  # noqa: S608 - our own SQL
        return found

    def is_of_others(self) -> bool:
        """Whether most tickets that are known were created at another time than is known."""
        known, others = self._database.execute(_KNOWN).fetchone()
        return bool(known >= SMALLEST and others > known * _MOST_OWN)

    def latest(self) -> int:
        """The time of the last event, in seconds; 0 without any."""
        found = self._database.execute("SELECT max(latest_at) FROM incoming").fetchone()[0]
        return int(found or 0)
