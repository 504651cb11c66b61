"""The fields that a desk's reply asks for: what it fills in, and we know no name for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cannery.content.desk_names import Replacement
from cannery.exchange.placeholders.named import Name
from cannery.exchange.placeholders.written import shown
from cannery.model.entry import Choice, Field


class Fields:
    """The fields that the texts of one reply ask for, each name of the desk's once."""

    def __init__(self) -> None:
        self.all_by_path: Mapping[str, Field] = {}

    @property
    def all(self) -> tuple[Field, ...]:
        return tuple(self.all_by_path.values())

    @property
    def names(self) -> set[str]:
        return {field.name for field in self.all}

    def add(self, path: str, name: Name, fallback: str | None = None) -> str:
        """The name of the field for a desk's path."""
        if path not in self.all_by_path:
            new = Field(
                name=self._free(name.field),
                label=name.label,
                help=name.help,
                type=name.type or "text",
                default=shown(fallback) if fallback else None,
                required=not fallback,
                source=name.source,
            )
            self.all_by_path = {**self.all_by_path, path: new}
        return self.all_by_path[path].name

    def add_hole(self, new: Replacement) -> None:
        """A hole that the desk knows nothing of."""
        choices = tuple(Choice(one, one) for one in new.choices)
        field = Field(
            new.field, new.label, type=new.type or "text", choices=choices, source=new.source
        )
        self.all_by_path = {**self.all_by_path, f"\0{new.field}": field}

    def let_be_empty(self, name: str) -> None:
        """A field that a condition asks about."""
        self.all_by_path = {
            path: replace(field, required=False) if field.name == name else field
            for path, field in self.all_by_path.items()
        }

    def _free(self, name: str) -> str:
        taken, number = self.names, 1
        free = f"{name}_1" if name == "value" else name
        while free in taken:
            number += 1
            free = f"{name}_{number}"
        return free
