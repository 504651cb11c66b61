"""Reports of the tickets of one team, product or the like alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cannery.insight.families.family import Family, Named
from cannery.insight.families.table import FAMILIES
from cannery.insight.look import Cut, Figures, Key, Look, grouped_by
from cannery.insight.measures.table import ORDER
from cannery.insight.noise import change
from cannery.insight.report import MeasureReport, Report
from cannery.insight.series import nothing, points
from cannery.insight.ticket_report import MOST_GROUPS, told
from cannery.model.figure import Figure

_ByPart = Mapping[object, Mapping[Key, Figure]]


def make_parts(look: Look, dimension: str, only: str = "") -> Mapping[str, Report]:
    """A report of each value of a dimension, in one pass for all; they have no groups.

    Only the values with the most tickets have one. With `only`, the name of a measure, they have
    those that are told by the same queries.
    """
    found: dict[str, list[MeasureReport]] = {value: [] for value in _values(look, dimension)}
    for family in FAMILIES:
        if only and only not in keys_of(look, [family]):
            continue
        for value, report in _parts(look, family, dimension, list(found)):
            found[value].append(report)
    return {value: told(look, reports) for value, reports in found.items()}


def keys_of(look: Look, families: Sequence[Family] = FAMILIES) -> Mapping[str, str]:
    """The keys of measures that the data can tell, by their names, in their order."""
    named = [each.definition for family in families for each in family.named(look)]
    ordered = sorted(named, key=lambda each: ORDER.index(each.key))
    return {each.name: each.key for each in ordered}


def _values(look: Look, dimension: str) -> list[str]:
    rows = look.engine.rows(grouped_by("COUNT(*)", "fact", (dimension,)))
    greatest = sorted((-many, value) for value, many in rows if value)[:MOST_GROUPS]
    return sorted(value for _, value in greatest)


def _parts(
    look: Look, family: Family, dimension: str, values: Sequence[str]
) -> Iterator[tuple[str, MeasureReport]]:
    whole, by_month, by_week = (
        family.figures(look, Cut(dimension, unit)) for unit in ("", "month", "week")
    )
    for named in family.named(look):
        name = named.definition.name
        overall = whole.get(name, {})
        months, weeks = _by_part(by_month, name), _by_part(by_week, name)
        for value in values:
            figure = overall.get((value,), nothing(named.measure))
            yield value, _one(look, named, figure, (months.get(value, {}), weeks.get(value, {})))


def _one(
    look: Look, named: Named, overall: Figure, series: tuple[Mapping[Key, Figure], ...]
) -> MeasureReport:
    months = points(named, look, look.months, series[0])
    weeks = points(named, look, look.weeks, series[1])
    changed = change(months, named.definition)
    return MeasureReport(named.definition, overall, months, weeks, change=changed)


def _by_part(figures: Figures, name: str) -> _ByPart:
    found: dict[object, dict[Key, Figure]] = {}
    for (part, period), figure in figures.get(name, {}).items():
        found.setdefault(part, {})[(period,)] = figure
    return found
