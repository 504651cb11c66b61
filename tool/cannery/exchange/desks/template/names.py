"""What each name of a template is to a desk: known here, the desk's own, or asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from cannery.content.dates import Calendar
from cannery.content.desk_names import names_there
from cannery.content.field_types import parse
from cannery.errors import TemplateError, ValueRefusedError
from cannery.exchange.desks.desk import Around
from cannery.exchange.desks.template.pieces import names_in, pieces_of
from cannery.exchange.placeholders.dialect import Dialect
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import render
from cannery.model.entry import Field, Macro

_ALONE: Mapping[str, object] = {"reply": {"first": True, "last": True}}
_NO_DAY = Calendar(date(2000, 1, 1))  # values that depend on the day are asked for
_DAYS = frozenset({"date"})
There = Callable[[str], str]


class Sort(Enum):
    KNOWN = auto()  # computed here
    OPAQUE = auto()  # a text with the desk's own in it, which no condition can look at
    NATIVE = auto()  # the desk fills it in
    ASKED = auto()


class Meaning(NamedTuple):
    """`there` is what the desk calls a native value; `fallback` is for want of it."""

    sort: Sort
    there: str = ""
    fallback: str | None = None


ASKED = Meaning(Sort.ASKED)
KNOWN = Meaning(Sort.KNOWN)


def there_by(dialect: Dialect) -> There:
    """What a desk calls a name of ours; empty for what it has not."""

    def there(ours: str) -> str:
        name = "" if ours in dialect.lacks else names_there(dialect.desk).get(ours, "")
        return name or dialect.there(ours)

    return there


class Names:
    """The names of one macro. `values` are those that are known here."""

    def __init__(self, macro: Macro, around: Around, there: There) -> None:
        self.values: dict[str, object] = {**_ALONE, **around.values}
        self.defaults: list[str] = []  # fields whose default is taken
        self.sources: list[str] = []  # fields that the ticket has
        self._there = there
        self._by_name: dict[str, Meaning] = dict.fromkeys((*self.values, "cursor"), KNOWN)
        for item in macro.fields:
            if item.name not in around.values:
                self._by_name[item.name] = self._field(item, macro.at.language)

    def of(self, path: str) -> Meaning:
        """What a path such as `ticket.requester.name` is."""
        first = path.partition(".")[0]
        if path in self._by_name or first in self._by_name:
            return self._by_name.get(path) or self._by_name[first]
        name = self._there(path)
        return Meaning(Sort.NATIVE, name) if name else ASKED

    def set(self, name: str, meaning: Meaning) -> None:
        """What a name means that the template sets itself."""
        self._by_name[name] = meaning

    def _field(self, item: Field, language: str) -> Meaning:
        fallback = item.default if item.default and "{" not in item.default else None
        if item.source and (name := self._there(item.source)):
            self.sources.append(item.name)
            return Meaning(Sort.NATIVE, name, fallback)
        if item.default is None or item.type in _DAYS:
            return ASKED
        alias = self._alias(item.default)
        if alias is not None:
            return alias
        return self._default(item, language)

    def _alias(self, default: str) -> Meaning | None:
        """The one value that a default is; None for any other default."""
        pieces = [*pieces_of(default.strip())]
        words = pieces[0].words if len(pieces) == 1 and pieces[0].is_output else ()
        if len(words) != 1 or words[0].kind != "path":
            return None
        meaning = self.of(words[0].text)
        return meaning if meaning.sort is Sort.NATIVE else None

    def _default(self, item: Field, language: str) -> Meaning:
        """A field whose default is the same for each ticket: nobody can change it at a desk."""
        default = item.default or ""
        pieces = pieces_of(default)
        paths = [piece.words[at].text for piece in pieces for at in names_in(piece.words)]
        if any(self.of(path).sort is not Sort.KNOWN for path in paths):
            return ASKED
        try:
            text = render(Source(default, ""), self.values, RenderContext(language)).plain
            self.values[item.name] = parse(item, text, _NO_DAY)
        except (TemplateError, ValueRefusedError):
            return ASKED
        self.defaults.append(item.name)
        return KNOWN
