"""The filters of the macros: Liquid's own within bounds, and ours; and what a value looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from liquid.undefined import Undefined

from cannery.content import wording
from cannery.content.marks import Url
from cannery.content.numbers import Written
from cannery.content.sentences import sentence
from cannery.liquid.context import Rendering
from cannery.liquid.limits import (
    MAX_GROWTH,
    MAX_ITEMS,
    MAX_NEEDLE,
    MAX_VALUE,
    BoundsError,
    FormError,
    Missing,
    RenderBudget,
    UnfitError,
)
from cannery.liquid.portable_filters import (
    MAX_NUMBER,
    OURS,
    TEXT_FILTERS,
    count_of,
    number_text,
    whole,
)
from cannery.util.seen import shows_nothing

_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
# Values are escaped for the place they stand in, so filters that escape would do it twice;
# strip_html takes quadratic time; `date` is ours, for the reply's language.
_REMOVED_FILTERS = ("escape", "escape_once", "escapejs", "newline_to_br", "safe", "strip_html")
# Searched by each start in the text, and compared item by item.
_SEARCHING = {
    "replace",
    "replace_first",
    "replace_last",
    "remove",
    "remove_first",
    "remove_last",
    "split",
}
_COMPARING = {"uniq", "sort", "sort_natural", "compact", "where", "reject", "find", "has"}
_CHEAP = 20  # comparisons that cost as much as a character
_GROWING = {"replace", "replace_first", "replace_last", "remove", "join"}
# They take the reply's language first.
_BY_LANGUAGE = {"date", "honorific", "join", "sentence", "slice"}


def filters(liquids: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Liquid's own filters and ours by name; none may be called but as `bounded` gives it."""
    return {
        **{name: function for name, function in liquids.items() if name not in _REMOVED_FILTERS},
        **OURS,
        "article_url": _article_url,
        "date": _date,
        "default": partial(_default, liquids["default"]),
        "honorific": _honorific,
        "join": _join,
        "sentence": _sentence,
        "slice": _slice,
    }


def bounded(name: str, function: Callable[..., Any], rendering: Rendering) -> Callable[..., Any]:
    """A filter of `filters`, within the bounds of this rendering."""
    if name == "article_url":
        function = partial(function, rendering.article_url)
    elif name in _BY_LANGUAGE:
        function = partial(function, rendering.budget.language)
    return partial(_call, name, function, rendering.budget)


def value_text(value: object, language: str) -> str:
    """Format a value as the reply shows it. Raises UnfitError for a mapping."""
    if isinstance(value, bool):
        return wording.truth_text(language, value=value)
    if isinstance(value, date):
        return wording.date_text(value, language)
    if isinstance(value, float) and not isinstance(value, Written):
        return number_text(value)
    if isinstance(value, list | tuple | range):
        if len(value) > MAX_ITEMS:
            raise BoundsError(f"a list has more than {MAX_ITEMS:,} items", token=None)
        return wording.list_text([value_text(item, language) for item in value], language)
    if isinstance(value, str):  # a Url stays one
        return value
    if value is None or isinstance(value, int | Written | Undefined):
        return "" if value is None else str(value)
    raise UnfitError("a group of values can't be printed; use one of its values", token=None)


def _call(
    name: str,
    function: Callable[..., Any],
    budget: RenderBudget,
    /,
    value: object,
    *args: object,
    **named: object,
) -> object:
    """Apply the filter. Refuses large operands and results; a missing operand is the result."""
    value, args = whole(value), tuple(whole(item) for item in args)
    operands = [value, *args, *named.values()]
    missing = [item for item in operands if isinstance(item, Missing)]
    if missing and (name != "default" or missing != [value]):
        _refuse_any(name, function, args)
        budget.needed.update(item.name for item in missing)
        return missing[0]
    _refuse_costly(name, operands, args, budget)
    if name in TEXT_FILTERS:
        value = value_text(value, budget.language)
        args = tuple(value_text(item, budget.language) for item in args)
    result = whole(function(value, *args, **named))
    _refuse_large(result)
    budget.spend(_size(result))
    return result


def _refuse_costly(
    name: str, operands: Sequence[object], args: Sequence[object], budget: RenderBudget
) -> None:
    """Raise BoundsError if the call would take too long; `operands[0]` is the filtered value."""
    value = operands[0]
    for item in operands:
        _refuse_large(item)
    if name in _GROWING and _size(value) * max(map(_size, operands[1:]), default=1) > MAX_GROWTH:
        raise BoundsError(f"the filter {name} creates too long a text", token=None)
    if name in _SEARCHING and any(_size(item) > MAX_NEEDLE + 1 for item in args[:1]):
        raise BoundsError(f"{name} can search for at most {MAX_NEEDLE} characters", token=None)
    if name in _COMPARING and isinstance(value, list | tuple):
        budget.spend(len(value) * len(value) // _CHEAP)


def _refuse_any(name: str, function: Callable[..., Any], args: Sequence[object]) -> None:
    """Raise what the filter would raise for any value: its own is still missing."""
    if name == "date" and not any(isinstance(item, Missing) for item in args):
        function("", *args)


def _size(value: object) -> int:
    if isinstance(value, str | bytes):
        return len(value) + 1
    if isinstance(value, list | tuple):
        return sum(_size(item) for item in value) + 1
    return 8


def _refuse_large(value: object) -> None:
    if isinstance(value, int | float) and not -MAX_NUMBER < value < MAX_NUMBER:
        raise BoundsError("a number is too large", token=None)
    if isinstance(value, list | tuple) and len(value) > MAX_ITEMS:
        raise BoundsError(f"a list has more than {MAX_ITEMS:,} items", token=None)
    if isinstance(value, str | list | tuple) and _size(value) > MAX_VALUE:
        raise BoundsError(f"a value is longer than {MAX_VALUE:,} characters", token=None)


def _article_url(lookup: Callable[[str], Url], value: object) -> Url:
    try:
        return lookup(str(value))
    except ValueError as error:
        raise UnfitError(str(error), token=None) from error


def _default(
    stock: Callable[..., object], value: object, other: object = "", *, allow_false: object = False
) -> object:
    is_unseen = isinstance(value, str) and shows_nothing(value)
    return stock("" if is_unseen else value, other, allow_false=allow_false)


def _date(language: str, value: object, form: object = "") -> str:
    written = str(form or "")
    try:
        wording.refuse_form(written)
    except ValueError as error:
        raise FormError(f"date: {error}", token=None) from error
    if shows_nothing(value_text(value, language)):
        return ""  # an optional date that nobody gave
    try:
        return wording.date_text(_as_date(value), language, written)
    except ValueError as error:
        raise UnfitError(f"date: {error}", token=None) from error


def _as_date(value: object) -> date:
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if text in ("now", "today"):
        now = datetime.now().astimezone()
        return now if text == "now" else now.date()
    match = _ISO.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date such as 2026-11-23")
    return datetime.fromisoformat(text) if match["time"] else date.fromisoformat(text)


def _join(language: str, value: object, by: object = " ") -> str:
    items = value if isinstance(value, list | tuple | range) else [value]
    return value_text(by, language).join(value_text(item, language) for item in items)


def _slice(language: str, value: object, start: object, length: object = 1) -> object:
    items = list(value) if isinstance(value, list | tuple | range) else value_text(value, language)
    begin, count = count_of(start, "slice"), count_of(length, "slice")
    return items[begin : None if begin < 0 <= begin + count else begin + count]


def _honorific(language: str, value: object) -> str:
    return wording.honorific(value_text(value, language), language)


def _sentence(language: str, value: str) -> str:
    return sentence(value, language)
