"""How tickets come to their end."""

from __future__ import annotations

from cannery.insight.measures.measure import Share

# Only tickets that have had their N days: of those who are younger nobody knows.
_MATURE = "created_at <= {at} - {within}"

SOLVED_WITHIN = Share(
    "solved_within_{days}d",
    "measures/solved-within",
    of=_MATURE,
    hit="solved_within_at IS NOT NULL"
    " AND (reopened_within_at IS NULL OR reopened_within_at < solved_within_at)",
)
