"""All measures of tickets, in the order in which they are shown."""

from __future__ import annotations

from cannery.insight.measures import solving
from cannery.insight.measures.measure import Summed

SUMMED: tuple[Summed, ...] = (solving.SOLVED_WITHIN,)
