"""The types of fields, one row each: what people type -> the value that a macro works with.

The picker's widgets are in `tui/controls.py`, the browser's rows in `site/web/field_types.js`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from unicodedata import normalize

from cannery.content.choosing import choice, multichoice
from cannery.content.marks import Url
from cannery.content.numbers import written_number
from cannery.content.refusal import refused, shown
from cannery.content.words import words
from cannery.errors import ValueRefusedError
from cannery.model.entry import Field
from cannery.util.text import fold_name, narrowed, with_hyphens

_MAX_CHARS = 100_000
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]+")
_URL = re.compile(r"(https?://)([^\s/?#]++)(\S*)", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?P<week>(?:next|this) |来週の?|再来週の?|今週の?)?"
    r"(?:(?P<en>[a-z]+)|\(?(?P<ja>[月火水木金土日])\)?(?:曜日?)?)"
)
_WIDE_DIGITS = re.compile(r"[０-９]+")

Value = str | int | float | bool | date | list[str]


def _same_twice(_: Field) -> tuple[Value, Value]:
    return "x", "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """What a type of field means.

    `parse` reads a text that is not blank, today being the date; it raises ValueRefusedError.
    `empty` is the value of an optional field that nobody fills in. `stand_in` is a text for a value
    that is still missing, where a preview can't show the field's name instead (None: it can);
    `sample` one for a reviewer, empty where the field's name will do. `examples` are the values
    that a check tries templates with: with all options chosen, and with none. `hint` says in a
    prompt what may be typed. `default_language` is what a default is written in for `parse` to read
    it, empty for the reply's own. `choices` says how many of the field's choices it takes; it is
    empty for a type that has none. `has_lines` says that it takes several lines.
    """

    parse: Callable[[Field, str, date], Value]
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


def parse(field: Field, raw: str, today: date) -> Value:
    """The value of a field. Raises ValueRefusedError, which says what would be right."""
    text = raw.strip()
    if len(text) > _MAX_CHARS:
        raise refused(field, f"longer than {_MAX_CHARS:,} characters", "long")
    if not text:
        if field.required:
            raise refused(field, "empty", "empty")
        return empty(field)
    return type_of(field).parse(field, _fitting(field, text), today)


def suits(field: Field, raw: str, today: date) -> bool:
    """Whether a text is a value of the field."""
    try:
        parse(field, raw, today)
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
        raise refused(field, "too long", "long")
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
        hint = "Mend the macro's front matter."
        raise ValueRefusedError(f"the pattern of {field.name} {error}", hint) from error
    wanted = field.help or f"It must match {field.pattern}"
    raise refused(field, f"{shown(text)}, which does not fit", wanted)


def _line(_: Field, text: str, __: date) -> Value:
    return " ".join(text.split()) if "\n" in text or "\r" in text else text


def _lines(_: Field, text: str, __: date) -> Value:
    return text


def _number(field: Field, text: str, _: date) -> Value:
    number = written_number(text)
    if number is None:
        raise refused(field, f"{shown(text)}, not a number", "number")
    return number


def _date(field: Field, text: str, today: date) -> Value:
    word = " ".join(normalize("NFKC", text).lower().split())
    if (ahead := words()["days"].get(word)) is not None:
        return today + timedelta(days=ahead)
    try:
        if found := re.fullmatch(r"([+-]\d{1,4})(?P<unit>[dw]?)", word):
            return today + timedelta(days=int(found[1]) * (7 if found["unit"] == "w" else 1))
        if found := re.fullmatch(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?", word):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := re.fullmatch(r"(\d{1,2})月(\d{1,2})日", word):
            this_year = today.replace(month=int(found[1]), day=int(found[2]))
            return this_year if this_year >= today else this_year.replace(year=today.year + 1)
    except (ValueError, OverflowError):
        pass  # 2026-02-30: refused below like what is no date at all
    if (day := _weekday(word, today)) is not None:
        return day
    raise refused(field, f"{shown(text)}, not a date", "date")


def _weekday(word: str, today: date) -> date | None:
    """The day that `friday` or `来週金曜` means: without a week, the next one after today."""
    found = _WEEKDAY.fullmatch(word)
    if found is None:
        return None
    name = found["en"] or found["ja"]
    day = next((number for number, names in enumerate(words()["weekdays"]) if name in names), None)
    if day is None:
        return None
    if found["week"]:
        week = words()["weeks"][found["week"].strip().rstrip("の")]
        return today + timedelta(days=day - today.weekday() + 7 * week)
    return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)


def _email(field: Field, text: str, _: date) -> Value:
    address = narrowed(text)
    if not _EMAIL.fullmatch(address):
        raise refused(field, f"{shown(text)}, not a mail address", "email")
    return address


def _url(field: Field, text: str, _: date) -> Value:
    from cannery.content.markdown import safe_address  # a search knows the types, and no Markdown

    # What is an address as it stands keeps its path: a page may be named in full width.
    found = _URL.fullmatch(text) or _URL.fullmatch(narrowed(text))
    address = f"{found[1]}{narrowed(found[2])}{found[3]}" if found else ""
    if not found or not safe_address(address):
        raise refused(field, f"{shown(text)}, not a web address", "url")
    return Url(address)


def _yesno(field: Field, text: str, _: date) -> Value:
    word = fold_name(text)
    if word not in words()["yes"] + words()["no"]:
        raise refused(field, f"{shown(text)}, neither yes nor no", "yesno")
    return word in words()["yes"]


def _options(field: Field) -> list[str]:
    return [choice.value for choice in field.choices]


FIELD_TYPES: Mapping[str, FieldType] = {
    "text": FieldType(parse=_line),
    "multiline": FieldType(
        parse=_lines, hint="several lines; a lone dot ends them", has_lines=True
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
        hint="one or more, with commas between",
        choices="many",
    ),
    "date": FieldType(
        parse=_date,
        stand_in="today",
        sample="today",
        examples=lambda _: (date(2026, 11, 23), date(2026, 11, 23)),
        hint="a date: 2026-11-23, today, +3d",
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
