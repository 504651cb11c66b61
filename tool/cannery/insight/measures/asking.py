"""What customers are asked, and whether they answer."""

from __future__ import annotations

from cannery.insight.measures.summed import Share

RESPONSE_RATE = Share(
    "response_rate_{days}d",
    "measures/response-rate",
    of="offered_at <= {at} - {within}",
    hit="rated_at <= offered_at + {within}",
    since="offered",
)
