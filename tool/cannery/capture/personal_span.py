"""The values of a capture."""

from __future__ import annotations

from typing import NamedTuple


class Placeholder(NamedTuple):
    """What a personal part becomes: a field of this name and type.

    `source` is its place in the ticket. `template` is what stands in the text instead, where that
    is more than the bare name; `agent` ones are no fields, for the agent's own settings know them.
    `beside` are further fields that the template asks for.
    """

    name: str
    label: str
    type: str = "text"
    source: str = ""
    template: str = ""
    is_field: bool = True
    beside: tuple[Placeholder, ...] = ()
    number: int = 1
    """Which one it is of its name: the second date of a text is `date_2`."""
    is_secret: bool = False
    """Whether it may not stay as it is: a link that lets anybody in."""

    @property
    def written(self) -> str:
        """What stands in the template."""
        return self.template or f"{{{{ {self.name} }}}}"

    @property
    def fields(self) -> tuple[Placeholder, ...]:
        """All that is to be asked for."""
        return (*self.beside, *((self,) if self.is_field else ()))


class PersonalSpan(NamedTuple):
    """A piece of the text, from `start` to `end`, that belongs to one customer or one day.

    `before` and `after` are what of it stays around its placeholder: the # of a number, the folders
    around a user's name.
    """

    start: int
    end: int
    text: str
    placeholder: Placeholder
    before: str = ""
    after: str = ""

    @property
    def value(self) -> str:
        """The text that the placeholder takes the place of."""
        return self.text[len(self.before) : len(self.text) - len(self.after)]

    @property
    def template(self) -> str:
        return f"{self.before}{self.placeholder.written}{self.after}"
