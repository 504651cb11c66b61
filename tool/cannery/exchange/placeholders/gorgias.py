"""Gorgias' placeholders: names, dates as Moment.js writes them, nothing for what is empty."""

from __future__ import annotations

import re
from functools import partial

from cannery.exchange.placeholders import liquid_marks
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.plain_write import refuse_more
from cannery.exchange.placeholders.tree import Filter, Value

_FORMATTED = "datetime_format"
_MOMENT = {
    "YYYY": "%Y",
    "YY": "%y",
    "MMMM": "%B",
    "MMM": "%b",
    "MM": "%m",
    "M": "%-m",
    "Do": "%-d",  # without its ending: not all languages have one
    "DD": "%d",
    "D": "%-d",
    "dddd": "%A",
    "ddd": "%a",
    "HH": "%H",
    "H": "%-H",
    "hh": "%I",
    "h": "%-I",
    "mm": "%M",
    "ss": "%S",
    "A": "%p",
    "a": "%p",
}
_STRFTIME = {
    ours: moment for moment, ours in reversed(_MOMENT.items()) if moment not in ("a", "Do")
}
_WORD = re.compile(r"\[[^\]]{0,99}\]|Do|([A-Za-z])\1*")
_DIRECTIVE = re.compile(r"%-?[A-Za-z]")


def _value(value: Value) -> Value:
    """The value with its date in the words of our filter `date`."""
    filters = tuple(_as_date(one) if one.name == _FORMATTED else one for one in value.filters)
    return value._replace(filters=filters)


def _as_date(one: Filter) -> Filter:
    form = one.arguments[0][1:-1] if one.arguments else ""
    words = [match[0] for match in _WORD.finditer(form) if match[0][0] != "["]
    if not form or any(word not in _MOMENT for word in words):
        return Filter("date")  # in words of the reply's language
    written = _WORD.sub(lambda match: _MOMENT.get(match[0], match[0][1:-1]), form)
    return Filter("date", (f'"{written}"',))


def write(value: Value) -> str:
    """`{{ticket.created_datetime|datetime_format("D MMMM YYYY")}}`; ValueError for more."""
    form = next(
        (one.arguments[0] for one in value.filters if one.name == "date" and one.arguments), ""
    )
    refuse_more(value._replace(filters=tuple(one for one in value.filters if one.name != "date")))
    if not form:
        return f"{{{{{value.head}}}}}"
    if any(one not in _STRFTIME for one in _DIRECTIVE.findall(form)):
        raise ValueError(f"the date format {form}")
    moment = _DIRECTIVE.sub(lambda match: _STRFTIME[match[0]], form[1:-1])
    return f'{{{{{value.head}|{_FORMATTED}("{moment}")}}}}'


DIALECT = Dialect(
    "Gorgias", "{{name}}", partial(liquid_marks.parse, fills_code=True), write, value=_value
)
