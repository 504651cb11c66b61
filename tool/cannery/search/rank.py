"""A query, taken apart -> the numbers of the documents that answer it, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

from cannery.search.equivalents import Spelt, katakana_in, typed_otherwise
from cannery.search.lifts import MAX_PAIRS, NEAR, called, near, with_shortcut
from cannery.search.query import ParsedQuery
from cannery.search.query_terms import query_terms
from cannery.search.reader import Reader
from cannery.search.readings import is_romaji, read_as, romaji, spelt_in
from cannery.search.spelling import unaccented
from cannery.search.tokens import MARK, counts, is_lone_letter, pairs, stemmed
from cannery.util.text import as_hiragana, as_katakana, fold

_SYNONYM_WEIGHT = 0.5
_EQUIVALENT_WEIGHT = 0.5  # of a word that an entry has in another spelling alone
_PREFIX_WEIGHT = 0.4
_LONGER_WEIGHT = 0.2  # of what a word may become that is one already
_SENTENCE = 3  # terms: what ends with a word is finished
_TYPO_WEIGHT = 0.6
_READ_WEIGHT = 1.0  # of a word in kanji that was typed as it sounds
_READ_LONGER_WEIGHT = 0.4  # of one that begins so
_MOST_READ = 8  # runs of a query
_LONE_WEIGHT = 0.5
_LIFTED_WEIGHT = 1.0
_MIN_PREFIX = 2
_MAX_SUFFIX = 3
_MIN_TYPO = 4
_TYPO_CUTOFF = 0.75
_MOST_UNKNOWN = 50  # terms that are taken for slips: more of them are another language
_LAST_WORD = re.compile(r"(?<![a-z0-9])[a-z0-9]++\Z")


@dataclass(frozen=True, slots=True)
class Ranked:
    """The documents that answer a query: how many, the best of them, and the terms they have."""

    total: int
    best: tuple[tuple[float, int], ...]  # score and number, best first
    terms: frozenset[str]


def rank(
    reader: Reader,
    asked: ParsedQuery,
    synonyms: Iterable[tuple[str, ...]],
    count: int,
    *,
    typing: bool = False,
) -> Ranked:
    """The best `count` documents. Several variants of an entry may be among them."""
    weights = _weights(reader, asked, synonyms, typing=typing)
    allowed = _allowed(reader, asked)
    refused = _refused(reader, asked)
    if not weights and allowed is not None:  # filters alone: everything that passes
        numbers = sorted(allowed - refused)
        return Ranked(len(numbers), tuple((1.0, number) for number in numbers), frozenset())
    named = reader.documents("shortcut", fold(asked.words).strip())
    total, best = reader.best(weights, reader.count if named else count, allowed, refused)
    best[:NEAR] = called(reader, asked.words, near(reader, asked.words, best[:NEAR]))
    if named:
        best = with_shortcut(reader, named, best)
    return Ranked(total, tuple(best), _spelt(weights))


def _spelt(weights: Iterable[str]) -> frozenset[str]:
    """The terms as they may stand in a text: of what is made of spellings, each of them."""
    stems = {term.removeprefix(MARK) for term in weights if term.startswith(MARK)}
    return frozenset(weights) | stems | {f"{stem}{MARK}" for stem in stems}


def _weights(
    reader: Reader, asked: ParsedQuery, synonyms: Iterable[tuple[str, ...]], *, typing: bool
) -> dict[str, float]:
    weights = query_terms(asked.words)
    unknown = {term for term in weights if not reader.frequency(term)}
    latin = {stemmed(word): word for word in fold(asked.words).split() if is_romaji(word)}
    give_little = len(weights) <= 2 * len(unknown) <= 2 * _MOST_UNKNOWN
    for term, weight in list(weights.items()):
        if is_lone_letter(term):
            pairs_beginning = reader.beginning_with(term)
            weights.update(dict.fromkeys(pairs_beginning, weight * _LONE_WEIGHT))
            reader.trace.came(pairs_beginning, "letter", term)
        elif term in unknown and give_little and not reader.frequency(f"{term}{MARK}"):
            weights.update(_instead(reader, term, weight, latin.get(term, "")))
    if typing:
        weights = _unfinished(reader, asked.words, weights)
    others = [_of_equivalents(reader, asked.words)]
    others += [_of_reading(reader, run) for run in islice(spelt_in(fold(asked.words)), _MOST_READ)]
    others.append(_of_synonyms(reader, asked.words, synonyms))
    for term, weight in chain.from_iterable(map(dict.items, others)):
        weights.setdefault(term, weight)
    for phrase in asked.lifted:
        if having := _having(reader, phrase):
            term = reader.term_for(phrase, having)
            weights[term] = _LIFTED_WEIGHT
            reader.trace.came((term,), "phrase", phrase)
    return weights


def _unfinished(reader: Reader, words: str, weights: dict[str, float]) -> dict[str, float]:
    """The weights, and the terms that the last word may become."""
    last = _LAST_WORD.search(unaccented(fold(words)))
    if last is None:
        return weights
    word = last[0]
    is_word = reader.frequency(stemmed(word)) > 0
    if is_word and len(weights) >= _SENTENCE:
        return weights
    weight = _LONGER_WEIGHT if is_word else _PREFIX_WEIGHT
    # Terms are stems: of `configuri` only `configur` is one's beginning.
    least = min(_MIN_PREFIX, len(word))
    for end in range(len(word), max(len(word) - _MAX_SUFFIX, least) - 1, -1):
        if begun := reader.beginning_with(word[:end]):
            reader.trace.came(begun, "unfinished", word)
            return {**dict.fromkeys(begun, weight), **weights}
        if reader.frequency(word[:end]):
            reader.trace.came((word[:end],), "unfinished", word)
            return {word[:end]: weight, **weights}
    return weights


def _instead(reader: Reader, term: str, weight: float, latin: str) -> dict[str, float]:
    """Indexed terms for one that is not: those that begin with it, else likely spellings.

    `latin`: the word if it may be Japanese in Latin letters, which is likelier than a slip.
    """
    if (katakana := as_katakana(term)) != term:
        reader.trace.came((katakana,), "katakana", term)
        return {katakana: 1.0} if reader.frequency(katakana) else {}
    if len(term) < _MIN_PREFIX or not term.isascii():
        return {}
    if begun := reader.beginning_with(term):
        reader.trace.came(begun, "beginning", term)
        return dict.fromkeys(begun, weight * _PREFIX_WEIGHT)
    read = _of_reading(reader, romaji(latin)) if latin else {}
    return read or _slips(reader, term, weight)


def _slips(reader: Reader, term: str, weight: float) -> dict[str, float]:
    if len(term) < _MIN_TYPO:
        return {}
    from difflib import get_close_matches  # rarely wanted

    for same in (2, 1):  # first letters; few slips are in there, and many terms begin with one
        likes = reader.like(term, same)
        if near := get_close_matches(term, likes, n=3, cutoff=_TYPO_CUTOFF):
            reader.trace.came(near, "spelling", term)
            return dict.fromkeys(near, weight * _TYPO_WEIGHT)
    return {}


def _of_reading(reader: Reader, run: str) -> dict[str, float]:
    """Terms for the documents with a word in kanji that was typed as it sounds."""
    weights: dict[str, float] = {}
    for word, is_whole in read_as(run, lambda pair: reader.frequency(pair) > 0):
        if having := _having(reader, word):
            weight = _READ_WEIGHT if is_whole else _READ_LONGER_WEIGHT
            terms = {**query_terms(word), reader.term_for(word, having): _LIFTED_WEIGHT}
            for term, own in terms.items():
                weights.setdefault(term, own * weight)
            reader.trace.came(terms, "reading", run)
    return weights


def _of_equivalents(reader: Reader, words: str) -> dict[str, float]:
    """Terms for the documents that have a word in no other spelling than one that was not typed."""
    typed = dict(islice(query_terms(words).items(), MAX_PAIRS))
    asked = [Spelt(term, (term,), (term,)) for term in typed if term.isascii()]
    asked += islice(typed_otherwise(words), MAX_PAIRS)
    weights: dict[str, float] = {}
    for word in asked:
        others = (term for stem in word.stems for term in (f"{stem}{MARK}", stem))
        known = [term for term in others if term not in word.terms and reader.frequency(term)]
        if known:
            term, share = reader.term_for_any(known, reader.having_all(word.terms))
            weight = sum(typed.get(own, 0.0) for own in word.terms)
            weights[term] = _EQUIVALENT_WEIGHT * weight * share
            reader.trace.came((term,), "spelt", word.written)
    for katakana in islice(katakana_in(words), MAX_PAIRS):
        hiragana = as_hiragana(katakana)
        if having := _having(reader, hiragana):
            term = reader.term_for(hiragana, having)
            weights[term] = _EQUIVALENT_WEIGHT
            reader.trace.came((term,), "spelt", katakana)
    return weights


def _of_synonyms(
    reader: Reader, words: str, synonyms: Iterable[tuple[str, ...]]
) -> dict[str, float]:
    """The terms of the words that mean the same as one in the query.

    Of several words, such as `money back`, only all together mean the same: a term of its own.
    """
    weights: dict[str, float] = {}
    text = fold(words)
    for group in synonyms:
        folded = [fold(word) for word in group]
        if said := [word for word in folded if _says(text, word)]:
            for word in folded:
                terms = query_terms(word)
                if word in said or not terms:
                    continue
                if len(terms) > 1:
                    terms = {reader.term_for(word, _having(reader, word)): 1.0}
                reader.trace.came(terms, "synonym", said[0])
                weights |= {term: weight * _SYNONYM_WEIGHT for term, weight in terms.items()}
    return weights


def _having(reader: Reader, phrase: str) -> set[int]:
    """The documents with the words of a phrase side by side."""
    numbers = [number for _, _, number in pairs(phrase)]
    having = reader.having_all(list(_exact(phrase)))
    return {document for document in having if all(reader.has_pairs(document, numbers))}


def _says(text: str, word: str) -> bool:
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
    return word in text


def _allowed(reader: Reader, asked: ParsedQuery) -> set[int] | None:
    """The documents that the filters and phrases let through; None where there are none."""
    allowed: set[int] | None = None
    for name, values in asked.filters.items():
        passing: set[int] = set()
        for value in values:
            passing |= reader.documents(name, fold(value))
        allowed = passing if allowed is None else allowed & passing
    for phrase in asked.phrases:
        having = reader.having_all(list(_exact(phrase)))
        allowed = having if allowed is None else allowed & having
    return allowed


def _refused(reader: Reader, asked: ParsedQuery) -> set[int]:
    """The retired, unless they were asked for, and what holds an excluded word."""
    retired = reader.documents("status", "retired")
    refused = set() if "status" in asked.filters else retired
    for words in asked.without:
        if terms := list(_exact(words)):
            refused |= reader.having_all(terms)
    return refused


def _exact(words: str) -> dict[str, int]:
    """The terms that a text with these words has: without the lone letter that ends a run."""
    terms = counts(words)
    return {term: count for term, count in terms.items() if not is_lone_letter(term)} or terms
