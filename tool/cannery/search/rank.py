"""A query, taken apart -> the documents that answer it, best first."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from cannery.search.analysis import counts, is_lone_letter, query_terms
from cannery.search.index import Index
from cannery.search.postings import Postings
from cannery.search.query import Asked

_SYNONYM_WEIGHT = 0.5
_PREFIX_WEIGHT = 0.4
_TYPO_WEIGHT = 0.6
_LONE_WEIGHT = 0.5
_MIN_PREFIX = 2
_MIN_TYPO = 4
_TYPO_CUTOFF = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    path: str
    id: str
    score: float


def matches(
    opened: Index, asked: Asked, synonyms: Iterable[tuple[str, ...]] = ()
) -> Iterator[Match]:
    """The matches, best first; several variants of an entry may be among them."""
    reader = opened.reader()
    postings = Postings(reader)
    weights = _weights(postings, asked, synonyms)
    scores = postings.scores(weights)
    allowed = _allowed(postings, asked)
    refused = _refused(postings, asked)
    if not weights and allowed is not None:  # filters alone: everything that passes
        scores = dict.fromkeys(allowed, 1.0)
    kept = (
        (score, -number)
        for number, score in scores.items()
        if (allowed is None or number in allowed) and number not in refused
    )
    for score, negative in sorted(kept, reverse=True):
        if not reader.is_deleted(-negative):
            item = reader.stored_fields(-negative)
            yield Match(item["path"], item["entry"], score)


def _weights(
    postings: Postings, asked: Asked, synonyms: Iterable[tuple[str, ...]]
) -> dict[str, float]:
    weights = query_terms(asked.words)
    unknown = {term for term in weights if not postings.frequency(term)}
    give_little = 2 * len(unknown) >= len(weights)
    for term, weight in list(weights.items()):
        if is_lone_letter(term):
            found = postings.beginning_with(term)
            weights.update(dict.fromkeys(found, weight * _LONE_WEIGHT))
        elif term in unknown and give_little:
            weights.update(_instead(postings, term, weight))
    for term, weight in _of_synonyms(asked.words, synonyms).items():
        weights.setdefault(term, weight)
    return weights


def _instead(postings: Postings, term: str, weight: float) -> dict[str, float]:
    """Terms that are there, for one that is not: what it begins, or what it was meant to be."""
    if len(term) < _MIN_PREFIX or not term.isascii():
        return {}
    if begun := postings.beginning_with(term):
        return dict.fromkeys(begun, weight * _PREFIX_WEIGHT)
    if len(term) < _MIN_TYPO:
        return {}
    near = difflib.get_close_matches(term, postings.like(term), n=3, cutoff=_TYPO_CUTOFF)
    return dict.fromkeys(near, weight * _TYPO_WEIGHT)


def _of_synonyms(words: str, synonyms: Iterable[tuple[str, ...]]) -> dict[str, float]:
    """The terms of the words that mean the same as one in the query."""
    found: dict[str, float] = {}
    said = normalize("NFKC", words).lower()
    for group in synonyms:
        plain = [normalize("NFKC", word).lower() for word in group]
        if any(_says(said, word) for word in plain):
            for word in plain:
                if not _says(said, word):
                    found |= {
                        term: weight * _SYNONYM_WEIGHT for term, weight in query_terms(word).items()
                    }
    return found


def _says(text: str, word: str) -> bool:
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
    return word in text


def _allowed(postings: Postings, asked: Asked) -> set[int] | None:
    """The documents that the filters and phrases let through; None where there are none."""
    allowed: set[int] | None = None
    for name, values in asked.filters.items():
        passing: set[int] = set()
        for value in values:
            passing |= postings.documents(name, value.lower())
        allowed = passing if allowed is None else allowed & passing
    for phrase in asked.phrases:
        having = postings.having_all(list(_exact(phrase)))
        allowed = having if allowed is None else allowed & having
    return allowed


def _refused(postings: Postings, asked: Asked) -> set[int]:
    """The retired, unless they were asked for, and what holds an excluded word."""
    retired = postings.documents("status", "retired")
    refused = set() if "status" in asked.filters else retired
    for words in asked.without:
        if terms := list(_exact(words)):
            refused |= postings.having_all(terms)
    return refused


def _exact(words: str) -> dict[str, int]:
    """The terms that a text with these words has: without the lone letter that ends a run."""
    found = counts(words)
    return {term: count for term, count in found.items() if not is_lone_letter(term)} or found
