"""Scores from Whoosh's posting lists: BM25 over all of a text, and over its title once more.

Whoosh's own scorers ask each posting three questions through four objects; a whole mail as a query
takes a second that way. Here a block of postings is read at once. Source of the formula:
Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log
from typing import Any

from whoosh.columns import ColumnReader
from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import IndexReader, TermNotFound

from cannery.search.analysis import is_lone_letter

_MAX_TERMS = 64  # of a pasted mail, the ones that tell most
_TITLE_WEIGHT = 0.5
_TITLE_K1, _TITLE_B = 1.2, 0.75
# Few words are matched best with little regard to length, many with much.
_FEW, _MANY = 4, 20
_K1 = (1.2, 2.0)
_B = (0.25, 0.9)
_COVERAGE = 0.3  # of the score depends on how much of the query was met
_MAX_EXPANSION = 50


@dataclass(frozen=True, slots=True)
class _Segment:
    reader: IndexReader
    base: int
    text_lengths: ColumnReader
    title_lengths: ColumnReader


class Postings:
    """The posting lists of an open reader."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.count = max(reader.doc_count_all(), 1)
        self._segments = [
            _Segment(
                leaf, base, leaf.column_reader("text_length"), leaf.column_reader("title_length")
            )
            for leaf, base in reader.leaf_readers()
        ]
        self._average = {
            name: reader.field_length(name) / self.count or 1.0 for name in ("text", "title")
        }

    def documents(self, field: str, term: str) -> set[int]:
        """The documents with a term in a field."""
        return {
            segment.base + number
            for segment in self._segments
            for ids, _ in _blocks(segment.reader, field, term)
            for number in ids
        }

    def having_all(self, terms: Sequence[str]) -> set[int]:
        """The documents with all of the terms somewhere in their text."""
        found: set[int] | None = None
        for term in terms:
            now: set[int] = set()
            for name in self.expanded(term):
                now |= self.documents("text", name)
            found = now if found is None else found & now
        return found or set()

    def expanded(self, term: str) -> list[str]:
        """The term; for a lone Japanese letter, also the pairs that begin with it."""
        return [term, *self.beginning_with(term)] if is_lone_letter(term) else [term]

    def beginning_with(self, prefix: str) -> list[str]:
        """Some terms of the text that begin so, and are longer."""
        found = (term for term in self._all_beginning(prefix) if term != prefix)
        return list(islice(found, _MAX_EXPANSION))

    def like(self, term: str) -> list[str]:
        """Terms of the text that may be the one meant: same first letter, about as long."""
        return [
            other
            for other in self._all_beginning(term[:1])
            if abs(len(other) - len(term)) <= 1 and other.isalnum() and other.isascii()
        ]

    def _all_beginning(self, prefix: str) -> Iterator[str]:
        return (raw.decode() for raw in self.reader.expand_prefix("text", prefix))

    def frequency(self, term: str) -> int:
        """In how many documents the term stands."""
        return int(self.reader.doc_frequency("text", term))

    def scores(self, weights: Mapping[str, float]) -> dict[int, float]:
        """The score of each document that has one of the terms."""
        chosen = self._most_telling(weights)
        share = min(max((len(chosen) - _FEW) / (_MANY - _FEW), 0.0), 1.0)
        k1 = _K1[0] + (_K1[1] - _K1[0]) * share
        b = _B[0] + (_B[1] - _B[0]) * share
        scores: dict[int, float] = {}
        met: dict[int, float] = {}
        total = sum(value for _, value in chosen) or 1.0
        for segment in self._segments:
            norms = _Norms(segment.text_lengths, k1, b, self._average["text"])
            heads = _Norms(segment.title_lengths, _TITLE_K1, _TITLE_B, self._average["title"])
            for term, value in chosen:
                _add(segment, "text", term, value, norms, scores, met)
                title = self._idf("title", term) * weights[term] * _TITLE_WEIGHT
                _add(segment, "title", term, title, heads, scores, None)
        return {
            number: score * (1 - _COVERAGE + _COVERAGE * met.get(number, 0.0) / total)
            for number, score in scores.items()
        }

    def _most_telling(self, weights: Mapping[str, float]) -> list[tuple[str, float]]:
        values = ((term, weight * self._idf("text", term)) for term, weight in weights.items())
        known = [(term, value) for term, value in values if value > 0]
        return sorted(known, key=lambda item: -item[1])[:_MAX_TERMS]

    def _idf(self, field: str, term: str) -> float:
        frequency = self.reader.doc_frequency(field, term)
        if not frequency:
            return 0.0
        return log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))


class _Norms(dict[int, float]):
    """By document: what BM25 adds to a term's count for the document's length."""

    def __init__(self, lengths: ColumnReader, k1: float, b: float, average: float) -> None:
        super().__init__()
        self._lengths, self._base, self._slope = lengths, k1 * (1 - b), k1 * b / average

    def __missing__(self, number: int) -> float:
        norm: float = self._base + self._slope * self._lengths[number]
        self[number] = norm
        return norm


def _add(  # noqa: PLR0913, PLR0917 - the inner loop of a search, where a call costs more
    segment: _Segment,
    field: str,
    term: str,
    value: float,
    norms: _Norms,
    scores: dict[int, float],
    met: dict[int, float] | None,
) -> None:
    base = segment.base
    for ids, counts in _blocks(segment.reader, field, term):
        for number, count in zip(ids, counts, strict=False):
            at = number + base
            scores[at] = scores.get(at, 0.0) + value * count / (count + norms[number])
            if met is not None:
                met[at] = met.get(at, 0.0) + value


def _blocks(
    reader: IndexReader, field: str, term: str
) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
    """The postings of a term, block by block: document numbers, and counts."""
    try:
        matcher: Any = reader.postings(field, term)
    except TermNotFound:
        return
    if isinstance(matcher, FilterMatcher):  # wrapped, since the segment has deleted documents
        matcher = matcher.child
    if not hasattr(matcher, "_read_weights"):
        while matcher.is_active():
            yield (matcher.id(),), (matcher.weight(),)
            matcher.next()
        return
    # The block is a list in memory already; asking for its members one by one is what takes time.
    while matcher.is_active():
        matcher._read_ids()  # noqa: SLF001
        matcher._read_weights()  # noqa: SLF001
        yield matcher._ids, matcher._weights  # noqa: SLF001
        matcher._next_block()  # noqa: SLF001
