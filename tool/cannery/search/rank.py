"""A query, taken apart -> the numbers of the documents that answer it, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from cannery.search.equivalents import Spelt, katakana_in, typed_otherwise
from cannery.search.query import ParsedQuery
from cannery.search.query_terms import query_terms
from cannery.search.reader import Reader
from cannery.search.spelling import unaccented
from cannery.search.tokens import MARK, counts, is_lone_letter, pairs, stemmed
from cannery.util.text import as_hiragana, as_katakana, fold

_SYNONYM_WEIGHT = 0.5
_EQUIVALENT_WEIGHT = 0.5  # of a word that an entry has in another spelling alone
_PREFIX_WEIGHT = 0.4
_LONGER_WEIGHT = 0.2  # of what a word may become that is one already
_SENTENCE = 3  # terms: what ends with a word is finished
_TYPO_WEIGHT = 0.6
_PAIR_WEIGHT = 0.2
_MAX_PAIRS = 64
_NEAR = 30  # documents that are looked at for words side by side
_CALLED = 1.0  # of the score comes on top where the title is what is asked for
_LONGEST_TITLE = 40  # terms
_NAMED = 2.0  # of the best score comes on top where a shortcut is what is asked for
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
    near = _near(reader, asked.words, best[:_NEAR])
    best[:_NEAR] = _called(reader, asked.words, near)
    if named:
        best = _named(reader, named, best)
    return Ranked(total, tuple(best), _spelt(weights))


def _spelt(weights: Iterable[str]) -> frozenset[str]:
    """The terms as they may stand in a text: of what is made of spellings, each of them."""
    stems = {term.removeprefix(MARK) for term in weights if term.startswith(MARK)}
    return frozenset(weights) | stems | {f"{stem}{MARK}" for stem in stems}


def _near(reader: Reader, words: str, best: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """The best, with more for words that stand there side by side as they were asked for."""
    asked = [
        (number, _PAIR_WEIGHT * (reader.rarity(one) + reader.rarity(two)) / 2)
        for one, two, number in pairs(words)[:_MAX_PAIRS]
        if one.isascii() and two.isascii()  # Japanese terms are pairs of letters already
    ]
    if not asked:
        return best
    numbers = [number for number, _ in asked]
    better = []
    for score, document in best:
        adjacent = reader.has_pairs(document, numbers)
        more = sum(value for (_, value), has in zip(asked, adjacent, strict=True) if has)
        better.append((score + more, document))
        reader.trace.raised("adjacent", document, more)
    return sorted(better, key=lambda item: (-item[0], item[1]))


def _called(reader: Reader, words: str, best: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """The best, with twice the score for a title that has the words that are asked for, alone."""
    name = frozenset(query_terms(words))
    if not 0 < len(name) <= _LONGEST_TITLE:
        return best
    better = []
    for score, document in best:
        is_called = reader.entitles(name, document) and name == frozenset(
            query_terms(reader.stored(document)["shown"])
        )
        more = _CALLED * score if is_called else 0.0
        better.append((score + more, document))
        reader.trace.raised("title", document, more)
    return sorted(better, key=lambda item: (-item[0], item[1]))


def _named(
    reader: Reader, named: set[int], best: list[tuple[float, int]]
) -> list[tuple[float, int]]:
    """The best, with more than any other has for the macro whose shortcut is what was typed."""
    more = _NAMED * max((score for score, _ in best), default=0.0)
    lifted = [(score + more * (document in named), document) for score, document in best]
    for document in named:
        reader.trace.raised("shortcut", document, more)
    return sorted(lifted, key=lambda item: (-item[0], item[1]))


def _weights(
    reader: Reader, asked: ParsedQuery, synonyms: Iterable[tuple[str, ...]], *, typing: bool
) -> dict[str, float]:
    weights = query_terms(asked.words)
    unknown = {term for term in weights if not reader.frequency(term)}
    give_little = len(weights) <= 2 * len(unknown) <= 2 * _MOST_UNKNOWN
    for term, weight in list(weights.items()):
        if is_lone_letter(term):
            pairs_beginning = reader.beginning_with(term)
            weights.update(dict.fromkeys(pairs_beginning, weight * _LONE_WEIGHT))
            reader.trace.came(pairs_beginning, "letter", term)
        elif term in unknown and give_little and not reader.frequency(f"{term}{MARK}"):
            weights.update(_instead(reader, term, weight))
    if typing:
        weights = _unfinished(reader, asked.words, weights)
    for term, weight in _of_equivalents(reader, asked.words).items():
        weights.setdefault(term, weight)
    for term, weight in _of_synonyms(reader, asked.words, synonyms).items():
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


def _instead(reader: Reader, term: str, weight: float) -> dict[str, float]:
    """Indexed terms for one that is not: those that begin with it, else likely spellings."""
    if (katakana := as_katakana(term)) != term:
        reader.trace.came((katakana,), "katakana", term)
        return {katakana: 1.0} if reader.frequency(katakana) else {}
    if len(term) < _MIN_PREFIX or not term.isascii():
        return {}
    if begun := reader.beginning_with(term):
        reader.trace.came(begun, "beginning", term)
        return dict.fromkeys(begun, weight * _PREFIX_WEIGHT)
    if len(term) < _MIN_TYPO:
        return {}
    from difflib import get_close_matches  # rarely wanted

    for same in (2, 1):  # first letters; few slips are in there, and many terms begin with one
        likes = reader.like(term, same)
        if near := get_close_matches(term, likes, n=3, cutoff=_TYPO_CUTOFF):
            reader.trace.came(near, "spelling", term)
            return dict.fromkeys(near, weight * _TYPO_WEIGHT)
    return {}


def _of_equivalents(reader: Reader, words: str) -> dict[str, float]:
    """Terms for the documents that have a word in no other spelling than one that was not typed."""
    typed = dict(islice(query_terms(words).items(), _MAX_PAIRS))
    asked = [Spelt(term, (term,), (term,)) for term in typed if term.isascii()]
    asked += islice(typed_otherwise(words), _MAX_PAIRS)
    weights: dict[str, float] = {}
    for word in asked:
        others = (term for stem in word.stems for term in (f"{stem}{MARK}", stem))
        known = [term for term in others if term not in word.terms and reader.frequency(term)]
        if known:
            term, share = reader.term_for_any(known, reader.having_all(word.terms))
            weight = sum(typed.get(own, 0.0) for own in word.terms)
            weights[term] = _EQUIVALENT_WEIGHT * weight * share
            reader.trace.came((term,), "spelt", word.written)
    for katakana in islice(katakana_in(words), _MAX_PAIRS):
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
