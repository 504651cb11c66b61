"""The entries of a long list in groups: by a tag that some share, else by the first letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from unicodedata import normalize

from cannery.site.texts import text

_MANY = 16  # entries that need groups
_LEAST, _MOST = 2, 12  # groups of tags that help
_SMALLEST = 3  # entries of a group
_SHARED, _LEFT = 0.8, 0.3  # shares of all entries: of a tag that tells nothing, of those without
_NO_LETTER = 0.4  # the share of titles that begin with no letter of an alphabet, such as kanji
_LATIN = re.compile(r"[a-z]")
_KANA_ROWS = ("あいうえお", "かきくけこ", "さしすせそ", "たちつてとっ", "なにぬねの", "はひふへほ",
              "まみむめも", "やゆよ", "らりるれろ", "わをん")  # fmt: skip
_ROW_OF = {kana: row[0] for row in _KANA_ROWS for kana in row}
_SMALL = str.maketrans("ぁぃぅぇぉゃゅょゎ", "あいうえおやゆよわ")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


class Row(NamedTuple):
    """A line of a list: what it leads to, and what it is found by.

    `other` is its language where that is another one; `changed` its day, for a machine and for a
    reader; both may be empty.
    """

    title: str
    address: str
    summary: str = ""
    other: str = ""
    changed: Sequence[str] = ()
    tags: Sequence[str] = ()


Groups = list[list[Any]]  # each a heading, which may be empty, and its rows


def grouped(rows: Sequence[Row], language: str) -> Groups:
    """The rows of a section: as they are where they are few or nothing divides them."""
    if len(rows) < _MANY:
        return plain_groups(rows)
    return _by_tag(rows, language) or _by_letter(rows, language) or plain_groups(rows)


def plain_groups(rows: Sequence[Row]) -> Groups:
    """One group without a heading; none for no rows."""
    return [["", list(rows)]] if rows else []


def grouped_by(rows: Iterable[Row], heading: Callable[[Row], str]) -> Groups:
    """The rows by what is above them, in the order in which they come."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(heading(row), []).append(row)
    return [[name, inside] for name, inside in groups.items()]


def _by_tag(rows: Sequence[Row], language: str) -> Groups:
    counts = Counter(tag for row in rows for tag in {*row.tags})
    dividing = {tag for tag, count in counts.items() if _SMALLEST <= count <= len(rows) * _SHARED}
    first = [next((tag for tag in row.tags if tag in dividing), "") for row in rows]
    sizes = Counter(first)
    names = sorted(tag for tag, size in sizes.items() if tag and size >= _SMALLEST)
    by_tag: Mapping[str, list[Row]] = {name: [] for name in [*names, ""]}
    for tag, row in zip(first, rows, strict=True):
        by_tag[tag if tag in names else ""].append(row)
    if not _LEAST <= len(names) <= _MOST or len(by_tag[""]) > len(rows) * _LEFT:
        return []
    return [[name or text(language, "others"), found] for name, found in by_tag.items() if found]


def _by_letter(rows: Sequence[Row], language: str) -> Groups:
    letters = [(_letter(row.title), row) for row in rows]
    if sum(not letter for letter, _ in letters) > len(rows) * _NO_LETTER:
        return []
    is_kana_first = language.partition("-")[0] == "ja"
    groups: dict[str, list[Row]] = {}
    for letter, row in sorted(letters, key=lambda one: one[1].title.casefold()):
        groups.setdefault(letter, []).append(row)
    order = sorted(groups, key=lambda name: (not name, (name > "Z") is not is_kana_first, name))
    return [[name or text(language, "others"), groups[name]] for name in order]


def _letter(title: str) -> str:
    """The heading of a title: A, 0-9, or the row of its kana; empty for any other sign."""
    first = normalize("NFKD", title.strip()[:1]).casefold()[:1]
    if _LATIN.match(first):
        return first.upper()
    if first.isdecimal():
        return "0-9"
    return _ROW_OF.get(first.translate(_TO_HIRAGANA).translate(_SMALL), "")
