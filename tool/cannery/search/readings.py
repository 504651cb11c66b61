"""What is typed as it sounds, in hiragana or in Latin letters -> the words that are read so.

しょうめいしょ and `shoumeisho` are 証明書. By the table in `readings.txt`, whose first lines say
where it is from. The site's `search_readings.js` is its twin.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from cannery.content.search_words import search_words
from cannery.util.lazy_pattern import LazyPattern

FILE = Path(__file__).with_name("readings.txt")
# The last kana may be half typed, as an input method has it: しょうm.
_SPELT = LazyPattern("[ぁ-ゖ]{2,64}[a-z]{0,2}(?![a-z])")
_LATIN = re.compile("[a-z]{4,64}")
_LEAST = 4  # letters of a reading in Latin ones: fewer are grammar, and begin too many words
_MOST_SAME, _MOST_LONGER = 4, 6  # words
_LONGEST_SUFFIX = 8  # letters
_PARTICLES = ("kara", "made", "yori", "no", "wo", "ga", "ni", "ha", "de", "to", "mo", "he", "ya")

Has = Callable[[str], bool]


class Read(NamedTuple):
    """A word that may be meant; `is_whole`: what was typed is all of it, not its beginning."""

    word: str
    is_whole: bool


class Readings(NamedTuple):
    """Words by what they are read as, in Latin letters; `sorted_keys` are those of `words`.

    `ends`: pairs of a word's last letter and a suffix, of a table that is not of all words.
    """

    words: Mapping[str, Sequence[str]]
    suffixes: Mapping[str, Sequence[str]]
    sorted_keys: Sequence[str]
    ends: Sequence[str] = ()


def spelt_in(query: str) -> Iterator[str]:
    """The runs of a folded query that may be words as they sound, in Latin letters."""
    return map(romaji, _SPELT.findall(query))


def is_romaji(word: str) -> bool:
    """Whether a word may be Japanese in Latin letters: it is long enough, and of small ones."""
    return _LATIN.fullmatch(word) is not None


def romaji(text: str) -> str:
    """Kana and Latin letters in the one way of writing that the table is looked up by."""
    kana, typed = _letters()
    out, at = "", 0
    while at < len(text):
        size = 2 if text[at : at + 2] in kana else 1
        out += kana.get(text[at : at + size], text[at])
        at += size
    out = re.sub("っ(.)", r"\1\1", out).replace("っ", "")
    for one, other in typed:
        out = out.replace(one, other)
    return re.sub("nn(?![aeiouy])", "n", out)


@cache
def _letters() -> tuple[Mapping[str, str], Sequence[tuple[str, str]]]:
    words = search_words()
    kana, typed = (
        [(one, two) for one, two in map(str.split, words[name].split(", "))]
        for name in ("romaji", "typedRomaji")
    )
    return dict(kana), typed


@cache
def readings() -> Readings:
    """The table of the package."""
    words: dict[str, list[str]] = {}
    suffixes: dict[str, list[str]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            reading, *same = line.split()
            table = suffixes if reading[0] == "-" else words
            table.setdefault(reading.removeprefix("-"), []).extend(same)
    return Readings(words, suffixes, sorted(words))


def readings_there(has_pair: Callable[[str], bool]) -> Readings:
    """What of the table may be in pages that have some pairs of letters, and no others."""
    pairs, whole = cache(has_pair), readings()
    has = partial(_has_pairs, pairs)
    words = {key: there for key, same in whole.words.items() if (there := [*filter(has, same)])}
    last = {word[-1] for same in words.values() for word in same}
    endings = {two for same in whole.suffixes.values() for two in same}
    ends = {(one, two) for one in last for two in endings if pairs(f"{one}{two[0]}")}
    known = {two for _, two in ends}
    suffixes = {
        key: there
        for key, same in whole.suffixes.items()
        if (there := [two for two in same if two in known and has(two)])
    }
    return Readings(words, suffixes, sorted(words), sorted({f"{one}{two}" for one, two in ends}))


def _has_pairs(has_pair: Callable[[str], bool], word: str) -> bool:
    return all(has_pair(word[at : at + 2]) for at in range(len(word) - 1))


def read_as(run: str, has_pair: Callable[[str], bool]) -> list[Read]:
    """The words that a run in Latin letters may be, as far as pages have their pairs of letters.

    All of it is a word, or the beginning of one; else it is words one after another, with endings
    and particles.
    """
    table, has = readings(), partial(_has_pairs, has_pair)
    same = _there(table.words.get(run, ()), has, _MOST_SAME)
    found = [Read(word, is_whole=True) for word in same]
    longer = (word for word in _longer(run, table, has) if word not in same)
    found += [Read(word, is_whole=False) for word in longer]
    return found or [Read(word, is_whole=True) for word in _in_a_row(run, table, has)]


def _there(words: Sequence[str], has: Has, most: int) -> list[str]:
    return [word for word in dict.fromkeys(words) if has(word)][:most]


def _longer(run: str, table: Readings, has: Has) -> list[str]:
    """The words whose reading begins so, the shortest first."""
    if len(run) < _LEAST:
        return []
    start = bisect_left(table.sorted_keys, run)
    end = bisect_left(table.sorted_keys, f"{run}~")
    keys = [key for key in table.sorted_keys[start:end] if key != run]
    keys.sort(key=lambda key: (len(key), key))
    return _there([word for key in keys for word in table.words[key]], has, _MOST_LONGER)


def _in_a_row(run: str, table: Readings, has: Has) -> list[str]:
    """The words that a run is made of from its beginning on, as far as they are known."""
    found: list[str] = []
    at = 0
    while at < len(run):
        end, words = _first(run, at, table, has)
        if not words:
            break
        end, found[len(found) :] = _with_suffix(run, end, words, table, has)
        particle = next((one for one in _PARTICLES if run.startswith(one, end)), "")
        at = end + len(particle)
    return found


def _first(run: str, at: int, table: Readings, has: Has) -> tuple[int, list[str]]:
    """The end of the longest reading of words that are there, and those."""
    for end in range(len(run), at + _LEAST - 1, -1):
        if words := _there(table.words.get(run[at:end], ()), has, _MOST_SAME):
            return end, words
    return at, []


def _with_suffix(
    run: str, at: int, words: list[str], table: Readings, has: Has
) -> tuple[int, list[str]]:
    """The end of what ends the words, and the longer words; both as they are if nothing does."""
    for end in range(min(len(run), at + _LONGEST_SUFFIX), at, -1):
        endings = table.suffixes.get(run[at:end], ())
        if longer := _there([f"{one}{two}" for one in words for two in endings], has, _MOST_SAME):
            return end, longer
    return at, words
