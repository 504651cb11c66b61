"""Scores from posting lists: BM25 over all of a text, over its title and headings once more.

Source of the formula: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", 2009.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate, islice
from math import log
from typing import Any

from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import IndexReader, TermNotFound

from cannery.search.codec import PackedPerDocReader
from cannery.search.schema import TERM_FIELDS
from cannery.search.spoilt import reading_index
from cannery.search.tokens import is_lone_letter

# Of a pasted mail, the terms that tell most; fewer in a large knowledge base.
_MIN_TERMS, _MAX_TERMS, _MAX_POSTINGS = 8, 64, 150_000
# What counts once more: a field, its weight, its k1 and b.
_MORE = (("title", 0.5, (1.2, 0.75)), ("heading", 0.2, (1.2, 0.75)))
# Few words are matched best with little regard to length, many with much.
_FEW, _MANY = 4, 20
_K1 = (1.5, 2.2)
_B = (0.25, 0.9)
_RARITY = 1.1  # the power of a term's inverse document frequency
_COVERAGE = 0.3  # of the score depends on how much of the query was met
_MAX_EXPANSION = 30
_MAX_LOOKED_AT = 2000  # terms
_MAX_KEPT = 3000  # posting lists
_MAX_NORMS = 10
_Norm = tuple[float, float]
_List = tuple[Sequence[int], Sequence[int]]  # document numbers, and how often the term is there


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of the index: its documents' numbers start at `base`; lengths are in terms."""

    reader: IndexReader
    base: int
    size: int
    documents: PackedPerDocReader
    known_norms: dict[tuple[str, _Norm], list[float]]

    def add(self, field: str, found: _List, value: float, norm: _Norm, scores: list[float]) -> None:
        """Add a term's share to the scores of the documents that have it in a field."""
        if found[0]:
            norms = self.norms(field, norm)
            for number, count in zip(*found, strict=True):
                scores[number] += value * count / (count + norms[number])

    def norms(self, field: str, norm: _Norm) -> list[float]:
        """By document, what BM25 adds to a term's count; most queries share it."""
        if (field, norm) not in self.known_norms:
            if len(self.known_norms) >= _MAX_NORMS:
                self.known_norms.clear()
            fixed, slope = norm
            lengths = self.documents.lengths(field)
            self.known_norms[field, norm] = [fixed + slope * length for length in lengths]
        return self.known_norms[field, norm]

    def sifted(
        self, numbers: set[int], allowed: AbstractSet[int] | None, refused: AbstractSet[int]
    ) -> list[int]:
        """Numbers of its own, less what the numbers of all documents don't let through; sorted."""
        base = self.base
        if allowed is not None:
            numbers = {number for number in numbers if base + number in allowed}
        if refused:
            numbers = {number for number in numbers if base + number not in refused}
        return sorted(numbers)

    def beginning_with(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Terms of the text that begin so, and in how many documents each stands."""
        raw = prefix.encode()
        for (field, term), info in islice(self.reader.iter_from("text", prefix), _MAX_LOOKED_AT):
            if field != "text" or not term.startswith(raw):
                return
            yield term.decode(), int(info.doc_frequency())


class Reader:
    """The posting lists of a reader, which it closes. Every file is open from the start.

    What reads them raises SpoiltIndexError.
    """

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.count = max(reader.doc_count_all(), 1)
        self._segments = [
            _Segment(leaf, base, leaf.doc_count_all(), _documents(leaf), {})
            for leaf, base in reader.leaf_readers()
            if leaf.doc_count_all()
        ]
        self._lists: dict[tuple[str, str], list[_List]] = {}
        self._made: dict[tuple[str, str], list[_List]] = {}
        self._bases = [segment.base for segment in self._segments]
        self._average = {
            name: reader.field_length(name) / self.count or 1.0 for name in TERM_FIELDS
        }

    def close(self) -> None:
        for segment in self._segments:
            segment.documents.close()
        self.reader.close()

    def documents(self, field: str, term: str) -> set[int]:
        """The documents with a term in a field."""
        return {
            segment.base + number
            for segment, (numbers, _) in zip(self._segments, self._found(field, term), strict=True)
            for number in numbers
        }

    @reading_index()
    def values(self, field: str) -> tuple[str, ...]:
        """What a filter can be, sorted."""
        return tuple(sorted(term.decode("utf-8", "replace") for term in self.reader.lexicon(field)))

    def term_for(self, words: str, documents: set[int]) -> str:
        """A term of its own, as long as the index is open, for what stands in these documents."""
        term = f" {words}"  # no term of a text has a blank
        for field in TERM_FIELDS:
            self._made[field, term] = [
                _postings_of(documents if field == "text" else set(), segment)
                for segment in self._segments
            ]
        return term

    def having_all(self, terms: Sequence[str]) -> set[int]:
        """The documents with all of the terms somewhere in their text."""
        found: set[int] | None = None
        for term in terms:
            now: set[int] = set()
            for name in self.expanded(term):
                now |= self.documents("text", name)
            found = now if found is None else found & now
        return found or set()

    @reading_index()
    def pairs(self, number: int) -> Sequence[int]:
        """The pairs of terms that stand side by side in a document, sorted."""
        segment = self._segments[bisect_right(self._bases, number) - 1]
        return segment.documents.pairs(number - segment.base)

    def has_pairs(self, number: int, wanted: Sequence[int]) -> list[bool]:
        """Which of the pairs of terms stand side by side in a document."""
        if not wanted:
            return []
        there = self.pairs(number)
        places = ((bisect_left(there, pair), pair) for pair in wanted)
        return [at < len(there) and there[at] == pair for at, pair in places]

    def expanded(self, term: str) -> list[str]:
        """The term; for a lone Japanese letter, also the pairs that begin with it."""
        return [term, *self.beginning_with(term)] if is_lone_letter(term) else [term]

    @reading_index()
    def beginning_with(self, prefix: str) -> list[str]:
        """The most frequent terms of the text that begin so, and are longer."""
        found: Counter[str] = Counter()
        for segment in self._segments:
            for term, documents in segment.beginning_with(prefix):
                if term != prefix:
                    found[term] += documents
        return [term for term, _ in found.most_common(_MAX_EXPANSION)]

    @reading_index()
    def like(self, term: str, same: int) -> list[str]:
        """Terms of the text that may be the one meant: about as long, so many letters the same."""
        return [
            other
            for other in self._all_beginning(term[:same])
            if abs(len(other) - len(term)) <= 1 and other.isalnum() and other.isascii()
        ]

    def _all_beginning(self, prefix: str) -> Iterator[str]:
        return (raw.decode() for raw in self.reader.expand_prefix("text", prefix))

    def frequency(self, term: str) -> int:
        """In how many documents the term stands."""
        return self._frequency("text", term)

    def _frequency(self, field: str, term: str) -> int:
        return sum(len(numbers) for numbers, _ in self._found(field, term))

    def _found(self, field: str, term: str) -> list[_List]:
        """The posting lists of a term, segment by segment; who types asks for the same again."""
        known = self._lists.get((field, term)) or self._made.get((field, term))
        if known is None:
            if len(self._lists) >= _MAX_KEPT:
                self._lists.clear()
            with reading_index():
                known = [packed(segment.reader, field, term) for segment in self._segments]
            self._lists[field, term] = known
        return known

    def best(
        self,
        weights: Mapping[str, float],
        count: int,
        allowed: AbstractSet[int] | None,
        refused: AbstractSet[int],
    ) -> tuple[int, list[tuple[float, int]]]:
        """How many documents have one of the terms, and the best of them: score and number.

        `allowed` and `refused` are the numbers of documents; None allows all.
        """
        chosen = self._most_telling(weights)
        text = self._norm("text", *_shape(len(chosen)))
        more = [(field, weight, self._norm(field, *how)) for field, weight, how in _MORE]
        rest = _COVERAGE / (sum(value for _, value in chosen) or 1.0)
        total, found = 0, []
        for at, segment in enumerate(self._segments):
            scores, met = [0.0] * segment.size, [1 - _COVERAGE] * segment.size
            touched: set[int] = set()
            for term, value in chosen:
                there = self._found("text", term)[at]
                touched.update(there[0])  # a title and a heading are of the text, too
                segment.add("text", there, value, text, scores)
                covered = rest * value
                for number in there[0]:
                    met[number] += covered
                for field, weight, norm in more:
                    if worth := self._idf(field, term) * weights[term] * weight:
                        segment.add(field, self._found(field, term)[at], worth, norm, scores)
            numbers = segment.sifted(touched, allowed, refused)
            total += len(numbers)
            for number in numbers:
                scores[number] *= met[number]
            top = heapq.nlargest(count, numbers, key=scores.__getitem__)
            found += [(scores[number], segment.base + number) for number in top]
        return total, sorted(found, key=lambda item: (-item[0], item[1]))[:count]

    @reading_index()
    def kept(self, number: int) -> dict[str, Any]:
        """What the index keeps of a document to show it."""
        return self.reader.stored_fields(number)

    def is_deleted(self, number: int) -> bool:
        return self.reader.is_deleted(number)

    @reading_index()
    def titles(self) -> list[str]:
        """Every title in the index."""
        return [kept.get("shown", "") for _, kept in self.reader.iter_docs()]

    def _most_telling(self, weights: Mapping[str, float]) -> list[tuple[str, float]]:
        values = ((term, weight * self.rarity(term)) for term, weight in weights.items())
        known = sorted((-value, term) for term, value in values if value > 0)[:_MAX_TERMS]
        ends = accumulate(self.frequency(term) for _, term in known)
        return [
            (term, -value)
            for at, ((value, term), end) in enumerate(zip(known, ends, strict=True))
            if at < _MIN_TERMS or end <= _MAX_POSTINGS
        ]

    def rarity(self, term: str) -> float:
        """How much it tells that a text has the term."""
        return float(self._idf("text", term) ** _RARITY)

    def _norm(self, field: str, k1: float, b: float) -> _Norm:
        """What BM25 adds to a term's count: a base, and so much for each term of the document."""
        return k1 * (1 - b), k1 * b / self._average[field]

    def _idf(self, field: str, term: str) -> float:
        frequency = self._frequency(field, term)
        if not frequency:
            return 0.0
        return log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))


