"""Measures that are sums over `fact`: all of them in one pass for each way of grouping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannery.insight.engine import Engine
from cannery.insight.fact import Frame
from cannery.insight.measures.measure import Summed, definition
from cannery.model.figure import Figure

Key = int | str | None
Figures = Mapping[str, Mapping[Key, Figure]]  # by the measure's name and the group


def overall(engine: Engine, frame: Frame, measures: Sequence[Summed]) -> Mapping[str, Figure]:
    """The figures over all tickets, by the measures' names. Needs the facts."""
    [row] = engine.rows(f"SELECT {_sums(frame, measures)} FROM fact")  # noqa: S608 - our own SQL
    return _figures(frame, measures, row)


def grouped(engine: Engine, frame: Frame, measures: Sequence[Summed], column: str) -> Figures:
    """The figures by a column of `fact`."""
    rows = engine.rows(
        f"SELECT {column}, {_sums(frame, measures)} FROM fact GROUP BY {column}"  # noqa: S608 - our own SQL
    )
    found: dict[str, dict[Key, Figure]] = {}
    for key, *sums in rows:
        for name, figure in _figures(frame, measures, sums).items():
            found.setdefault(name, {})[key] = figure
    return found


def _sums(frame: Frame, measures: Sequence[Summed]) -> str:
    return ", ".join(column for measure in measures for column in measure.columns(frame))


def _figures(
    frame: Frame, measures: Sequence[Summed], row: Sequence[int | None]
) -> Mapping[str, Figure]:
    values = iter(row)
    found = {}
    for measure in measures:
        sums = [next(values) or 0 for _ in measure.columns(frame)]
        found[definition(measure, frame).name] = measure.figure(*sums)
    return found
