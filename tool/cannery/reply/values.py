"""What people type into a field -> the value that a macro works with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from unicodedata import normalize

from cannery.content.markdown import safe_address
from cannery.content.marks import Url
from cannery.content.words import words
from cannery.errors import ValueRefusedError
from cannery.model.entry import Field, FieldType

_MAX_CHARS = 100_000
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]+")
_URL = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?P<week>(?:next|this) |来週の?|再来週の?|今週の?)?"
    r"(?:(?P<en>[a-z]+)|\(?(?P<ja>[月火水木金土日])\)?(?:曜日?)?)"
)
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,10})?")
_SPLIT = re.compile(r"[,、\n]")

Value = str | int | float | bool | date | list[str]


def parse(field: Field, raw: str, today: date) -> Value:
    """The value of a field. Raises ValueRefusedError, which says what would be right."""
    text = raw.strip()
    if len(text) > _MAX_CHARS:
        raise _refused(field, f"longer than {_MAX_CHARS:,} characters", words()["hints"]["long"])
    if not text:
        if field.required:
            raise _refused(field, "empty", words()["hints"]["empty"])
        return empty(field)
    _check_pattern(field, text)
    return _PARSERS[field.type](field, text, today)


def suits(field: Field, raw: str, today: date) -> bool:
    """Whether a text is a value of the field."""
    try:
        parse(field, raw, today)
    except ValueRefusedError:
        return False
    return True


def empty(field: Field) -> Value:
    """What an optional field is when nobody fills it in."""
    if field.type is FieldType.YESNO:
        return False
    return [] if field.type is FieldType.MULTICHOICE else ""


def _refused(field: Field, what: str, hint: str) -> ValueRefusedError:
    return ValueRefusedError(f"{field.name} is {what}", hint)


def _check_pattern(field: Field, text: str) -> None:
    if not field.pattern:
        return
    from cannery.content.patterns import MAX_MATCHED, matches

    if len(text) > MAX_MATCHED:
        raise _refused(field, "too long", words()["hints"]["long"])
    try:
        fits = matches(field.pattern, text)
    except ValueError as error:
        hint = "Mend the macro's front matter."
        raise ValueRefusedError(f"the pattern of {field.name} {error}", hint) from error
    if not fits:
        wanted = field.help or f"It must match {field.pattern}"
        raise _refused(field, f"{_shown(text)}, which does not fit", wanted)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")  # noqa: PLR2004 - a line's width


def _text(field: Field, text: str, _: date) -> Value:
    if "\n" in text or "\r" in text:
        return " ".join(text.split()) if field.type is FieldType.TEXT else text
    return text


def _number(field: Field, text: str, _: date) -> Value:
    if not _NUMBER.fullmatch(text):
        raise _refused(field, f"{_shown(text)}, not a number", words()["hints"]["number"])
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)


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
    raise _refused(field, f"{_shown(text)}, not a date", words()["hints"]["date"])


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
    if not _EMAIL.fullmatch(text):
        raise _refused(field, f"{_shown(text)}, not a mail address", words()["hints"]["email"])
    return text


def _url(field: Field, text: str, _: date) -> Value:
    if not _URL.fullmatch(text) or not safe_address(text):
        raise _refused(field, f"{_shown(text)}, not a web address", words()["hints"]["url"])
    return Url(text)


def _yesno(field: Field, text: str, _: date) -> Value:
    word = text.lower()
    if word not in words()["yes"] + words()["no"]:
        raise _refused(field, f"{_shown(text)}, neither yes nor no", words()["hints"]["yesno"])
    return word in words()["yes"]


def _choice(field: Field, text: str, _: date) -> Value:
    for choice in field.choices:
        if text.casefold() in (choice.value.casefold(), choice.label.casefold()):
            return choice.value
    raise _refused(field, f"{_shown(text)}, not one of its choices", _choices_hint(field))


def _choices_hint(field: Field) -> str:
    return f"Choose from: {', '.join(choice.value for choice in field.choices)}."


def _multichoice(field: Field, text: str, today: date) -> Value:
    whole = [choice.value for choice in field.choices if choice.value.casefold() == text.casefold()]
    chosen_words = whole or [word for part in _SPLIT.split(text) if (word := part.strip())]
    chosen = {_choice(field, word, today) for word in chosen_words}
    return [choice.value for choice in field.choices if choice.value in chosen]


_PARSERS: Mapping[FieldType, Callable[[Field, str, date], Value]] = {
    FieldType.TEXT: _text,
    FieldType.MULTILINE: _text,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.EMAIL: _email,
    FieldType.URL: _url,
    FieldType.YESNO: _yesno,
    FieldType.CHOICE: _choice,
    FieldType.MULTICHOICE: _multichoice,
}
