"""What of the knowledge base is seen in tickets."""

from __future__ import annotations

from cannery.insight.measures.solving import MATURE
from cannery.insight.measures.summed import Share

LINK_RATE = Share(
    "link_rate_{days}d",
    "measures/link-rate",
    of=f"{MATURE} AND tells_links = 1 AND replies_within > 0",
    hit="linked_within = 1",
)
MACRO_USE = Share(
    "macro_use_{days}d",
    "measures/macro-use",
    of=f"{MATURE} AND tells_macros = 1 AND replies_within > 0",
    hit="macro_within = 1",
    better="",
)
ANSWERED_FROM_BASE = Share(
    "answered_from_kb_{days}d",
    "measures/answered-from-kb",
    of=f"{MATURE} AND (tells_links = 1 OR tells_macros = 1) AND replies_within > 0",
    hit="linked_within = 1 OR macro_within = 1",
)
