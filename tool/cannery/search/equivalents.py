"""Words that are the same in any knowledge base, whatever they are spelt like.

サーバー is server, `log in` is login, and Müller is Mueller. A text's index has a term of its own
for each, `server=` and `login=`, by which it gets no longer. A query for one spelling looks for all
of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from cannery.content.search_words import is_stop_word, search_words
from cannery.search.loan_words import loan_words, split
from cannery.search.tokens import MARK, counts, is_lone_letter, stemmed, words_of
from cannery.util.lazy_pattern import LazyPattern
from cannery.util.text import as_katakana

# It begins with a digit, for which a text is searched faster than for what stands before one.
_THOUSANDS = LazyPattern(r"[0-9](?<![\d,.][0-9])[0-9]{0,2}(?>(?:,[0-9]{3})+)(?![\d,])")
_UMLAUT = LazyPattern("[äöü]")
_UMLAUTS = str.maketrans(search_words()["umlauts"])
_HIRAGANA = LazyPattern("[ぁ-ゖ][ぁ-ゖー]{3,63}")  # fewer letters are grammar
_KATAKANA = LazyPattern("[ァ-ヺ][ァ-ヺー]{2,63}")


@cache
def _apart() -> dict[str, dict[str, str]]:
    """Compounds by their first word and their second, which may have endings.

    So `logging in` and `time zones` are found, too.
    """
    apart: dict[str, dict[str, str]] = {}
    for one, two in map(str.split, search_words()["apart"].split(", ")):
        for form in _forms(one):
            seconds = apart.setdefault(form, {})
            seconds |= {two: one + two, f"{two}s": one + two}
    return apart


def _forms(word: str) -> Iterator[str]:
    yield from (word, f"{word}s", f"{word}d", f"{word}ed", f"{word.removesuffix('e')}ing")
    yield from (f"{word}{word[-1]}ed", f"{word}{word[-1]}ing")


class Spelt(NamedTuple):
    """A word in another spelling, as it is written, its terms, and the stems that it stands for."""

    written: str
    terms: tuple[str, ...]
    stems: tuple[str, ...]


def equivalents(text: str) -> dict[str, int]:
    """How often each stands in a text, by the term that the index has for it."""
    return Counter(f"{stem}{MARK}" for word in spelt_otherwise(text) for stem in word.stems)


def spelt_otherwise(text: str) -> Iterator[Spelt]:
    """The words that a text has in another spelling, as often as it has them."""
    plain, apart = normalize("NFKC", text), _apart()
    small = list(map(str.lower, words_of(plain)))
    for at, one in enumerate(small[:-1]):
        if one in apart and (whole := apart[one].get(two := small[at + 1])):
            telling = (one,) if is_stop_word(two) else (one, two)
            yield Spelt(f"{one} {two}", (*map(stemmed, telling),), (stemmed(whole),))
    for number in _THOUSANDS.findall(plain):
        yield Spelt(number, tuple(number.split(",")), (number.replace(",", ""),))
    if not plain.isascii():
        for word in filter(_UMLAUT.search, small if _UMLAUT.search(plain.lower()) else ()):
            yield Spelt(word, (stemmed(word),), (stemmed(word.translate(_UMLAUTS)),))
        for words, start, end in loan_words(plain):
            written = plain[start:end]
            yield Spelt(written, _pairs(written), tuple(map(stemmed, words)))


def typed_otherwise(query: str) -> Iterator[Spelt]:
    """The same of a query, which may have hiragana where an input method has katakana behind it."""
    yield from spelt_otherwise(query)
    for run in _HIRAGANA.findall(normalize("NFKC", query)):
        spans = split(as_katakana(run))
        if sum(end - start for _, start, end in spans) == len(run):
            for words, start, end in spans:
                written = run[start:end]
                yield Spelt(written, _pairs(written), tuple(map(stemmed, words)))


def katakana_in(query: str) -> Iterator[str]:
    """The words in katakana of a query, which a text may have in hiragana."""
    return iter(_KATAKANA.findall(normalize("NFKC", query)))


@lru_cache(maxsize=10_000)  # a language has few loan words
def _pairs(katakana: str) -> tuple[str, ...]:
    return tuple(term for term in counts(katakana) if not is_lone_letter(term))
