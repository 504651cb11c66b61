"""A desk's own numbers by their names, asked for when the first one is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cannery.exchange.desks.texts.listing import Row, text
from cannery.rest.client import RestError

Rows = Callable[[], Iterable[Row]]


class Numbers:
    """Names and numbers of one sort, such as groups; `rows` asks the desk for all of them."""

    def __init__(self, what: str, rows: Rows) -> None:
        self._what, self._rows = what, rows
        self._by_name: dict[str, str] | None = None
        self._used: set[str] = set()

    @property
    def by_name(self) -> Mapping[str, str]:
        if self._by_name is None:
            found = ((text(row, "name"), text(row, "id")) for row in self._rows())
            self._by_name = {name: number for name, number in found if name and number}
        return self._by_name

    @property
    def used(self) -> Mapping[str, str]:
        """Those that were needed so far."""
        known = self._by_name or {}
        return {name: known[name] for name in sorted(self._used) if name in known}

    def number(self, name: str) -> str:
        """Raises RestError for a name that the desk doesn't have."""
        if number := self.by_name.get(name):
            self._used.add(name)
            return number
        hint = f"Add {name} to the {self._what} of the desk, or rename it in the macro."
        raise RestError(f"the desk has no {name} among its {self._what}", hint)

    def name(self, number: object) -> str:
        """The name of a number; the number itself if it has none."""
        found = next((name for name, one in self.by_name.items() if one == str(number)), "")
        self._used.update([found] if found else [])
        return found or str(number)

    def names(self, numbers: object) -> list[str]:
        """The names of a list of numbers, in the order of the alphabet."""
        return sorted(map(self.name, numbers)) if isinstance(numbers, list) and numbers else []


def known(numbers: Mapping[str, Numbers]) -> dict[str, Mapping[str, str]]:
    """What is known of several sorts."""
    return {sort: one.used for sort, one in numbers.items() if one.used}
