"""What is open at the end of periods: one pass over all times that tickets were open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from cannery.insight.families.family import Named
from cannery.insight.look import Cut, Figures, Key, Look, grouped_by
from cannery.insight.measures.measure import definition
from cannery.insight.measures.table import LEVELS
from cannery.model.figure import Figure


class _Open(NamedTuple):
    """What is open in a group at the end of a local day: how many, by the day of their opening."""

    key: Key
    by_day: Mapping[int, int]
    day: int


def prepare(_look: Look) -> None:
    """As Family says: the table `spell` is one of the facts."""


def named(look: Look) -> list[Named]:
    """As Family says."""
    return [Named(measure, definition(measure, look.frame)) for measure in LEVELS]


def figures(look: Look, cut: Cut) -> Figures:
    """As Family says."""
    dimension = (cut.dimension,) if cut.dimension else ()
    asked = _at_ends(look, dimension, cut.unit) if cut.unit else _at_end(look, dimension)
    found: dict[str, dict[Key, Figure]] = {measure.name: {} for measure in LEVELS}
    for opened in asked:
        for measure in LEVELS:
            found[measure.name][opened.key] = measure.figure(opened.by_day, opened.day)
    return found


def _at_end(look: Look, dimension: tuple[str, ...]) -> Iterator[_Open]:
    """What is open at the end of the data."""
    spells = "(SELECT * FROM spell WHERE is_open = 1) AS spells"
    groups: dict[Key, dict[int, int]] = {} if dimension else {(): {}}
    columns = (*dimension, _opened_on(look))
    for *key, day, many in look.engine.rows(grouped_by("COUNT(*)", spells, columns)):
        groups.setdefault(tuple(key), {})[day] = many
    for group, by_day in groups.items():
        yield _Open(group, by_day, _last_day(look, look.frame.at))


def _at_ends(look: Look, dimension: tuple[str, ...], unit: str) -> Iterator[_Open]:
    """What is open at the end of each period; of one that is not over, at the end of the data."""
    begins, ends = f"COALESCE(begins_{unit}, 0)", f"ends_{unit}"
    crossing = f"(SELECT * FROM spell WHERE is_open = 1 OR {ends} > {begins}) AS spells"  # noqa: S608 - our own SQL
    columns = (*dimension, _opened_on(look), begins, ends)
    groups: dict[Key, list[Sequence[Any]]] = {} if dimension else {(): []}
    for row in look.engine.rows(grouped_by("COUNT(*)", crossing, columns)):
        groups.setdefault(tuple(row[: len(dimension)]), []).append(row[len(dimension) :])
    for group, rows in groups.items():
        yield from _through_periods(look, unit, group, rows)


def _through_periods(
    look: Look, unit: str, group: Key, rows: Sequence[Sequence[Any]]
) -> Iterator[_Open]:
    """A group, period by period. Rows: the day, the periods of begin and end, how many."""
    periods = look.periods(unit)
    changes: dict[int, Counter[int]] = defaultdict(Counter)
    for day, begin, end, many in rows:
        changes[max(begin, periods[0].number)][day] += many
        if end is not None:
            changes[end][day] -= many
    opened = Counter[int]()
    for period in periods:
        opened.update(changes[period.number])
        day = _last_day(look, min(period.ends_at, look.frame.at))
        yield _Open((*group, period.number), opened, day)


def _opened_on(look: Look) -> str:
    """The day on which a ticket was opened; what is older than the periods is of their first."""
    first = datetime.fromtimestamp(look.months[0].starts_at, look.zone).toordinal()
    return f"COALESCE(created_day, {first})"


def _last_day(look: Look, end: int) -> int:
    """The local day that ends at a time, or in which it is."""
    return datetime.fromtimestamp(end - 1, look.zone).toordinal()
