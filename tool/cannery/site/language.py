"""What a browser must know of languages and letters to write as `kb reply` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from unicodedata import east_asian_width

from babel import Locale, UnknownLocaleError
from wcwidth import wcwidth

_LAST_LETTER = 0x323AF  # the last code point that Unicode gives a width of two
_WIDTHS = ("wide", "abbreviated")
_PERIODS = ("am", "pm")
_STYLES = ("short", "medium", "long", "full")
_SUNDAY_LAST = range(7)


def locales(languages: Iterable[str]) -> dict[str, object]:
    """Names of months and days, and how dates are written, by language (CLDR's, from Babel).

    English is always among them: a language that CLDR does not know is written like it.
    """
    return {language: _locale(language) for language in dict.fromkeys(["en", *languages])}


def _locale(language: str) -> object:
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    months, days, periods = locale.months, locale.days, locale.day_periods
    return {
        "months": _named(lambda width: months["format"][width], range(1, 13)),
        "standalone": _named(lambda width: months["stand-alone"][width], range(1, 13)),
        "days": _named(lambda width: days["format"][width], _SUNDAY_LAST),
        "periods": {
            name: periods["format"]["abbreviated"].get(name, name.upper()) for name in _PERIODS
        },
        "formats": {style: locale.date_formats[style].pattern for style in _STYLES},
    }


def _named(table: Callable[[str], object], keys: Iterable[int]) -> dict[str, list[str]]:
    return {width: [table(width)[key] for key in keys] for width in _WIDTHS}  # type: ignore[index]


def widths() -> dict[str, list[list[int]]]:
    """Ranges of code points: columns that a letter takes, and letters between which no blank is.

    `none` and `two` have those that take no column of a screen, or two; `letters` those of
    Chinese and Japanese, which a line end does not part.
    """
    return {
        "none": _ranges(lambda char: wcwidth(char) <= 0),
        "two": _ranges(lambda char: wcwidth(char) == 2),  # noqa: PLR2004 - two columns
        "letters": _ranges(_is_wide_letter),
    }


def _is_wide_letter(char: str) -> bool:
    return east_asian_width(char) in "WF" and not "\uac00" <= char <= "\ud7a3"


def _ranges(fits: Callable[[str], bool]) -> list[list[int]]:
    return list(_joined(point for point in range(_LAST_LETTER + 1) if fits(chr(point))))


def _joined(points: Iterator[int]) -> Iterator[list[int]]:
    start = end = next(points)
    for point in points:
        if point != end + 1:
            yield [start, end]
            start = point
        end = point
    yield [start, end]
