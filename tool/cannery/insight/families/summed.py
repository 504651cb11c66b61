"""Measures that are sums over `fact`: one pass for all that count from the same time on.

What holds of a ticket is one number, a bit for each condition: SQLite groups by it five times as
fast as it adds up twenty conditions (200,000 tickets by section: 0.09 s instead of 0.45 s).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cannery.insight.fact import filled
from cannery.insight.families.family import Named
from cannery.insight.look import Cut, Figures, Key, Look, all_columns, grouped_by
from cannery.insight.measures.measure import definition
from cannery.insight.measures.summed import Summed, Sums
from cannery.insight.measures.table import SUMMED
from cannery.model.figure import Figure

_TABLE = "tally"


def prepare(look: Look) -> None:
    """Make the table: what a ticket is grouped by, its bits, and its amounts."""
    flags = (filled(flag, look.frame) for measure in SUMMED for flag in measure.flags())
    bits = " + ".join(
        f"CASE WHEN {flag} THEN {1 << place} ELSE 0 END" for place, flag in enumerate(flags)
    )
    amounts = (f"{amount} AS {name}" for name, amount in _amounts().items())
    columns = (*all_columns(measure.since for measure in SUMMED), f"{bits} AS bits", *amounts)
    look.engine.make(_TABLE, f"SELECT {', '.join(columns)} FROM fact")  # noqa: S608 - our own SQL


def _amounts() -> Mapping[str, str]:
    """SQL of amounts, by the column that has them."""
    amounts = dict.fromkeys(measure.amount for measure in SUMMED if measure.amount)
    return {f"amount_{number}": amount for number, amount in enumerate(amounts)}


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
        groups = _groups(look, columns)
        for measure in measures:
            told = {key: measure.figure(_sums(measure, rows)) for key, rows in groups.items()}
            found[definition(measure, look.frame).name] = told
    return found


# The bits, how many tickets have them, and their amounts.
_Row = tuple[int, ...]


def _groups(look: Look, columns: Sequence[str]) -> Mapping[Key, Sequence[_Row]]:
    names = (*columns, "bits", *_amounts())
    groups: dict[Key, list[_Row]] = {} if columns else {(): []}
    width = len(columns)
    for row in look.engine.rows(grouped_by("COUNT(*)", _TABLE, names)):
        groups.setdefault(row[:width], []).append(row[width:])
    return groups


def _sums(measure: Summed, rows: Sequence[_Row]) -> Sums:
    masks = [1 << place for place in _places(measure)]
    flagged = tuple(sum(row[-1] for row in rows if row[0] & mask) for mask in masks)
    if not measure.amount:
        return Sums(flagged)
    place = 1 + list(_amounts().values()).index(measure.amount)
    amounts = [(row[place], row[-1]) for row in rows if row[0] & masks[0]]
    total = sum(amount * many for amount, many in amounts)
    return Sums(flagged, total, sum(amount * amount * many for amount, many in amounts))


def _places(asked: Summed) -> Iterator[int]:
    """Which bits are those of a measure."""
    place = 0
    for measure in SUMMED:
        width = len(measure.flags())
        if measure is asked:
            yield from range(place, place + width)
        place += width
