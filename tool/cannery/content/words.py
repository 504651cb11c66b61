"""The words that a reply and its form are read and written by, in `words.json`.

The site's scripts read the same file: a stage puts it into `assets/kb/shared.js`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypedDict

FILE = Path(__file__).with_name("words.json")


class Joining(TypedDict):
    """What stands between the items of a list, and before the last."""

    between: str
    last: str


class Honorific(TypedDict):
    """What is added to a name, unless it brings one of `endings` or `beginnings`.

    A company is known by `companies`, which stand before or behind its name, or `companyEndings`;
    behind it a person may be named, or one of its `departments`. All are in NFKC, in small letters.
    """

    added: str
    endings: list[str]
    beginnings: list[str]
    addedToCompany: str
    companies: list[str]
    companyEndings: list[str]
    departments: list[str]


class Sentences(TypedDict):
    """How sentences end: the language's full stop, all full stops, all signs at an end.

    `closers` may stand behind them, as a bracket does. `abbreviations` keep their stop, beside
    those of single letters.
    """

    stop: dict[str, str]
    stops: str
    ends: str
    closers: str
    abbreviations: list[str]


class Words(TypedDict):
    """`words.json`; what depends on the language is by its code, with `en` for all others."""

    yes: list[str]
    no: list[str]
    days: dict[str, int]  # from today
    businessDays: dict[str, int]  # likewise
    monthEnds: dict[str, int]  # months from this one
    yearEnds: dict[str, int]  # years from this one
    monthsAhead: dict[str, int]
    yearsAhead: dict[str, int]
    months: list[list[str]]
    eras: dict[str, int]  # the year before the first
    numbers: dict[str, int]
    units: dict[str, str]
    dateLeads: list[str]  # what may stand before a date, and means nothing
    countries: dict[str, str]  # of languages that have one
    monthFirst: list[str]  # where 5/6 is in May
    weekdays: list[list[str]]  # Monday first
    weeks: dict[str, int]  # from this one
    hints: dict[str, str]
    datePatterns: dict[str, str]  # CLDR's letters
    dateStyles: list[str]
    dateCodes: dict[str, str]  # strftime's code -> CLDR's letters
    lists: dict[str, Joining]
    truth: dict[str, list[str]]  # for false, and for true
    honorifics: dict[str, Honorific]
    sentences: Sentences
    boxes: dict[str, dict[str, str]]  # what kinds of boxes are called, where not by their names


@cache
def words() -> Words:
    """The file's content, read once: no command needs it to start."""
    import json

    content: Words = json.loads(FILE.read_text("utf-8"))
    return content
