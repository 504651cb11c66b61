"""How many tickets come."""

from __future__ import annotations

from cannery.insight.measures.summed import Count

ARRIVALS = Count("arrivals", "measures/arrivals", of="1 = 1")
