"""The types of fields, one row each: what people type -> the value that a macro works with.

The picker's widgets are in `tui/controls.py`, the browser's rows in `site/web/field_types.js`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cannery.content.choosing import choice, multichoice
from cannery.content.dates import Calendar, read_date
from cannery.content.marks import Url
from cannery.content.numbers import written_number
from cannery.content.refusal import refused, shown
from cannery.content.words import words
from cannery.errors import ValueRefusedError
from cannery.model.entry import Field
from cannery.util.seen import stripped
from cannery.util.text import fold_name, narrowed, with_hyphens

_MAX_CHARS = 100_000
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]+")
_URL = re.compile(r"(https?://)([^\s/?#]++)(\S*)", re.IGNORECASE)
_UNREAD = re.compile("[\ud800-\udfff]")
_WIDE_DIGITS = re.compile(r"[０-９]+")

Value = str | int | float | bool | date | list[str]


def _same_twice(_: Field) -> tuple[Value, Value]:
    return "x", "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """What a type of field means.

    `parse` reads a text that shows something, on a day of the calendar; it raises
    ValueRefusedError. `empty` is the value of an optional field that nobody fills in. `stand_in` is
    a text for a value that is still missing, where a preview can't show the field's name instead
    (None: it can); `sample` one for a reviewer, empty where the field's name will do. `examples`
    are the values that a check tries templates with: with all options chosen, and with none. `hint`
    says in a prompt what may be typed. `default_language` is what a default is written in for
    `parse` to read it, empty for the reply's own. `choices` says how many of the field's choices it
    takes; it is empty for a type that has none. `has_lines` says that it takes several lines.
    """

    parse: Callable[[Field, str, Calendar], Value]
    empty: Callable[[], Value] = str
    stand_in: str | None = None
    sample: str = ""
    examples: Callable[[Field], tuple[Value, Value]] = _same_twice
    hint: str = ""
    default_language: str = ""
    choices: Literal["", "one", "many"] = ""
    has_lines: bool = False


def type_of(field: Field) -> FieldType:
    return FIELD_TYPES[field.type]


def parse(field: Field, raw: str, calendar: Calendar) -> Value:
    """The value of a field. Raises ValueRefusedError, which says what would be right."""
    text = stripped(raw)
    if len(text) > _MAX_CHARS:
        raise refused(field, f"longer than {_MAX_CHARS:,} characters", "long")
    if not text:
        if field.required:
            raise refused(field, "a value is required", "empty")
        return empty(field)
    if _UNREAD.search(text):
        raise refused(field, "the value has a character that can't be read", "unread")
    return type_of(field).parse(field, _fitting(field, text), calendar)


def suits(field: Field, raw: str, calendar: Calendar) -> bool:
    """Whether a text is a value of the field."""
    try:
        parse(field, raw, calendar)
    except ValueRefusedError:
        return False
    return True


def empty(field: Field) -> Value:
    """What an optional field is when nobody fills it in."""
    return type_of(field).empty()


def _fitting(field: Field, text: str) -> str:
    """The text as the field's pattern takes it, which may be with other digits, or not as wide."""
    if not field.pattern:
        return text
    from cannery.content.patterns import MAX_MATCHED, matches

    if len(text) > MAX_MATCHED:
        raise refused(field, "the value is too long", "long")
    narrow = narrowed(text)
    try:
        for spelling in dict.fromkeys(
            (
                _WIDE_DIGITS.sub(lambda digits: narrowed(digits[0]), text),
                text,
                narrow,
                with_hyphens(narrow),
            )
        ):
            if matches(field.pattern, spelling):
                return spelling
    except ValueError as error:
        hint = "Fix the front matter of the macro."
        raise ValueRefusedError(f"the pattern of {field.name} {error}", hint) from error
    wanted = field.help or f"It must match {field.pattern}"
    raise refused(field, f"{shown(text)} has the wrong format", wanted)


def _line(_: Field, text: str, __: Calendar) -> Value:
    return " ".join(text.split()) if "\n" in text or "\r" in text else text


def _lines(_: Field, text: str, __: Calendar) -> Value:
    return text


def _number(field: Field, text: str, _: Calendar) -> Value:
    number = written_number(text)
    if number is None:
        raise refused(field, f"{shown(text)} is not a number", "number")
    return number


def _date(field: Field, text: str, calendar: Calendar) -> Value:
    day = read_date(text, calendar)
    if day is None:
        raise refused(field, f"{shown(text)} is not a date", "date")
    return day


def _email(field: Field, text: str, _: Calendar) -> Value:
    address = narrowed(text)
    if not _EMAIL.fullmatch(address):
        raise refused(field, f"{shown(text)} is not an email address", "email")
    return address


def _url(field: Field, text: str, _: Calendar) -> Value:
    from cannery.content.markdown import safe_address  # a search knows the types, and no Markdown

    # What is an address as it stands keeps its path: a page may be named in full width.
    found = _URL.fullmatch(text) or _URL.fullmatch(narrowed(text))
    address = f"{found[1]}{narrowed(found[2])}{found[3]}" if found else ""
    if not found or not safe_address(address):
        raise refused(field, f"{shown(text)} is not a web address", "url")
    return Url(address)


def _yesno(field: Field, text: str, _: Calendar) -> Value:
    word = fold_name(text)
    if word not in words()["yes"] + words()["no"]:
        raise refused(field, f"{shown(text)} is not yes or no", "yesno")
    return word in words()["yes"]


def _options(field: Field) -> list[str]:
    return [choice.value for choice in field.choices]


FIELD_TYPES: Mapping[str, FieldType] = {
    "text": FieldType(parse=_line),
    "multiline": FieldType(
        parse=_lines, hint="several lines; end with a line that has only a dot", has_lines=True
    ),
    "choice": FieldType(
        parse=choice,
        examples=lambda field: ([*_options(field), ""][0], ["", *_options(field)][-1]),
        choices="one",
    ),
    "multichoice": FieldType(
        parse=multichoice,
        empty=list,
        stand_in="",
        examples=lambda field: (_options(field), []),
        hint="one or more, separated by commas",
        choices="many",
    ),
    "date": FieldType(
        parse=_date,
        stand_in="today",
        sample="today",
        examples=lambda _: (date(2026, 11, 23), date(2026, 11, 23)),
        hint="date, such as 2026-11-23, 12/24, friday or in 3 days",
        default_language="iso",
    ),
    "number": FieldType(parse=_number, stand_in="1", sample="3", examples=lambda _: (1, 1)),
    "email": FieldType(parse=_email, sample="name@example.com"),
    "url": FieldType(parse=_url, sample="https://example.com/"),
    "yesno": FieldType(
        parse=_yesno,
        empty=bool,
        stand_in="no",
        sample="yes",
        examples=lambda _: (True, False),
        hint="yes or no",
    ),
}
