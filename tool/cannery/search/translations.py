"""Texts in two languages -> words of the one that stand for words of the other.

Two words that the same entries have, and no others, are likely to be a translation of each other:
Dice's coefficient, as in Smadja, McKeown and Hatzivassiloglou, "Translating Collocations for
Bilingual Lexicons: A Statistical Approach", 1996.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from cannery.content.search_words import search_words
from cannery.search.loan_words import split
from cannery.search.tokens import stemmed
from cannery.util.lazy_pattern import LazyPattern

# By looking at the proposals for five knowledge bases: with these, nine in ten are translations.
_LEAST, _MOST = 4, 60  # entries with a word: fewer may be chance, and more say it about anything
_ALIKE = 0.9
_WORD = LazyPattern("[A-Za-zÀ-ÖØ-öø-ÿ][a-zß-öø-ÿ]{3,40}")
_WIDE_WORD = LazyPattern("[\u4e00-\u9fff々]{2,5}|[ァ-ヺ][ァ-ヺー]{2,15}")
_Words = dict[str, str]  # by a word's stem, the word
_Having = dict[str, set[int]]  # by a word's stem, the numbers of the entries with it


class Translation(NamedTuple):
    """Two words of two languages, and how many entries have both."""

    word: str
    other: str
    entries: int


def translations(pairs: Iterable[tuple[str, str]]) -> list[Translation]:
    """The likely ones in the texts of entries, each in two languages; the most frequent first."""
    having: tuple[_Having, _Having] = (defaultdict(set), defaultdict(set))
    written: dict[str, Counter[str]] = defaultdict(Counter)
    words_of: list[set[str]] = []
    for number, (one, two) in enumerate(pairs):
        here, there = _words(one), _words(two)
        words_of.append({*there} - {*here})
        for stem, word in (here | there).items():
            written[stem][word] += 1
        for side, stems in zip(having, ({*here} - {*there}, words_of[-1]), strict=True):
            for stem in stems:
                side[stem].add(number)
    found = [*_likely(*having, words_of)]
    of_other = Counter(other for _, other, _ in found)
    names = {stem: _usual(forms) for stem, forms in written.items()}
    return sorted(
        (
            Translation(names[stem], names[other], entries)
            for stem, other, entries in found
            if of_other[other] == 1
        ),
        key=lambda item: (-item.entries, item),
    )


def _likely(one: _Having, two: _Having, words_of: list[set[str]]) -> Iterator[tuple[str, str, int]]:
    """The words of one language with the one of the other that is their translation, if one is."""
    for stem, numbers in one.items():
        if not _LEAST <= len(numbers) <= _MOST:
            continue
        common = Counter(other for number in numbers for other in words_of[number])
        alike = [
            (other, count)
            for other, count in common.items()
            if count >= _LEAST and 2 * count >= _ALIKE * (len(numbers) + len(two[other]))
        ]
        if len(alike) == 1:
            yield stem, *alike[0]


def is_known(word: str, other: str) -> bool:
    """Whether a search knows without synonyms that one is the other: as loan words."""
    return any(
        word.lower() == english or stemmed(word.lower()) == stemmed(english)
        for words, _, _ in split(other)
        for english in words
    )


def _words(text: str) -> _Words:
    plain = normalize("NFKC", text)
    words = {stemmed(word.lower()): word.lower() for word in _WORD.findall(plain)}
    wide = {word: word for word in _WIDE_WORD.findall(plain)}
    return {stem: word for stem, word in words.items() if stem not in _grammar()} | wide


def _usual(forms: Counter[str]) -> str:
    return min(forms, key=lambda word: (-forms[word], len(word), word))


@cache
def _grammar() -> frozenset[str]:
    words = search_words()
    return frozenset(map(stemmed, f"{words['stopWords']} {words['talk']}".split()))
