"""The fields that a desk's reply asks for: what it fills in, and we know no name for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from cannery.content.desk_names import Replacement
from cannery.exchange.placeholders.named import Name
from cannery.exchange.placeholders.written import shown
from cannery.model.entry import Choice, Field


class Fields:
    """The fields that the texts of one reply ask for, each name of the desk's once."""

    def __init__(self) -> None:
        self._by_name: dict[str, Field] = {}
        self._names: dict[str, str] = {}  # by what the desk calls the value
        self._numbers: dict[str, int] = {}  # the last one behind a name

    @property
    def all(self) -> tuple[Field, ...]:
        return tuple(self._by_name.values())

    @property
    def names(self) -> Collection[str]:
        return self._by_name.keys()

    def copy(self) -> Fields:
        """As they are now, to go back to."""
        other = Fields()
        other.take(self)
        return other

    def take(self, other: Fields) -> None:
        """Have what others have, and nothing else."""
        self._by_name, self._names = dict(other._by_name), dict(other._names)

    def add(self, path: str, name: Name, fallback: str | None = None) -> str:
        """The name of the field for a desk's path."""
        if path not in self._names:
            free = self._free(name.field)
            self._names[path] = free
            self._by_name[free] = Field(
                name=free,
                label=name.label,
                help=name.help,
                type=name.type or "text",
                default=shown(fallback) if fallback else None,
                required=not fallback,
                source=name.source,
            )
        return self._names[path]

    def add_hole(self, new: Replacement) -> None:
        """A hole that the desk knows nothing of."""
        choices = tuple(Choice(one, one) for one in new.choices)
        self._by_name[new.field] = Field(
            new.field, new.label, type=new.type or "text", choices=choices, source=new.source
        )

    def let_be_empty(self, name: str) -> None:
        """A field that a condition asks about."""
        if name in self._by_name:
            self._by_name[name] = replace(self._by_name[name], required=False)

    def _free(self, name: str) -> str:
        number = self._numbers.get(name, 1)
        free = f"{name}_1" if name == "value" else name
        while free in self._by_name:
            number += 1
            free = f"{name}_{number}"
        self._numbers[name] = number
        return free
