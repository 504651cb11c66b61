"""How a value that does not suit its field is refused, whatever the field's type."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.content.words import words
from cannery.errors import ValueRefusedError
from cannery.model.entry import Field

_WIDTH = 60


def refused(field: Field, what: str, hint: str) -> ValueRefusedError:
    """The error that says what the value is; `hint` is one of `words.json`, or a sentence."""
    return ValueRefusedError(f"{field.name}: {what}", words()["hints"].get(hint, hint))


def together(errors: Sequence[ValueRefusedError]) -> ValueRefusedError:
    """One error for all values that were refused, each with what would be right."""
    if len(errors) == 1:
        return errors[0]
    lines = [f"  {error.message}. {error.hint}".rstrip() for error in errors]
    return ValueRefusedError("\n".join([f"{len(errors)} values can't be used:", *lines]))


def shown(text: str) -> str:
    return repr(text if len(text) <= _WIDTH else f"{text[: _WIDTH - 3]}...")
