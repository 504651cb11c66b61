"""A short text -> the terms that tell what it is about, the same in whatever spelling or language.

A word of a group of synonyms is the group, a loan word in katakana the English word, and a word in
hiragana what is read so, as far as the other texts have it. What people say around their subject,
and what is grammar, tells nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from cannery.content.search_words import search_words, stop_words
from cannery.search.equivalents import katakana_in, typed_otherwise
from cannery.search.loan_words import split
from cannery.search.query_terms import query_terms
from cannery.search.readings import read_as, spelt_in
from cannery.search.tokens import counts, has_cjk, stemmed, words_of
from cannery.util.text import fold

Groups = Sequence[Sequence[str]]
HasPair = Callable[[str], bool]  # whether any of the texts has a pair of letters
GROUP = "#"  # before the number of a group of synonyms: no term begins so
_GRAMMAR = 0.5  # of a query's term: no more is grammar, or letters around it
_MOST_READ = 4  # runs of hiragana in a text


class _Word(NamedTuple):
    """A word of a group: its terms, and how it is written, as `_written` has it."""

    group: str
    terms: frozenset[str]
    written: str


Synonyms = Mapping[str, Sequence[_Word]]  # by one of a word's terms


def synonym_terms(groups: Groups) -> Synonyms:
    """The words of groups as `topic_terms` needs them."""
    words: dict[str, list[_Word]] = defaultdict(list)
    for number, group in enumerate(groups):
        for word in group:
            if keys := frozenset(query_terms(word)) if has_cjk(word) else _stems(word):
                found = _Word(f"{GROUP}{number}", keys | {*query_terms(word)}, _written(word))
                words[max(keys, key=lambda term: (len(term), term))].append(found)
    return words


def topic_terms(text: str, synonyms: Synonyms, has_pair: HasPair) -> tuple[str, ...]:
    """The terms, each once, in the order of the text as far as it tells one."""
    weights = query_terms(text)
    terms = dict.fromkeys(term for term, weight in weights.items() if weight > _GRAMMAR)
    for word in _synonyms(text, synonyms):
        _replace(terms, word.terms, [word.group])
    for spelt in typed_otherwise(text):
        if any(term in terms for term in spelt.terms):
            _replace(terms, () if spelt.written.isascii() else spelt.terms, spelt.stems)
    for run in katakana_in(text):
        if split(run):  # else it is no loan word that is known, and its letters tell
            _replace(terms, counts(run), ())
    told = [term for term in terms if term not in _idle()]
    return tuple(told or _read(text, has_pair) or terms or weights)


def _synonyms(text: str, synonyms: Synonyms) -> list[_Word]:
    """The words of groups that a text has, the longest first."""
    written = _written(text)
    terms = {*query_terms(text), *_stems(text)}
    found = {word for term in terms for word in synonyms.get(term, ()) if word.written in written}
    return sorted(found, key=lambda word: (-len(word.written), word.group, word.written))


def _stems(text: str) -> frozenset[str]:
    """The words, with those that tell nothing by themselves."""
    return frozenset(stemmed(word.lower()) for word in words_of(normalize("NFKC", text)))


def _written(text: str) -> str:
    """The words of a text, stemmed, in a row: what stands there stands at the edges of words.

    Japanese has no edges.
    """
    words = words_of(normalize("NFKC", text))
    return "".join(fold(word) if has_cjk(word) else f" {stemmed(word.lower())} " for word in words)


def _replace(terms: dict[str, None], old: Iterable[str], new: Iterable[str]) -> None:
    for term in old:
        terms.pop(term, None)
    terms.update(dict.fromkeys(new))


def _read(text: str, has_pair: HasPair) -> list[str]:
    """The terms of the words that runs of hiragana sound like."""
    runs = [run for _, run in zip(range(_MOST_READ), spelt_in(fold(text)), strict=False)]
    read = (word for run in runs for word in read_as(run, has_pair) if word.is_whole)
    return [*dict.fromkeys(term for word in read for term in query_terms(word.word))]


@cache
def _idle() -> frozenset[str]:
    """What people say around what they mean, and grammar."""
    return frozenset(map(stemmed, (*search_words()["talk"].split(), *stop_words())))
