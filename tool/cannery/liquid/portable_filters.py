"""Filters with one meaning here and in a browser: the portable profile's.

python-liquid and LiquidJS differ in a quarter of their small print. Here numbers that are whole are
whole, half rounds away from zero, sums are exact decimals, and a filter for texts works on the text
that the reply would show. The browser's twin of this module is `site/web/filters.js`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from cannery.content.sentences import phrase

MAX_NUMBER = 2**53  # the browser's numbers are exact below this
_PLACES = 10
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,10})?")

# Filters of texts: whatever they are given is the text that the reply would show.
TEXT_FILTERS = frozenset({
    "append", "capitalize", "downcase", "honorific", "lstrip", "phrase", "prepend", "remove",
    "remove_first", "remove_last", "replace", "replace_first", "replace_last", "rstrip", "sentence",
    "split", "strip", "strip_newlines", "truncate", "truncatewords", "upcase",
})  # fmt: skip
FILTERS = TEXT_FILTERS | {
    "abs", "article_url", "at_least", "at_most", "ceil", "compact", "concat", "date", "default",
    "divided_by", "first", "floor", "join", "last", "minus", "modulo", "pluralize", "plus",
    "reverse", "round", "size", "slice", "sort", "times", "uniq",
}  # fmt: skip


def whole(value: object) -> object:
    """A number that is whole as an integer: 161.0 is 161. Anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def number_text(value: float) -> str:
    """A number as people write it: ten places at most, no exponent."""
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-_PLACES), ROUND_HALF_UP)
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _number(value: object) -> int | float:
    """What a value is to arithmetic: a text that is no number is 0."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return +value  # without the form that it was written in
    text = str(value).strip() if isinstance(value, str) else ""
    if not _NUMBER.fullmatch(text):
        return 0
    return float(text) if "." in text else int(text)


def _decimal(value: object) -> Decimal:
    return Decimal(repr(_number(value)))


def _back(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _divided_by(value: object, other: object) -> int | float:
    one, two = _number(value), _number(other)
    if not two:
        raise ValueError("divided_by: can't divide by 0")
    return int(one // two) if one == int(one) and two == int(two) else one / two


def _modulo(value: object, other: object) -> int | float:
    one, two = _decimal(value), _decimal(other)
    if not two:
        raise ValueError("modulo: can't divide by 0")
    return _back(one - two * (one / two).to_integral_value(ROUND_FLOOR))


def _round(value: object, places: object = 0) -> int | float:
    size = max(0, int(_number(places)))
    return _back(_decimal(value).quantize(Decimal(1).scaleb(-min(size, _PLACES)), ROUND_HALF_UP))


def _to_integral(rounding: str) -> Callable[[object], int | float]:
    return lambda value: _back(_decimal(value).to_integral_value(rounding))


def _truncate(value: str, size: object = 50, end: str = "...") -> str:
    limit = count_of(size, "truncate")
    return value if len(value) <= limit else value[: max(0, limit - len(end))] + end


def _truncatewords(value: str, size: object = 15, end: str = "...") -> str:
    words, limit = value.split(), max(1, count_of(size, "truncatewords"))
    return " ".join(words) if len(words) <= limit else " ".join(words[:limit]) + end


def count_of(value: object, name: str) -> int:
    number = whole(_number(value))
    if not isinstance(number, int):
        raise ValueError(f"{name} expected a whole number")
    return number


def _replace(value: str, old: str, new: str = "") -> str:
    return value.replace(old, new) if old else value


def _replace_first(value: str, old: str, new: str = "") -> str:
    return value.replace(old, new, 1) if old else value


def _replace_last(value: str, old: str, new: str = "") -> str:
    before, last, after = value.rpartition(old) if old else ("", "", value)
    return before + (new if last else "") + after


def _split(value: str, by: str) -> list[str]:
    if not by:
        return list(value)
    if not value or value == by:
        return []
    return value.split(None if by == " " else by)


def _pluralize(value: object, one: object, many: object) -> object:
    """The word for a count: the first for 1, the second for any other."""
    return one if _number(value) == 1 else many


def _capitalize(value: str) -> str:
    return value[:1].upper() + value[1:].lower()


OURS: Mapping[str, Callable[..., Any]] = {
    "abs": lambda value: abs(_number(value)),
    "at_least": lambda value, other: max(_number(value), _number(other)),
    "at_most": lambda value, other: min(_number(value), _number(other)),
    "capitalize": _capitalize,
    "ceil": _to_integral(ROUND_CEILING),
    "divided_by": _divided_by,
    "floor": _to_integral(ROUND_FLOOR),
    "minus": lambda value, other: _back(_decimal(value) - _decimal(other)),
    "modulo": _modulo,
    "phrase": phrase,
    "pluralize": _pluralize,
    "plus": lambda value, other: _back(_decimal(value) + _decimal(other)),
    "remove": _replace,
    "remove_first": _replace_first,
    "remove_last": _replace_last,
    "replace": _replace,
    "replace_first": _replace_first,
    "replace_last": _replace_last,
    "round": _round,
    "split": _split,
    "times": lambda value, other: _back(_decimal(value) * _decimal(other)),
    "truncate": _truncate,
    "truncatewords": _truncatewords,
}
