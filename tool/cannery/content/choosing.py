"""Choices by what people type for them: a value or a label, whole or its beginning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cannery.content.dates import Calendar
from cannery.content.refusal import refused, shown
from cannery.model.entry import Choice, Field
from cannery.util.text import fold_name

_LINE = re.compile(r"[\r\n]")
_SPLIT = re.compile(r"[,、，､;；]")


def choice(field: Field, text: str, _: Calendar) -> str:
    """The value of the choice that is meant, in any width and case."""
    return _meant(field, text).value


def multichoice(field: Field, text: str, _: Calendar) -> list[str]:
    """The values that are meant, in the field's order: each in a line, or with commas between."""
    chosen = {_meant(field, word).value for line in _LINE.split(text) for word in _in(field, line)}
    return [item.value for item in field.choices if item.value in chosen]


def _in(field: Field, line: str) -> Sequence[str]:
    """The names in a line, which may be one with a comma in it."""
    wanted = fold_name(line)
    if any(wanted == fold_name(name) for item in field.choices for name in _names(item)):
        return [line]
    return [word for part in _SPLIT.split(line) if (word := part.strip())]


def _meant(field: Field, text: str) -> Choice:
    wanted = fold_name(text)
    names = [(item.value, item) for item in field.choices]
    names += [(item.label, item) for item in field.choices]
    folded = [(fold_name(name), item) for name, item in names]
    whole = [item for name, item in folded if name == wanted]
    begun = [item for item in field.choices if _is_begun(wanted, item)]
    if whole or len(begun) == 1:
        return [*whole, *begun][0]
    what = "matches several choices" if begun else "is not one of the choices"
    allowed = ", ".join(item.value for item in begun or field.choices)
    raise refused(field, f"{shown(text)} {what}", f"Choose from: {allowed}.")


def _is_begun(wanted: str, item: Choice) -> bool:
    return bool(wanted) and any(fold_name(name).startswith(wanted) for name in _names(item))


def _names(item: Choice) -> tuple[str, str]:
    return item.value, item.label
