"""How a value that does not suit its field is refused, whatever the field's type."""

from __future__ import annotations

from cannery.content.words import words
from cannery.errors import ValueRefusedError
from cannery.model.entry import Field

_WIDTH = 60


def refused(field: Field, what: str, hint: str) -> ValueRefusedError:
    """The error that says what the value is; `hint` is one of `words.json`, or a sentence."""
    return ValueRefusedError(f"{field.name} is {what}", words()["hints"].get(hint, hint))


def shown(text: str) -> str:
    return repr(text if len(text) <= _WIDTH else f"{text[: _WIDTH - 3]}...")
