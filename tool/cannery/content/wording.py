"""How a language writes dates, lists, names and truth values in a reply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from cannery.content.words import words

_MAX_FORMAT = 200


def date_text(value: date, language: str, form: str = "") -> str:
    """A date as the language writes it, or by `form`: a style's name or strftime's codes.

    The language `iso` writes 2026-11-23. Raises ValueError for a form that is neither.
    """
    if language == "iso" and not form:
        return value.isoformat()[:10]
    from babel.dates import format_date, format_datetime

    locale = _locale(language)
    if not form:
        pattern = words()["datePatterns"].get(language.split("-", maxsplit=1)[0], "long")
        moment = f" {value:%H:%M}" if isinstance(value, datetime) else ""
        return format_date(value, pattern, locale=locale) + moment
    if form in words()["dateStyles"]:
        return format_date(value, form, locale=locale)
    moment_of = value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])  # noqa: DTZ001
    return format_datetime(moment_of, _pattern(form), locale=locale)


def refuse_form(form: str) -> None:
    """Raise ValueError for a form that `date_text` writes no date by."""
    if form and form not in words()["dateStyles"]:
        _pattern(form)


def _pattern(form: str) -> str:
    """Strftime's codes as a CLDR pattern: letters outside a code are quoted."""
    if len(form) > _MAX_FORMAT:
        raise ValueError("the date format is too long")
    # A time zone's name is no code of the portable profile: browsers have no such names.
    codes = words()["dateCodes"] | {"Z": "z"}
    pieces: list[str] = []
    index = 0
    while index < len(form):
        if form[index] != "%":
            end = form.find("%", index)
            end = len(form) if end < 0 else end
            pieces.append("'" + form[index:end].replace("'", "''") + "'")
            index = end
            continue
        code = form[index + 1 : index + 3] if form[index + 1 : index + 2] == "-" else ""
        code = code or form[index + 1 : index + 2]
        if code not in codes:
            raise ValueError(f"%{code} is not a date code; use codes such as %Y-%m-%d")
        pieces.append(codes[code])
        index += 1 + len(code)
    return "".join(pieces).replace("''", "''") if pieces else "''"


def _locale(language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return "en"


def list_text(items: Sequence[str], language: str) -> str:
    """The items as the language lists them: a, b and c; a、b、c."""
    joining = words()["lists"][_known(language)]
    if len(items) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(items)
    return joining["between"].join(items[:-1]) + joining["last"] + items[-1]


def truth_text(language: str, *, value: bool) -> str:
    return words()["truth"][_known(language)][value]


def honorific(name: str, language: str) -> str:
    """The name as the language addresses its owner: 田中 様; nothing is added in English."""
    from cannery.content.honorifics import addressed

    return addressed(name, words()["honorifics"][_known(language)])


def _known(language: str) -> str:
    """The entry of `words.json` that a language is written by."""
    return "ja" if language.startswith("ja") else "en"
