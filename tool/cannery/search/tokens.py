"""Text -> the terms it is found by: words, stemmed, and pairs of Japanese letters.

Japanese writes no blanks, so a word inside a sentence is found by the pairs of letters that it is
made of; Chinese goes the same way, and Korean, whose words have particles behind them. Code-like
words are terms whole and in parts. Terms know where they stand in the text as it was written,
half-width or full-width.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from unicodedata import normalize
from zlib import crc32

from whoosh.lang.porter import stem

from cannery.content.search_words import stop_words
from cannery.search.loan_words import loan_words
from cannery.search.normalized import normalized
from cannery.search.spelling import folded, kept, shortened, unaccented
from cannery.util.lazy_pattern import LazyPattern

_CJK = (
    "\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_ASCII_RUN = re.compile("[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
# x-request-id, ERR_SSL, v2.14.3, /etc/hosts, kim@example.com: what holds words together.
_COMPOUND = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]++(?>(?:[_.\-/:@+]++[A-Za-z0-9]++)+)")
# e-mail is email, Wi-Fi wifi. Looked for by the hyphen, which few words have.
_HYPHEN = re.compile(r"[-\u2010]([A-Za-z]{2,12})(?![\w-])")
_BEFORE_HYPHEN = re.compile(r"(?<![\w-])[A-Za-z]{1,12}\Z")
_LONGEST_BEFORE = 12 + 1  # with what stands before it
_VERSION = re.compile("[vV]([0-9]+)")  # is asked for without its letter, too
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


@cache  # made when the first text needs them: they take longer to compile than to search with
def _run() -> re.Pattern[str]:
    """A run of Japanese or Chinese letters, or a word of others."""
    return re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+(?:['’][^\\W_{_CJK}]+)*")


# A word of other letters, where none of those stands: from U+3005 on all of them are.
_OTHER_RUN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FIRST_CJK = "\u3005"
_FROM_CJK = LazyPattern(f"[^\0-{chr(ord(_FIRST_CJK) - 1)}]")
_CJK_RANGES = tuple(
    (first, last or first) for first, last in re.findall("([^-])(?:-([^-]))?", _CJK)
)
_KANA = LazyPattern("[\u3041-\u30ff]")
_MAX_WORD = 64
MARK = "="  # behind a term of words that are the same, see `equivalents`: no text has one
_KNOWN_WORDS = 30_000  # that are remembered


@dataclass(frozen=True, slots=True)
class Term:
    """A term, and the characters (start, end) of the text that it stands for."""

    text: str
    start: int
    end: int


def places(text: str, wanted: AbstractSet[str]) -> Iterator[Term]:
    """The spans of the wanted terms in a text, in order; compounds match by their parts.

    A wanted lone letter stands wherever a pair begins with it.
    """
    plain, offsets = normalized(text)
    lone = {term for term in wanted if is_lone_letter(term)}
    loans = any(term.endswith(MARK) for term in wanted)
    for run in _runs(plain).finditer(plain):
        word = run[0]
        for term, start, end in (
            _placed(word, loans=loans) if word >= _FIRST_CJK else _of_word(word)
        ):
            if term in wanted or (lone and term[0] in lone):
                first, last = run.start() + start, run.start() + end - 1
                if offsets is None:
                    yield Term(term, first, last + 1)
                else:
                    yield Term(term, offsets[first][0], offsets[last][1])


def _placed(run: str, *, loans: bool) -> Iterator[tuple[str, int, int]]:
    """The terms of a Japanese run and where they stand there; with those of its English words."""
    yield from _of_run(run)
    yield from shortened(run)
    if loans:
        for words, start, end in loan_words(run):
            yield from ((f"{stemmed(word)}{MARK}", start, end) for word in words)


def counts(text: str) -> dict[str, int]:
    """How often each term stands in a text: what the index keeps of it.

    The last letter of a Japanese run is a term by itself, unless it is kana, so that a lone letter
    in a query finds each place where it stands: the pairs that begin with it, and that one.
    """
    plain = normalize("NFKC", text)
    return _counts(plain, words_of(plain))


def is_compact(char: str) -> bool:
    """Whether a letter is kanji or katakana, of which words are that mean what they are."""
    return "\u4e00" <= char <= "\u9fff" or "\u30a1" <= char <= "\u30fc" or char == "\u3005"


def compact_places(text: str) -> dict[str, list[int]]:
    """Where each pair of kanji or katakana stands: of two side by side the places differ by one."""
    plain = normalize("NFKC", text)
    positions: dict[str, list[int]] = {}
    if plain.isascii():
        return positions
    for run in _run().finditer(plain):
        if not _is_cjk(run[0]):
            continue
        letters, start = folded(run[0]), run.start()
        for at in range(len(letters) - 1):
            if is_compact(letters[at]) and is_compact(letters[at + 1]):
                positions.setdefault(letters[at : at + 2], []).append(start + at)
    return positions


def counts_and_pairs(text: str) -> tuple[dict[str, int], array[int]]:
    """What the index keeps of a text: the terms, and which of them stand side by side, in order.

    A pair is a number of 32 bits. Stop words between two words don't part them.
    """
    plain = normalize("NFKC", text)
    runs = words_of(plain)
    return _counts(plain, runs), array("I", sorted({pair for _, _, pair in _pairs(runs)}))


def pairs(text: str) -> list[tuple[str, str, int]]:
    """Terms that stand side by side in a text, and the number of each such pair, once each."""
    plain = normalize("NFKC", text)
    return list(dict.fromkeys(_pairs(words_of(plain))))


def _pairs(runs: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """The pairs of words, and of the letters inside of each Japanese run."""
    stops, before, code_before = stop_words(), "", 0
    for run in runs:
        if run >= _FIRST_CJK and _is_cjk(run):
            inside = _inside(run)
            yield from inside
            if inside:
                before = ""
            continue
        term, code = _coded(run)
        if term in stops:
            continue
        if before:
            yield before, term, (code_before * _FACTOR + code) & _BITS
        before, code_before = term, code


def _inside(run: str) -> list[tuple[str, str, int]]:
    terms = [term for term in _letter_pairs(folded(run)) if len(term) > 1]
    codes = [crc32(term.encode()) for term in terms]
    return [
        (one, two, (code * _FACTOR + code_after) & _BITS)
        for (one, two), (code, code_after) in zip(pairwise(terms), pairwise(codes), strict=True)
    ]


@lru_cache(maxsize=_KNOWN_WORDS)
def _coded(word: str) -> tuple[str, int]:
    term = _of_word(word)[0][0]
    return term, crc32(term.encode())


_FACTOR, _BITS = 31, 2**32 - 1


def _counts(plain: str, runs: Iterable[str]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for run, times in Counter(runs).items():
        for term in _terms(run) if run >= _FIRST_CJK else _word_terms(run):
            totals[term] = totals.get(term, 0) + times
    for compound, times in Counter(_COMPOUND.findall(plain)).items():
        term = compound[:_MAX_WORD].lower()
        totals[term] = totals.get(term, 0) + times
    for term, times in joined(plain).items():
        totals[term] = totals.get(term, 0) + times
    return totals


def _terms(run: str) -> list[str] | tuple[str, ...]:
    if not _is_cjk(run):
        return _word_terms(run)
    return [*_letter_pairs(folded(run)), *(term for term, _, _ in shortened(run))]


@lru_cache(maxsize=_KNOWN_WORDS)
def _word_terms(word: str) -> tuple[str, ...]:
    return tuple(term for term, _, _ in _of_word(word))


@lru_cache(maxsize=2)  # a text is asked for its terms, and then for its words in other spellings
def words_of(plain: str) -> Sequence[str]:
    """The words and Japanese runs of a text (in NFKC), in order."""
    return _runs(plain).findall(plain)


def joined(plain: str) -> Counter[str]:
    """The words with a hyphen in a text (in NFKC), written as one; none is a part of two."""
    words: Counter[str] = Counter()
    free = 0  # from where on a letter belongs to no word yet
    for end in _HYPHEN.finditer(plain):
        at = end.start()
        begin = _BEFORE_HYPHEN.search(plain[max(at - _LONGEST_BEFORE, 0) : at])
        if begin and at - len(begin[0]) >= free:
            words[stemmed((begin[0] + end[1]).lower())] += 1
            free = end.end()
    return words


def is_compound(term: str) -> bool:
    return _COMPOUND.fullmatch(term) is not None


def last_letters(plain: str) -> Counter[str]:
    """The letters that end the Japanese runs of two letters or more of a text (in NFKC)."""
    runs = (run for run in words_of(plain) if len(run) > 1 and _is_cjk(run))
    return Counter(folded(run)[-1] for run in runs)


def _runs(text: str) -> re.Pattern[str]:
    if text.isascii():
        return _ASCII_RUN
    return _run() if _FROM_CJK.search(text) else _OTHER_RUN


def _is_cjk(run: str) -> bool:
    """Whether a run is of Japanese or Chinese letters, by its first one."""
    return run >= _FIRST_CJK and _is_cjk_letter(run[0])


@lru_cache(maxsize=10_000)
def _is_cjk_letter(char: str) -> bool:
    return any(first <= char <= last for first, last in _CJK_RANGES)


def has_cjk(text: str) -> bool:
    return not text.isascii() and any(map(_is_cjk_letter, set(text)))


def is_lone_letter(term: str) -> bool:
    """Whether a term is one Japanese or Chinese letter, which many pairs begin with."""
    return len(term) == 1 and _is_cjk(term)


def _of_run(run: str) -> tuple[tuple[str, int, int], ...]:
    """The terms of a run of letters, each with where it stands in the run."""
    if not _is_cjk(run):
        return _of_word(run)
    places = kept(run)
    last = len(places) - 1
    return tuple(
        (pair, places[at], places[min(at + 1, last)] + 1)
        for at, pair in enumerate(_letter_pairs(folded(run)))
    )


def _letter_pairs(letters: str) -> list[str]:
    """Each letter of a Japanese run with the next; the last one alone, unless it is kana."""
    size = len(letters)
    ends = size == 1 or not _KANA.match(letters[-1])
    return [letters[at : at + 2] for at in range(size if ends else size - 1)]


@lru_cache(maxsize=_KNOWN_WORDS)  # a language has few words, and Japanese no end of runs
def _of_word(run: str) -> tuple[tuple[str, int, int], ...]:
    word = run[:_MAX_WORD]
    whole = (stemmed(word.lower()), 0, len(run))
    if version := _VERSION.fullmatch(word):
        return (whole, (version[1], *version.span(1)))
    if word.islower() or not word.isascii():
        return (whole,)
    parts = [match.span() for match in _CAMEL.finditer(word)]
    if len(parts) < 2:  # noqa: PLR2004 - a word of one part is its own part
        return (whole,)
    return (whole, *((stemmed(word[a:b].lower()), a, b) for a, b in parts))


@lru_cache(maxsize=_KNOWN_WORDS)
def stemmed(word: str) -> str:
    word = unaccented(word).replace("’", "'").removesuffix("'s").replace("'", "")
    return stem(word) if word.isascii() and word.isalpha() else word
