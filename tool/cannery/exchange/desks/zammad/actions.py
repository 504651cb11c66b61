"""What a macro of Zammad's does to a ticket, and what our `actions` are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cannery.exchange.desks.texts.item import Parts
from cannery.exchange.desks.texts.numbers import Numbers
from cannery.exchange.desks.texts.values import kept_words, ours, statuses, texts, theirs
from cannery.model.desk import Content

PRIORITIES = {"low": "1 low", "normal": "2 normal", "high": "3 high"}
STATES = {
    "new": "new",
    "open": "open",
    "pending": "pending reminder",
    "solved": "closed",
    "closed": "closed",
}
_TAGS = {"add": "actions.add_tags", "remove": "actions.remove_tags"}
_STATE, _PRIORITY, _GROUP, _TAG, _TIME = (
    "ticket.state_id",
    "ticket.priority_id",
    "ticket.group_id",
    "ticket.tags",
    "ticket.pending_time",
)
_OURS = frozenset({_STATE, _PRIORITY, _GROUP, _TAG, _TIME})
DAYS = "3"


class Actions:
    """Actions, with states, priorities and groups by their names.

    A ticket that waits needs to know until when: `pending_days` of the desk's options is how many
    days.
    """

    def __init__(self, options: Mapping[str, str], numbers: Mapping[str, Numbers]) -> None:
        self._states = statuses(options, STATES)
        self._days = options.get("pending_days", DAYS)
        self._numbers = numbers
        self._named = {
            _STATE: ("actions.status", self._states, numbers["states"]),
            _PRIORITY: ("actions.priority", PRIORITIES, numbers["priorities"]),
            _GROUP: ("actions.group", {}, numbers["groups"]),
        }

    def kept(self, parts: Parts) -> Parts:
        """Those of our actions that a macro can do there, as they come back."""
        words = {"actions.status": self._states, "actions.priority": PRIORITIES}
        kept = kept_words(parts, words)
        if group := parts.get("actions.group"):
            kept["actions.group"] = str(group)
        for name in _TAGS.values():  # one list with one operator
            if parts.get(name) and not kept.keys() & {*_TAGS.values()}:
                kept[name] = sorted(_listed(",".join(texts(parts[name]))))
        return kept

    def perform(self, parts: Parts, before: Mapping[str, Any]) -> dict[str, Any]:
        """What Zammad keeps of these actions; what else a macro does stays as it was `before`."""
        others = {name: value for name, value in before.items() if name not in _OURS}
        done = dict(self._done(parts))
        if _STATE in done and before.get(_STATE) == done[_STATE] and _TIME in before:
            done[_TIME] = before[_TIME]
        return {**others, **done}

    def _done(self, parts: Parts) -> Iterator[tuple[str, Any]]:
        for name, (part, words, numbers) in self._named.items():
            if value := parts.get(part):
                there = theirs(words, value)
                yield name, {"value": numbers.number(there)}
                if name == _STATE and there.startswith("pending"):
                    yield _TIME, {"operator": "relative", "value": self._days, "range": "day"}
        for operator, part in _TAGS.items():
            if tags := texts(parts.get(part)):
                yield _TAG, {"operator": operator, "value": ",".join(tags)}

    def read(self, perform: object) -> Parts:
        """What a macro does, as far as we know actions for it."""
        parts: dict[str, Content] = {}
        for name, told in perform.items() if isinstance(perform, dict) else ():
            value = told if isinstance(told, dict) else {}
            if name in self._named and value.get("value"):
                part, words, numbers = self._named[name]
                parts[part] = ours(words, numbers.name(value["value"]))
            elif name == _TAG and (tags := _listed(str(value.get("value") or ""))):
                parts[_TAGS.get(str(value.get("operator")), "actions.add_tags")] = sorted(tags)
        return parts


def _listed(tags: str) -> list[str]:
    return [tag.strip() for tag in tags.split(",") if tag.strip()]
