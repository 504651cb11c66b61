"""The fields that a reply of a snippet tool asks for, each with a name of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cannery.content.desk_names import field_name
from cannery.model.entry import Choice, Field

_NO_NAME = re.compile(r"\W+")
_MAX_NAME = 60
_MAX_CHOICES = 500


class AskedFields:
    """Gathers the fields of one reply. What its program calls the same is one field."""

    def __init__(self) -> None:
        self._by_key: dict[str, Field] = {}

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(self._by_key.values())

    def output(self, key: str, field: Field | None = None, form: str = "") -> str:
        """The Liquid for the value that its program calls `key`.

        `field` says more of it; its name is what the field is to be called if no other one is.
        `form` is a date's.
        """
        if key not in self._by_key:
            wanted = field or Field(key, key if " " in key else "")
            name = self._free(name_of(wanted.name))
            label = wanted.label or name.replace("_", " ")
            self._by_key[key] = replace(wanted, name=name, label=label)
        style = f" | date: '{form}'" if form else ""
        return f"{{{{ {self._by_key[key].name}{style} }}}}"

    def _free(self, name: str) -> str:
        taken = {one.name for one in self.fields}
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name}_{number}"
        return free


def name_of(written: str) -> str:
    """What a field may be called; `value` where nothing is left of what was written."""
    name = field_name(written) or _NO_NAME.sub("_", written).strip("_")[:_MAX_NAME]
    return name if name.isidentifier() else f"value_{name}" if name.isdigit() else "value"


def choice_field(name: str, choices: Sequence[tuple[str, str]], default: str = "") -> Field:
    """A field of which one choice is taken; `choices` are values with their labels."""
    unique = {value.strip(): Choice(value.strip(), label.strip()) for value, label in choices}
    unique.pop("", None)
    some = tuple(unique.values())[:_MAX_CHOICES]
    if not some:
        return Field(name)
    known = default if default in unique else None
    return Field(name, type="choice", choices=some, default=known, required=known is None)
