"""Measures that are sums over `fact`: one pass for all that count from the same time on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannery.insight.families.family import Named
from cannery.insight.look import Cut, Figures, Key, Look, grouped_by
from cannery.insight.measures.measure import definition
from cannery.insight.measures.summed import Summed
from cannery.insight.measures.table import SUMMED
from cannery.model.figure import Figure


def named(look: Look) -> list[Named]:
    """As Family says."""
    return [Named(measure, definition(measure, look.frame)) for measure in SUMMED]


def figures(look: Look, cut: Cut) -> Figures:
    """As Family says."""
    by_columns: dict[tuple[str, ...], list[Summed]] = {}
    for measure in SUMMED:
        by_columns.setdefault(cut.columns(measure.since), []).append(measure)
    found: dict[str, Mapping[Key, Figure]] = {}
    for columns, measures in by_columns.items():
        found.update(_asked(look, measures, columns))
    return found


def _asked(look: Look, measures: Sequence[Summed], columns: Sequence[str]) -> Figures:
    sums = [measure.columns(look.frame) for measure in measures]
    select = ", ".join(column for each in sums for column in each)
    found: dict[str, dict[Key, Figure]] = {}
    for row in look.engine.rows(grouped_by(select, "fact", columns)):
        key, values = row[: len(columns)], iter(row[len(columns) :])
        for measure, each in zip(measures, sums, strict=True):
            figure = measure.figure(*(next(values) or 0 for _ in each))
            found.setdefault(definition(measure, look.frame).name, {})[key] = figure
    return found
