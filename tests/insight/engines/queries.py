"""Queries that engines read in different ways, unless they are put into their dialects."""

from __future__ import annotations

from typing import Any

_SO_FAR = """SELECT ticket, at, SUM(kind) OVER (PARTITION BY ticket ORDER BY at, kind, detail
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far FROM event
    ORDER BY ticket, at, kind, detail LIMIT 500"""
_BEFORE = """SELECT ticket, LAG(at) OVER (PARTITION BY ticket ORDER BY at, kind, detail) AS before
    FROM event ORDER BY ticket, at, kind, detail LIMIT 500"""
_NUMBERS = "(SELECT NULL AS n UNION ALL SELECT 5 UNION ALL SELECT -5) AS numbers"
QUERIES = (
    "SELECT CAST(7 AS REAL) / 2",
    "SELECT (CAST(7 AS REAL) * 3 - 1) / 4 * 1.5",
    "SELECT 7 % 3, -7 % 3",
    f"SELECT SUM(n), AVG(n), MIN(n), COUNT(*), COUNT(n) FROM {_NUMBERS}",  # noqa: S608 - our own SQL
    f"SELECT n FROM {_NUMBERS} ORDER BY n",  # noqa: S608 - our own SQL
    f"SELECT n FROM {_NUMBERS} ORDER BY n DESC",  # noqa: S608 - our own SQL
    f"SELECT SUM(n), MAX(n) FROM {_NUMBERS} WHERE n > 9",  # noqa: S608 - our own SQL
    "SELECT MAX(5, NULL), MIN(5, 3), MAX(2, 9)",
    "SELECT CAST(4000000000 AS INTEGER) * 4",
    "SELECT CASE WHEN 1 < 2 THEN 1 ELSE 0 END, CASE WHEN NULL > 1 THEN 1 END",
    "SELECT SUM(at) FROM event",
    "SELECT SUM(1.5 * kind), SUM(0.1 * (at % 7)) FROM event",
    "SELECT kind, COUNT(DISTINCT detail) FROM event WHERE kind <> 30 GROUP BY kind ORDER BY kind",
    "SELECT MIN(section), MAX(section), COUNT(DISTINCT section) FROM ticket",
    "SELECT section, COUNT(*) FROM ticket GROUP BY section ORDER BY section",
    _SO_FAR,
    _BEFORE,
)


def rounded(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows, with fractions that are alike but for the order in which they were added up."""
    return [
        tuple(round(value, 6) if isinstance(value, float) else value for value in row)
        for row in rows
    ]
