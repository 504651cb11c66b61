"""Who may edit a new article in Guide: a permission group, which each article needs."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from cannery.errors import NotFoundError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.paging import Json, number, rows
from cannery.rest.client import RestError
from cannery.util.plain import one_line

_PATH = "/api/v2/guide/permission_groups"
_UNTOLD = frozenset((403, 404))  # codes of HTTP: not for this user, or not in this plan
_MOST, _NAMED = 200, 5  # groups that are read, and that are named


class Editors:
    """The permission groups of one help centre, as far as its articles have told them."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._seen: Counter[str] = Counter()
        self._listed: dict[str, str] | None = None

    def note(self, article: Json) -> None:
        """Learn who may edit an article that is there."""
        if group := number(article, "permission_group_id"):
            self._seen[group] += 1

    def of_new(self) -> int:
        """The group of a new article: as kb.toml says, as most articles have it, or the only one.

        Raises NotFoundError where none of these tells.
        """
        told = self._opening.settings.options.get("permission_group", "")
        common = next((name for name, _ in self._seen.most_common(1)), "")
        if (found := told or common).isdecimal():
            return int(found)
        if self._listed is None:
            self._listed = self._groups()
        groups = self._listed
        if len(groups) == 1 and not told:
            return int(next(iter(groups)))
        name = self._opening.settings.name
        hint = f'Write permission_group = "NUMBER" below [desks.{name}] of kb.toml.'
        if told:
            message = f"permission_group is {one_line(told)[:40]}, which is not a number"
        else:
            message = "no article there tells who may edit a new one"
        raise NotFoundError(message, hint + _named(groups))

    def _groups(self) -> dict[str, str]:
        """The names of the groups by their numbers; none where they may not be seen."""
        try:
            listed = [*islice(rows(self._opening.client, _PATH, "permission_groups"), _MOST)]
        except RestError as error:
            if error.code in _UNTOLD:
                return {}
            raise
        numbers = ((number(row), one_line(str(row.get("name") or ""))[:60]) for row in listed)
        return {id_: name for id_, name in numbers if id_.isdecimal()}


def _named(groups: dict[str, str]) -> str:
    named = [f"{id_} ({name})" for id_, name in [*groups.items()][:_NAMED]]
    return f" It has {', '.join(named)}." if named else ""
