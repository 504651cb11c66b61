"""How soon customers are answered."""

from __future__ import annotations

from cannery.insight.measures.summed import Share
from cannery.insight.measures.timed import Clock, Timed

# Who solves a ticket without a reply never replies: it is given up there.
_FIRST_REPLY = Clock(
    "fact",
    of="tells_replies = 1",
    begin="created_at",
    end="first_reply_at",
    cut="first_solved_at",
)
_NEXT_REPLY = Clock(
    "wait", of="1 = 1", begin="asked_at", end="answered_at", cut="cut_at", since="asked"
)

FIRST_REPLY_TIME = Timed("first_reply_time", "measures/first-reply-time", _FIRST_REPLY)
REPLIED_WITHIN = Share(
    "replied_within_{hours}h",
    "measures/first-reply-time",
    of="tells_replies = 1 AND created_at <= {at} - {soon}"
    " AND (first_reply_at <= created_at + {soon}"
    " OR first_solved_at IS NULL OR first_solved_at > created_at + {soon})",
    hit="first_reply_at <= created_at + {soon}",
)
NEXT_REPLY_TIME = Timed("next_reply_time", "measures/next-reply-time", _NEXT_REPLY)
