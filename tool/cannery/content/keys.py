"""The keys of a front matter, as the model declares them: each `Key` in `model/entry.py` is one.

Reading, "did you mean", the JSON Schema, `kb show --json` and the guide's tables come from it.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date, timedelta
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, get_args, get_type_hints

from cannery.model.entry import Choice, Entry, Field, Header, Key


class NamedKey(NamedTuple):
    """A key, and what the model says of it.

    `name` is the front matter's, `attribute` the model's; `type` is without None. `is_line` says
    that a text has one line; `default` is MISSING where the key must be there.
    """

    name: str
    attribute: str
    type: Any
    about: str
    is_line: bool
    default: object


@cache
def keys_of(model: type) -> tuple[NamedKey, ...]:
    """The keys that a class of the model declares, in its order."""
    hints = get_type_hints(model, include_extras=True)
    keys = []
    for item in fields(model):
        hint = hints[item.name]
        for key in (note for note in get_args(hint)[1:] if isinstance(note, Key)):
            type_, name = _without_none(get_args(hint)[0]), key.name or item.name
            default = item.default if item.default_factory is MISSING else item.default_factory()
            keys.append(NamedKey(name, item.name, type_, key.about, key.is_line, default))
    return tuple(keys)


@cache
def names_of(*models: type) -> frozenset[str]:
    """The names of all keys of some classes."""
    return frozenset(key.name for model in models for key in keys_of(model))


def values_of(item: Entry | Header | Field) -> dict[str, object]:
    """What a value of the model says, by key, as JSON has it; choices are labels by value."""
    model: type = type(item)
    return {key.name: _plain(getattr(item, key.attribute), key.type) for key in keys_of(model)}


def _plain(value: Any, type_: Any) -> object:  # noqa: ANN401 - any value, and its type
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.days}d"
    if type_ == tuple[Choice, ...]:
        return {choice.value: choice.label for choice in value}
    if type_ == tuple[Field, ...]:
        return [values_of(item) for item in value]
    return value


def _without_none(hint: Any) -> Any:  # noqa: ANN401 - a type of any kind
    if isinstance(hint, UnionType):
        return next(item for item in get_args(hint) if item is not type(None))
    return hint
