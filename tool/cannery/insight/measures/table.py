"""All measures of tickets, in the order in which they are shown."""

from __future__ import annotations

from cannery.insight.measures import solving
from cannery.insight.measures.measure import Share

MEASURES: tuple[Share, ...] = (solving.SOLVED_WITHIN,)
