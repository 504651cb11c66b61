"""Times in business hours: what the calendar of a ticket's customer counts of them."""

from __future__ import annotations

from cannery.insight.measures.timed import Clock, Timed

_BUSINESS = "end_seconds IS NOT NULL"  # a calendar is its own, and reaches back to its opening

FIRST_REPLY_BUSINESS = Timed(
    "first_reply_business",
    "measures/business-time",
    Clock(
        "business",
        of=f"tells_replies = 1 AND {_BUSINESS}",
        begin="0",
        end="reply_seconds",
        cut="COALESCE(first_solved_seconds, end_seconds)",
    ),
)
RESOLUTION_BUSINESS = Timed(
    "resolution_business",
    "measures/business-time",
    Clock(
        "business",
        of=f"tells_solutions = 1 AND {_BUSINESS}",
        begin="0",
        end="CASE WHEN last_reopened_at IS NULL OR last_reopened_at <= last_solved_at"
        " THEN last_solved_seconds END",
        cut="end_seconds",
    ),
)
