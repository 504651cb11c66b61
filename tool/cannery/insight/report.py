"""All measures at once: one pass over the facts for each way of grouping."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.insight.engine import Engine
from cannery.insight.fact import Frame
from cannery.insight.measures.table import MEASURES
from cannery.model.figure import Figure


def figures(engine: Engine, frame: Frame) -> Mapping[str, Figure]:
    """The figures over all tickets, by the measures' names. Needs the facts."""
    sums = [column for measure in MEASURES for column in measure.columns(frame)]
    [row] = engine.rows(f"SELECT {', '.join(sums)} FROM fact")  # noqa: S608 - our own SQL
    values = iter(row)
    return {
        measure.name.format(days=frame.days): measure.figure(next(values) or 0, next(values) or 0)
        for measure in MEASURES
    }
