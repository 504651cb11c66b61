"""Katakana -> the English words that they are made of, by the table in `loan_words.txt`.

The table's first lines say where it is from.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from cannery.search.spelling import in_usual_letters, without_v
from cannery.util.lazy_pattern import LazyPattern

FILE = Path(__file__).with_name("loan_words.txt")
_KATAKANA = LazyPattern("[ァ-ヺ][ァ-ヺー]+")
_LONGEST_WORD, _LONGEST_RUN = 16, 64  # letters
_TELLING = 4  # letters of a word that is known by itself, where what is around it is not
_WITHOUT_LONG_VOWEL = 3  # letters of a word behind which a ー may be missing or be one too many
_Span = tuple[int, int]


def loan_words(text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """The words in katakana of a text (in NFKC): in English, and the span where each stands."""
    for run in _KATAKANA.finditer(text):
        for words, start, end in split(run[0]):
            yield words, run.start() + start, run.start() + end


@lru_cache(maxsize=30_000)
def split(run: str) -> tuple[tuple[tuple[str, ...], int, int], ...]:
    """The known words of a run of katakana, in order: all of it, or what tells by itself."""
    run = run[:_LONGEST_RUN]
    spans = _covering(run) or tuple(_telling(run))
    return tuple((_known(run[start:end]), start, end) for start, end in spans)


def _covering(run: str) -> tuple[_Span, ...]:
    """The fewest known words that the run is made of; nothing where it is made of none."""
    ways: dict[int, tuple[_Span, ...]] = {0: ()}
    for start in range(len(run)):
        if start not in ways:
            continue
        for end in range(start + 2, min(start + _LONGEST_WORD, len(run)) + 1):
            shorter = end not in ways or len(ways[start]) + 1 < len(ways[end])
            if shorter and _known(run[start:end]):
                ways[end] = (*ways[start], (start, end))
    return ways.get(len(run), ())


def _telling(run: str) -> Iterator[_Span]:
    """From the left, the longest known words that are long enough."""
    start = 0
    while start < len(run):
        for end in range(min(start + _LONGEST_WORD, len(run)), start + _TELLING - 1, -1):
            if _known(run[start:end]):
                yield start, end
                start = end
                break
        else:
            start += 1


def _known(katakana: str) -> tuple[str, ...]:
    return table().get(_plain(katakana), ())


def _plain(katakana: str) -> str:
    """One spelling of a word: サーバー is サーバ, and キー stays."""
    word = in_usual_letters(without_v(katakana))
    bare = word.removesuffix("ー")
    return bare if len(bare) >= _WITHOUT_LONG_VOWEL else word


@cache
def table() -> dict[str, tuple[str, ...]]:
    """English words by katakana."""
    words: dict[str, tuple[str, ...]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            english, *spellings = line.split()
            for katakana in dict.fromkeys(map(_plain, spellings)):
                words[katakana] = (*words.get(katakana, ()), english)
    return words
