"""The values of a capture."""

from __future__ import annotations

from typing import NamedTuple


class Placeholder(NamedTuple):
    """What a personal part becomes: a field of this name and type.

    `source` is its place in the ticket. `template` is what stands in the text instead, where that
    is more than the bare name; `agent` ones are no fields, for the agent's own settings know them.
    """

    name: str
    label: str
    type: str = "text"
    source: str = ""
    template: str = ""
    is_field: bool = True


class PersonalSpan(NamedTuple):
    """A piece of the text, from `start` to `end`, that belongs to one customer or one day."""

    start: int
    end: int
    text: str
    placeholder: Placeholder

    @property
    def template(self) -> str:
        return self.placeholder.template or f"{{{{ {self.placeholder.name} }}}}"
