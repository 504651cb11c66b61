"""Rows of a desk's lists, taken into a gathering: each by its list, or by the keys that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cannery.insight.sources import fields
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.source import Options
from cannery.insight.sources.values import Json, identifier, name, part

# What takes a row of one kind; whether it could be read.
Take = Callable[[Gathering, Json, Options], bool]
# The same of any kind, by the list that the row stands in; empty for a row that stands alone.
TakeAny = Callable[[Gathering, str, Json, Options], bool]
_UNREADABLE = "a row without its number or time"


class RowKinds(NamedTuple):
    """What takes the rows of each list.

    `signs`: of a row that stands alone, the first kind holds whose keys it has.
    """

    signs: Sequence[tuple[frozenset[str], Take]]
    lists: Mapping[str, Take] = {}

    def take(self, gathering: Gathering, key: str, row: Json, options: Options) -> bool:
        """Take a row; one of a kind that nothing needs is read as well."""
        signs = () if key in self.lists else self.signs
        found = next((takes for keys, takes in signs if keys <= row.keys()), self.lists.get(key))
        return found is None or found(gathering, row, options)


def take_each(
    gathering: Gathering, key: str, rows: Iterable[Json], take: TakeAny, options: Options
) -> None:
    """Take rows of one list; those that can't be read are counted, and left out."""
    for row in rows:
        if not take(gathering, key, row, options):
            options.reading.leave_out(0, _UNREADABLE)


def take_group(gathering: Gathering, row: Json, _: Options) -> bool:
    """Take a group of the team's, whose name is that of a section."""
    id_ = identifier(row.get("id"))
    gathering.sections[id_] = name(row.get("name")) or id_
    return bool(id_)


def take_organization(custom: str, gathering: Gathering, row: Json, options: Options) -> bool:
    """Take a customer's organization, whose own fields stand below the key `custom`."""
    id_ = identifier(row.get("id"))
    if found := fields.of_organization(options.fields, part(row, custom)):
        gathering.organization(id_, found)
    return bool(id_)
