"""Scores from posting lists: BM25 over all of a text, over its title and headings once more.

Source of the formula: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", 2009.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from itertools import accumulate
from math import log
from typing import Any

from whoosh.reading import IndexReader

from cannery.search.read_cache import cached
from cannery.search.schema import TERM_FIELDS
from cannery.search.segment import (
    Norm,
    PostingList,
    Segment,
    documents_of,
    merged,
    posting_list,
    postings_of,
)
from cannery.search.shape import suited
from cannery.search.spoilt import reading_index
from cannery.search.tokens import MARK, is_lone_letter
from cannery.search.topicality import topicality, usual_in_titles
from cannery.search.trace import NO_TRACE, Trace

# Of a pasted mail, the terms that tell most; fewer in a large knowledge base.
_MIN_TERMS, _MAX_TERMS, _MAX_POSTINGS = 8, 64, 150_000
_RARITY = 1.1  # the power of a term's inverse document frequency
_COVERAGE = 0.3  # of the score depends on how much of the query was met
_MAX_EXPANSION = 30
_MAX_PREFIXES = 20  # whose words are kept: tens of thousands with one letter, in a large index
_MADE = " "  # what a term begins with that is made of a phrase: no term of a text has a blank


class Reader:
    """Scores documents by their posting lists. Owns Whoosh's reader: close it.

    Every file is open from the start, so that another process may replace the index meanwhile.
    Documents are numbers from 0 in the whole index, deleted ones among them. Whatever reads a file
    raises SpoiltIndexError where it is corrupt.
    """

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.trace = NO_TRACE
        self.count = max(reader.doc_count_all(), 1)
        self._segments = [
            Segment(leaf, base, leaf.doc_count_all(), documents_of(leaf), {})
            for leaf, base in reader.leaf_readers()
            if leaf.doc_count_all()
        ]
        self._lists: dict[tuple[str, str], list[PostingList]] = {}
        self._stored: dict[int, Mapping[str, Any]] = {}
        self._vocabulary: dict[str, list[str]] = {}
        self._synthetic: dict[tuple[str, str], list[PostingList]] = {}
        self._bases = [segment.base for segment in self._segments]
        self._average = {
            name: reader.field_length(name) / self.count or 1.0 for name in TERM_FIELDS
        }
        self._usual_in_titles = usual_in_titles(self._average["title"], self._average["text"])

    @contextmanager
    def traced(self, trace: Trace) -> Iterator[None]:
        """Within this, whatever is ranked is told to a trace."""
        self.trace = trace
        try:
            yield
        finally:
            self.trace = NO_TRACE

    def close(self) -> None:
        for segment in self._segments:
            segment.documents.close()
        self.reader.close()

    def documents(self, field: str, term: str) -> set[int]:
        """The numbers of the documents with a term in a field."""
        return {
            segment.base + number
            for segment, (numbers, _) in zip(
                self._segments, self._posting_lists(field, term), strict=True
            )
            for number in numbers
        }

    @reading_index()
    def values(self, field: str) -> tuple[str, ...]:
        """All values of a filter's field, sorted."""
        return tuple(sorted(term.decode("utf-8", "replace") for term in self.reader.lexicon(field)))

    def term_for(self, words: str, documents: set[int]) -> str:
        """Make a term, as long as the index is open, that stands once in each of the documents."""
        term = f"{_MADE}{words}"
        for field in TERM_FIELDS:
            self._synthetic[field, term] = [
                postings_of(documents if field == "text" else set(), segment)
                for segment in self._segments
            ]
        return term

    def term_for_any(self, terms: Sequence[str], without: set[int]) -> tuple[str, float]:
        """Make a term, as long as the index is open, that stands wherever one of the terms does.

        But for the documents of `without`, which have it in another way: the number returned is how
        much the term would tell if it stood there too, as a share of what it tells.
        """
        name = f"{MARK}{terms[0].removesuffix(MARK)}"
        for field in TERM_FIELDS:
            self._synthetic[field, name] = [
                merged([self._posting_lists(field, term)[at] for term in terms], segment, without)
                for at, segment in enumerate(self._segments)
            ]
        own = self._idf_of(self.frequency(name))
        all_of = self._idf_of(self.frequency(name) + len(without))
        return name, (all_of / own) ** _RARITY if own else 0.0

    def having_all(self, terms: Sequence[str]) -> set[int]:
        """The documents with all of the terms somewhere in their text; of no terms, none."""
        having: set[int] | None = None
        for term in terms:
            documents: set[int] = set()
            for name in self.expanded(term):
                documents |= self.documents("text", name)
            having = documents if having is None else having & documents
        return having or set()

    @reading_index()
    def pairs(self, number: int) -> Sequence[int]:
        """The hashes (32 bits) of the pairs of adjacent terms in a document, sorted."""
        segment = self._segments[bisect_right(self._bases, number) - 1]
        return segment.documents.pairs(number - segment.base)

    def has_pairs(self, number: int, wanted: Sequence[int]) -> list[bool]:
        """For each of the wanted hashes, whether a document has that pair of adjacent terms."""
        if not wanted:
            return []
        pairs = self.pairs(number)
        positions = ((bisect_left(pairs, pair), pair) for pair in wanted)
        return [at < len(pairs) and pairs[at] == pair for at, pair in positions]

    def entitles(self, terms: Iterable[str], number: int) -> bool:
        """Whether all of the terms stand in a document's title and the other names it has."""
        at = bisect_right(self._bases, number) - 1
        wanted = number - self._bases[at]
        titles = (self._posting_lists("title", term)[at][0] for term in terms)
        places = ((bisect_left(numbers, wanted), numbers) for numbers in titles)
        return all(place < len(numbers) and numbers[place] == wanted for place, numbers in places)

    def expanded(self, term: str) -> list[str]:
        """The term; for a lone Japanese letter, also the pairs that begin with it."""
        return [term, *self.beginning_with(term)] if is_lone_letter(term) else [term]

    @reading_index()
    def beginning_with(self, prefix: str) -> list[str]:
        """The most frequent terms of the text with this prefix, but for the prefix itself."""
        frequencies: Counter[str] = Counter()
        for segment in self._segments:
            for term, documents in segment.beginning_with(prefix):
                if term != prefix:
                    frequencies[term] += documents
        return [term for term, _ in frequencies.most_common(_MAX_EXPANSION)]

    def like(self, term: str, same: int) -> list[str]:
        """Candidates for a misspelt term: `same` first letters in common, and about as long."""
        words = self._words_beginning(term[:same])
        return [other for other in words if abs(len(other) - len(term)) <= 1]

    def _words_beginning(self, prefix: str) -> list[str]:
        """The words of the text with a prefix, cached: a slip stays while one types on."""
        return cached(
            self._vocabulary,
            prefix,
            lambda: [
                word
                for raw in self.reader.expand_prefix("text", prefix)
                if (word := raw.decode()).isalnum() and word.isascii()
            ],
            most=_MAX_PREFIXES,
        )

    def frequency(self, term: str) -> int:
        """The document frequency of a term of the text."""
        return self._frequency("text", term)

    def _frequency(self, field: str, term: str) -> int:
        return sum(len(numbers) for numbers, _ in self._posting_lists(field, term))

    def _posting_lists(self, field: str, term: str) -> list[PostingList]:
        """The posting lists of a term by segment, cached: each key typed asks for them again."""
        return self._synthetic.get((field, term)) or cached(
            self._lists,
            (field, term),
            lambda: [posting_list(segment.reader, field, term) for segment in self._segments],
        )

    def best(
        self,
        weights: Mapping[str, float],
        count: int,
        allowed: AbstractSet[int] | None,
        refused: AbstractSet[int],
    ) -> tuple[int, list[tuple[float, int]]]:
        """How many documents have any of the terms, and the `count` best: (score, number) each.

        `weights` is by term. `allowed` and `refused` are document numbers; None allows all.
        """
        telling = self._most_telling(weights)
        weights = {term: weights[term] * self._topicality(term) for term, _ in telling}
        chosen = [(term, weight * self.rarity(term)) for term, weight in weights.items()]
        shape, fields = suited(chosen)
        text = self._norm("text", *shape)
        more = [(field, weight, self._norm(field, *how)) for field, weight, how in fields]
        rest = _COVERAGE / (sum(value for _, value in chosen) or 1.0)
        total, hits = 0, []
        for at, segment in enumerate(self._segments):
            scores, met = [0.0] * segment.size, [1 - _COVERAGE] * segment.size
            touched: set[int] = set()
            for term, value in chosen:
                numbers = self._posting_lists("text", term)[at][0]
                touched.update(numbers)  # a title and a heading are of the text, too
                self._add(at, term, ("text", value, text), scores)
                covered = rest * value
                for number in numbers:
                    met[number] += covered
                for field, weight, norm in more:
                    worth = self._idf(field, term) * weights[term] * weight
                    self._add(at, term, (field, worth, norm), scores)
            numbers = segment.filtered(touched, allowed, refused)
            total += len(numbers)
            for number in numbers:
                scores[number] *= met[number]
            self.trace.covered([term for term, _ in chosen], scores, segment.base)
            top = heapq.nlargest(count, numbers, key=scores.__getitem__)
            hits += [(scores[number], segment.base + number) for number in top]
        return total, sorted(hits, key=lambda item: (-item[0], item[1]))[:count]

    def stored(self, number: int) -> Mapping[str, Any]:
        """The stored fields of a document, see `schema.STORED_FIELDS`, cached."""
        return cached(self._stored, number, lambda: self.reader.stored_fields(number))

    def is_deleted(self, number: int) -> bool:
        return self.reader.is_deleted(number)

    def _add(self, at: int, term: str, by: tuple[str, float, Norm], scores: list[float]) -> None:
        """Add what a term is worth in a field, with the field's norm, in the segment `at`."""
        field, worth, norm = by
        if worth:
            segment = self._segments[at]
            segment.add(field, self._posting_lists(field, term)[at], worth, norm, scores)
            self.trace.added(term, field, scores, segment.base)

    @reading_index()
    def titles(self) -> list[str]:
        """Every title in the index."""
        return [stored.get("shown", "") for _, stored in self.reader.iter_docs()]

    def _most_telling(self, weights: Mapping[str, float]) -> list[tuple[str, float]]:
        """The terms that the search is limited to, each with its weight times its rarity."""
        values = ((term, weight * self.rarity(term)) for term, weight in weights.items())
        best = sorted((-value, term) for term, value in values if value > 0)[:_MAX_TERMS]
        ends = accumulate(self.frequency(term) for _, term in best)
        return [
            (term, -value)
            for at, ((value, term), end) in enumerate(zip(best, ends, strict=True))
            if at < _MIN_TERMS or end <= _MAX_POSTINGS
        ]

    def _topicality(self, term: str) -> float:
        if term.startswith(_MADE):
            return 1.0
        texts = self._posting_lists("text", term)
        return topicality(texts, self._frequency("title", term), self._usual_in_titles)

    def rarity(self, term: str) -> float:
        """How much a match of the term tells: its inverse document frequency, sharpened."""
        return float(self._idf("text", term) ** _RARITY)

    def _norm(self, field: str, k1: float, b: float) -> Norm:
        """BM25's length normalisation: a base, and a slope per term of the document."""
        return k1 * (1 - b), k1 * b / self._average[field]

    def _idf(self, field: str, term: str) -> float:
        return self._idf_of(self._frequency(field, term))

    def _idf_of(self, frequency: int) -> float:
        if not frequency:
            return 0.0
        return log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))
