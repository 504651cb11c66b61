"""Zendesk's own numbers by their names: macros say names, for numbers differ from desk to desk.

What the lock file knows is not asked for again, so that a name keeps its number when the desk
calls it otherwise. What it does not know is looked for in the desk's list, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from cannery.errors import NotFoundError
from cannery.exchange.desks.zendesk.paging import Json, answered, number, objects, one, rows, whole
from cannery.rest.client import Client, RestError
from cannery.util.plain import one_line

_LONGEST = 120
_NUMBER = re.compile(r"[0-9]{1,20}")  # it becomes a part of an address
USERS = "users"
_SEARCH = "/api/v2/users/search"
_GONE = 404


class _List(NamedTuple):
    """A list of the desk's: how it is read, and what in it is the name."""

    read: Callable[[Client, str, str], Iterator[Json]]
    name: str


_LISTS: Mapping[str, _List] = {
    "brands": _List(rows, "name"),
    "custom_statuses": _List(whole, "agent_label"),
    "groups": _List(rows, "name"),
    "locales": _List(whole, "locale"),
    "ticket_fields": _List(rows, "title"),
    "ticket_forms": _List(whole, "name"),
}


class Numbers:
    """Names and numbers of what macros and articles refer to. `known` is what the lock file has."""

    def __init__(self, client: Client, known: Mapping[str, Mapping[str, str]]) -> None:
        self._client = client
        self._known = {
            what: {name: it for name, it in names.items() if _NUMBER.fullmatch(it)}
            for what, names in known.items()
        }
        self._listed: set[str] = set()
        self._needed = {(what, name) for what, names in known.items() for name in names}
        self._off: dict[str, set[str]] = {}  # numbers of what is not active, by list

    @property
    def used(self) -> Mapping[str, Mapping[str, str]]:
        """What was needed so far, with what the lock file had."""
        found = {
            what: {name: it for name, it in names.items() if (what, name) in self._needed}
            for what, names in sorted(self._known.items())
        }
        return {what: names for what, names in found.items() if names}

    def all(self, what: str) -> Mapping[str, str]:
        """All numbers of a list by their names."""
        self._look_up(what, "")
        return self._known.get(what, {})

    def known(self, what: str) -> Mapping[str, str]:
        """The numbers by name that were needed or kept so far; the desk is not asked."""
        return self._known.get(what, {})

    def keep(self, what: str, name: str, number: str) -> None:
        """Keep a number by a name that is ours, for what the desk has no list of."""
        self._known.setdefault(what, {})[name] = number
        self._needed.add((what, name))

    def name(self, what: str, wanted: str) -> str:
        """The name of a number; the number itself where the desk has none for it any more."""
        known = self._named(what, wanted)
        if known is None:
            self._look_up(what, wanted)
            known = self._named(what, wanted)
        if known is None:
            return wanted
        self._needed.add((what, known))
        return known

    def number(self, what: str, name: str) -> str:
        """The number of a name. Raises NotFoundError for a name that the desk has not."""
        known = self._known.setdefault(what, {})
        if name not in known:
            self._look_up(what, name)
        if name in known:
            self._needed.add((what, name))
            return known[name]
        if name.isdecimal():  # what had no name when it was read
            return name
        hint = "Correct the name in the file, or make it at the desk."
        raise NotFoundError(f"the desk has no {what.replace('_', ' ')} called {name}", hint)

    def is_off(self, what: str, name: str) -> bool:
        """Whether what has a name was deactivated: the desk refuses actions on it."""
        self._look_up(what, "")
        return self._known.get(what, {}).get(name) in self._off.get(what, set())

    def learn(self, what: str, name: str, wanted: str) -> None:
        """Keep a name for a number, one that tells it from others of that name."""
        known = self._known.setdefault(what, {})
        plain = one_line(name)[:_LONGEST] or wanted
        free, count = plain, 1
        while free in known and known[free] != wanted:
            count += 1
            free = f"{plain} {count}"
        if wanted not in known.values():
            known[free] = wanted

    def _named(self, what: str, wanted: str) -> str | None:
        known = self._known.get(what, {})
        return next((name for name, value in known.items() if value == wanted), None)

    def _look_up(self, what: str, wanted: str) -> None:
        if what == USERS:
            self._look_up_user(wanted)
        elif what not in self._listed:
            self._listed.add(what)
            table = _LISTS[what]
            listed = [*table.read(self._client, f"/api/v2/{what}", what)]
            for row in sorted(listed, key=lambda row: int(number(row) or 0)):
                self.learn(what, str(row.get(table.name) or ""), number(row))
                if row.get("active") is False:
                    self._off.setdefault(what, set()).add(number(row))

    def _look_up_user(self, wanted: str) -> None:
        """People are asked for one by one: a desk has more of them than macros name."""
        if f"{USERS} {wanted}" in self._listed:
            return
        self._listed.add(f"{USERS} {wanted}")
        for row in self._users(wanted):
            if email := row.get("email"):
                self.learn(USERS, str(email), number(row))

    def _users(self, wanted: str) -> Iterator[Json]:
        if not wanted.isdecimal():
            query = {"query": f'email:"{wanted}"'}
            yield from objects(answered(self._client, "GET", _SEARCH, query=query), USERS)
            return
        try:
            yield one(answered(self._client, "GET", f"/api/v2/users/{wanted}"), "user")
        except RestError as error:
            if error.code != _GONE:
                raise