def _postings_of(documents: set[int], segment: _Segment) -> _List:
    end = segment.base + segment.size
    numbers = sorted(n - segment.base for n in documents if segment.base <= n < end)
    return numbers, [1] * len(numbers)


def _shape(terms: int) -> tuple[float, float]:
    """The k1 and b of a query of so many terms."""
    share = min(max((terms - _FEW) / (_MANY - _FEW), 0.0), 1.0)
    return _K1[0] + (_K1[1] - _K1[0]) * share, _B[0] + (_B[1] - _B[0]) * share


def packed(
    reader: IndexReader, field: str, term: str | bytes
) -> tuple[Sequence[int], Sequence[int]]:
    """The postings of a term in a segment: document numbers, and counts; deleted ones too."""
    try:
        matcher: Any = reader.postings(field, term)
    except TermNotFound:
        return (), ()
    if isinstance(matcher, FilterMatcher):  # wrapped, since the segment has deleted documents
        matcher = matcher.child
    return matcher.documents, matcher.counts


def _documents(reader: IndexReader) -> PackedPerDocReader:
    codec: Any = reader.codec()
    documents: PackedPerDocReader = codec.per_document_reader(reader.storage(), reader.segment())
    documents.open(TERM_FIELDS)
    reader.stored_fields(0)  # opens their file
    return documents
