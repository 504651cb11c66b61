"""The actions of a reply's macros, for a ticket at a desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cannery.model.loss import Loss
from cannery.util.plain import one_line

ME = "current_user"  # whoever answers
MY_GROUP = "current_groups"
_SHORT = 120
_LISTS = ("add_tags", "remove_tags", "set_tags")
_TEXTS = ("status", "priority", "type", "assignee", "group")
_NOT_FOR_TICKETS = "public"  # says how the answer is sent


@dataclass(frozen=True, slots=True)
class TicketActions:
    """What is to be done with a ticket; empty for what stays as it is.

    `tags` are the ticket's new ones, None where they stay. `losses` are the actions that the desk
    can't do, and those that say nothing that can be done.
    """

    status: str = ""
    priority: str = ""
    type: str = ""
    assignee: str = ""
    group: str = ""
    set_tags: tuple[str, ...] | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    custom_fields: Mapping[str, str | bool] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()

    def tags(self, present: tuple[str, ...]) -> tuple[str, ...]:
        """The tags of a ticket that has these, in their order."""
        base = present if self.set_tags is None else self.set_tags
        wanted = dict.fromkeys([*base, *self.add_tags])
        return tuple(tag for tag in wanted if tag not in self.remove_tags)

    @property
    def has_tags(self) -> bool:
        return self.set_tags is not None or bool(self.add_tags or self.remove_tags)


def read_actions(actions: Mapping[str, object], can: frozenset[str], desk: str) -> TicketActions:
    """The actions that a desk `can` do, by their names; the others are lost. `desk` is a title."""
    losses: list[Loss] = []
    kept: dict[str, object] = {}
    for name, value in actions.items():
        if name == _NOT_FOR_TICKETS:
            continue
        if name not in can:
            losses.append(lost(name, value, f"{desk} has no such action"))
        elif (said := _said(name, value)) is None:
            losses.append(lost(name, value, "it is not what such an action takes"))
        else:
            kept[name] = said
    return TicketActions(**kept, losses=tuple(losses))  # type: ignore[arg-type] # by _said


class Losses:
    """Collects the actions that turn out to be none of a desk's."""

    def __init__(self, actions: TicketActions, desk: str) -> None:
        self.all = [*actions.losses]
        self._desk = desk

    def add(self, action: str, value: object, why: str = "") -> None:
        self.all.append(lost(action, value, why or f"{self._desk} has none of that name"))

    def word(self, action: str, value: str, words: Mapping[str, str]) -> str:
        """The desk's word for one of ours, or for its own in any case; empty for what is lost."""
        own = {word.lower(): word for word in words.values()}
        found = words.get(value.lower()) or own.get(value.lower(), "")
        if value and not found:
            known = ", ".join(dict.fromkeys(words.values()))
            self.add(action, value, f"{self._desk} knows {known}")
        return found


def lost(name: str, value: object, why: str) -> Loss:
    return Loss("actions", 0, in_words(name, value), why)


def in_words(name: str, value: object) -> str:
    """An action as it is shown to a person."""
    return one_line(f"{name}: {_shown(value)}")[:_SHORT]


def _said(name: str, value: object) -> object:
    """The value as TicketActions has it; None for one that says nothing of its kind."""
    if name in _LISTS:
        return _words(value)
    if name in _TEXTS:
        return str(value).strip() or None if isinstance(value, str | int) else None
    return _fields(value) if name == "custom_fields" else None


def _words(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return tuple(value.split())
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return tuple(str(one).strip() for one in value)
    return None


def _fields(value: object) -> Mapping[str, str | bool] | None:
    if not isinstance(value, dict):
        return None
    return {
        str(name): one if isinstance(one, bool) else str(one)
        for name, one in value.items()
        if isinstance(one, str | int)
    }


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items())
    return str(value)
