"""What a macro of Chatwoot's does to a conversation, and what our `actions` are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cannery.exchange.desks.texts.item import Parts
from cannery.exchange.desks.texts.numbers import Numbers
from cannery.exchange.desks.texts.values import kept_lists, kept_words, ours, texts, theirs
from cannery.model.desk import Content

STATUS = {
    "open": "open",
    "pending": "pending",
    "hold": "snoozed",
    "solved": "resolved",
    "closed": "resolved",
}
_DONE = {"resolve_conversation": "resolved", "snooze_conversation": "snoozed"}
PRIORITY = {"low": "low", "normal": "medium", "high": "high", "urgent": "urgent"}
_TAGS = {"add_label": "actions.add_tags", "remove_label": "actions.remove_tags"}
_CHANGES = {
    "change_status": ("actions.status", STATUS),
    "change_priority": ("actions.priority", PRIORITY),
}
_AGENT, _TEAM, _SELF = "assign_agent", "assign_team", "self"
_OURS = frozenset({*_CHANGES, *_TAGS, *_DONE, _TEAM})


class Actions:
    """Actions, with teams by their names."""

    def __init__(self, numbers: Mapping[str, Numbers]) -> None:
        self._teams = numbers["teams"]

    def kept(self, parts: Parts) -> Parts:
        """Those of our actions that a macro can do there, as they come back."""
        kept = {**kept_words(parts, dict(_CHANGES.values())), **kept_lists(parts, _TAGS.values())}
        if parts.get("actions.assignee") == "current_user":
            kept["actions.assignee"] = "current_user"
        if group := parts.get("actions.group"):
            kept["actions.group"] = str(group)
        return kept

    def written(self, parts: Parts, before: object) -> list[Mapping[str, Any]]:
        """What Chatwoot keeps of these actions; what else a macro does stays as it was."""
        others = [
            action
            for name, action in _named(before)
            if name not in _OURS and not (name == _AGENT and _values(action) == [_SELF])
        ]
        if parts.get("actions.assignee"):
            others = [one for one in others if one.get("action_name") != _AGENT]
        done = [{"action_name": name, "action_params": it} for name, it in self._done(parts)]
        return [*others, *done]

    def _done(self, parts: Parts) -> Iterator[tuple[str, list[Any]]]:
        for name, part in _TAGS.items():
            if tags := texts(parts.get(part)):
                yield name, tags
        if group := parts.get("actions.group"):
            yield _TEAM, [int(self._teams.number(str(group)))]
        if parts.get("actions.assignee"):
            yield _AGENT, [_SELF]
        for name, (part, words) in _CHANGES.items():
            if value := parts.get(part):
                yield name, [theirs(words, value)]

    def read(self, actions: object) -> Parts:
        """What a macro does, as far as we know actions for it."""
        parts: dict[str, Content] = {}
        for name, action in _named(actions):
            values = _values(action)
            if name in _DONE:
                parts["actions.status"] = ours(STATUS, _DONE[name])
            elif not values:
                continue
            elif name in _CHANGES:
                part, words = _CHANGES[name]
                parts[part] = ours(words, values[0])
            elif name in _TAGS:
                parts[_TAGS[name]] = sorted(values)
            elif name == _TEAM:
                parts["actions.group"] = self._teams.name(values[0])
            elif name == _AGENT and values == [_SELF]:
                parts["actions.assignee"] = "current_user"
        return parts


def _named(actions: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for action in actions if isinstance(actions, list) else ():
        if isinstance(action, dict):
            yield str(action.get("action_name")), action


def _values(action: Mapping[str, Any]) -> list[str]:
    values = action.get("action_params")
    return [str(one) for one in values] if isinstance(values, list) else []
