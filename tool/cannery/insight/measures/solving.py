"""How tickets come to their end."""

from __future__ import annotations

from cannery.insight.measures.summed import Mean, Share
from cannery.insight.measures.timed import Clock, Timed

# Only tickets that have had their N days: of those who are younger nobody knows.
MATURE = "created_at <= {at} - {within}"
_STANDS_SOLVED = (
    "solved_within_at IS NOT NULL"
    " AND (reopened_within_at IS NULL OR reopened_within_at <= solved_within_at)"
)
# The same by the curve, so that younger tickets help as far as they are seen.
_WITHIN = Clock(
    "fact",
    of="tells_solutions = 1",
    begin="created_at",
    end=f"CASE WHEN {_STANDS_SOLVED} THEN solved_within_at END",
    cut="CASE WHEN created_at + {within} < {at} THEN created_at + {within} END",
)
_RESOLUTION = Clock(
    "fact",
    of="tells_solutions = 1",
    begin="created_at",
    end="CASE WHEN last_reopened_at IS NULL OR last_reopened_at <= last_solved_at"
    " THEN last_solved_at END",
)

SOLVED_WITHIN = Share(
    "solved_within_{days}d",
    "measures/solved-within",
    of=f"tells_solutions = 1 AND {MATURE}",
    hit=_STANDS_SOLVED,
)
SOLVED_WITHIN_ESTIMATE = Timed(
    "solved_within_{days}d_km",
    "measures/solved-within",
    _WITHIN,
    read="share",
    better="high",
    is_mature=True,
    unit="share",
)
RESOLUTION_TIME = Timed("resolution_time", "measures/resolution-time", _RESOLUTION)
REOPEN_RATE = Share(
    "reopen_rate_{days}d",
    "measures/reopen-rate",
    of="tells_reopenings = 1 AND first_solved_at <= {at} - {within}",
    hit="first_reopened_at <= first_solved_at + {within}",
    better="low",
    since="first_solved",
)
ONE_TOUCH = Share(
    "one_touch_{days}d",
    "measures/one-touch",
    of=f"{MATURE} AND tells_all_replies = 1 AND replies_within > 0 AND {_STANDS_SOLVED}",
    hit="replies_within = 1 AND reopened_within_at IS NULL",
)
HANDOVERS = Mean(
    "handovers_{days}d",
    "measures/handovers",
    of=f"{MATURE} AND tells_assignments = 1",
    amount="handovers",
)
