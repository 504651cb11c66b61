"""Which letters a part of a pattern accepts, and at which places in a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from re import _constants as codes  # type: ignore[attr-defined]
from typing import Any, TypeAlias

Node: TypeAlias = Any  # of the parser, which tells no types
Accepts = Callable[[str], bool]

_CATEGORIES: dict[Node, Accepts] = {
    codes.CATEGORY_DIGIT: str.isdecimal,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    codes.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    codes.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    codes.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}

_NEGATED = {codes.CATEGORY_NOT_DIGIT, codes.CATEGORY_NOT_SPACE, codes.CATEGORY_NOT_WORD}


def accepting(code: Node, given: Node, flags: int) -> Accepts:
    """Which letters a class or a letter accepts."""
    known: dict[str, bool] = {}

    def accepts(char: str) -> bool:
        if char not in known:
            known[char] = _accepts(code, given, char, flags)
        return known[char]

    return accepts


def _accepts(code: Node, given: Node, char: str, flags: int) -> bool:
    if code is codes.ANY:
        return bool(flags & re.DOTALL) or char != "\n"
    chars = {char, char.lower(), char.upper(), char.swapcase()} if flags & re.IGNORECASE else {char}
    if code is codes.LITERAL:
        return any(ord(one) == given for one in chars if len(one) == 1)
    if code is codes.NOT_LITERAL:
        return all(ord(one) != given for one in chars if len(one) == 1)
    negated = given[0][0] is codes.NEGATE
    found = any(_holds(item, one, flags) for item in given for one in chars if len(one) == 1)
    return found != negated


def _holds(item: tuple[Node, Node], char: str, flags: int) -> bool:
    code, given = item
    if code is codes.LITERAL:
        return ord(char) == int(given)
    if code is codes.RANGE:
        return bool(given[0] <= ord(char) <= given[1])
    if code is not codes.CATEGORY:
        return False
    if flags & re.ASCII and not char.isascii():
        return given in _NEGATED
    return _CATEGORIES[given](char)


def place(given: Node, flags: int) -> str:
    name = str(given)
    if flags & re.MULTILINE and name in {"AT_BEGINNING", "AT_END"}:
        return f"{name}_LINE"
    if flags & re.ASCII and name.endswith("BOUNDARY"):
        return f"{name}_ASCII"
    return name


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and _CATEGORIES[codes.CATEGORY_WORD](text[at])


def _bounds(text: str, at: int) -> bool:
    return _is_word(text, at - 1) != _is_word(text, at)


def _bounds_ascii(text: str, at: int) -> bool:
    return _bounds(
        "".join(char if char.isascii() else " " for char in text[max(0, at - 1) : at + 1]),
        min(at, 1),
    )


PLACES: dict[str, Callable[[str, int], bool]] = {
    "AT_BEGINNING": lambda _, at: at == 0,
    "AT_BEGINNING_STRING": lambda _, at: at == 0,
    "AT_BEGINNING_LINE": lambda text, at: at == 0 or text[at - 1] == "\n",
    "AT_BOUNDARY": _bounds,
    "AT_NON_BOUNDARY": lambda text, at: not _bounds(text, at),
    "AT_BOUNDARY_ASCII": _bounds_ascii,
    "AT_NON_BOUNDARY_ASCII": lambda text, at: not _bounds_ascii(text, at),
    "AT_END": lambda text, at: at == len(text) or (at == len(text) - 1 and text[at] == "\n"),
    "AT_END_LINE": lambda text, at: text[at : at + 1] in {"", "\n"},
    "AT_END_STRING": lambda text, at: at == len(text),
}
