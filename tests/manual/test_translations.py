"""A page of the manual and its Japanese version tell the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from tests.manual.commands import without_header

from cannery.manual import ARTICLES

_PAGES = sorted(page for page in ARTICLES.rglob("*.md") if not page.name.endswith(".ja.md"))
_PARSER = MarkdownIt("commonmark").enable("table")
# What a number in digits may be in the other language, in words or as something else.
_ENGLISH = {
    0: "no|none|zero|doesn't hold",
    0.25: "quarter",
    0.5: "half",
    1: "one|once|a|an|each|first|single|alone",
    2: "two|twice|both|second|either|next ones|beyond that|more than a first|duplicate",
    3: "three|third|quarters?",
    4: "four|fourth|quarters?",
    5: "five|fifth",
    6: "six|half a year",
    7: "seven|week",
    8: "eight",
    9: "nine",
    10: "ten",
    12: "twelve|year",
    15: "fifteen|quarters? of an hour",
    24: "day|twenty-four|Around the clock",
    30: "thirty|half an hour",
    100: "hundred",
    1000: "thousand",
    1_000_000: "million",
}
_KANJI = dict(zip("〇一二三四五六七八九十", range(11), strict=True))
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.-])(\d[\d,]*(?:\.\d+)?)(?: ?(万))?(?![A-Za-z_]|-\w)")


def _sections(page: Path) -> list[str]:
    """The text of each section, without blocks of code: those are compared as commands."""
    found = [""]
    for token in _PARSER.parse(without_header(page.read_text("utf-8"))):
        if token.type == "heading_open":
            found.append("")
        found[-1] += " "
        for child in token.children or ():
            found[-1] += child.content if child.type == "text" else " "
    return found


def _numbers(text: str) -> set[float]:
    return {
        float(digits.replace(",", "").strip(".")) * (10_000 if unit else 1)
        for digits, unit in _NUMBER.findall(text)
    }


def _unmatched(english: str, japanese: str) -> Iterator[float]:
    theirs, ours = _numbers(english), _numbers(japanese)
    yield from (
        number
        for number in theirs - ours
        if not any(_KANJI.get(letter) == number for letter in japanese)
    )
    for number in ours - theirs:
        words = _ENGLISH.get(number)
        above = _ENGLISH.get(number - 1, "0^")  # "more than six" is 7 and more
        said = rf"\b(?:{words or '0^'}|more than (?:{above}))\b"
        if not re.search(said, english, re.IGNORECASE):
            yield number


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_both_languages_tell_the_same_numbers(page: Path) -> None:
    sections = zip(_sections(page), _sections(page.with_suffix(".ja.md")), strict=True)
    wrong = {index: [*_unmatched(*pair)] for index, pair in enumerate(sections)}
    assert {index: numbers for index, numbers in wrong.items() if numbers} == {}


def test_another_number_is_told() -> None:
    assert [*_unmatched("after 90 days", "90 日後に")] == []
    assert [*_unmatched("after ninety days or two", "2 日後に")] == []
    assert [*_unmatched("after 90 days", "30 日後に")] == [90, 30]
