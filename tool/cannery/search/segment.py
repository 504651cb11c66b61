"""One segment of the index: its posting lists, and BM25 over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from typing import Any

from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import IndexReader, TermNotFound

from cannery.search.codec import PackedPerDocReader
from cannery.search.schema import TERM_FIELDS

_MAX_LOOKED_AT = 2000  # terms
_MAX_NORMS = 10
Norm = tuple[float, float]  # what BM25 adds to a count: a base, and a slope per term of a document
PostingList = tuple[Sequence[int], Sequence[int]]  # document numbers, and the term's counts there


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the index: its documents' numbers start at `base` in those of the whole index.

    `norms` caches, by field and the norm's base and slope, what `norms_of` returns.
    """

    reader: IndexReader
    base: int
    size: int
    documents: PackedPerDocReader
    norms: dict[tuple[str, Norm], list[float]]

    def add(
        self, field: str, postings: PostingList, value: float, norm: Norm, scores: list[float]
    ) -> None:
        """Add a term's share, up to `value`, to the scores of the documents that have it."""
        if postings[0]:
            norms = self.norms_of(field, norm)
            for number, count in zip(*postings, strict=True):
                scores[number] += value * count / (count + norms[number])

    def norms_of(self, field: str, norm: Norm) -> list[float]:
        """By document, what BM25 adds to a term's count in the denominator."""
        if (field, norm) not in self.norms:
            if len(self.norms) >= _MAX_NORMS:
                self.norms.clear()
            fixed, slope = norm
            lengths = self.documents.lengths(field)
            self.norms[field, norm] = [fixed + slope * length for length in lengths]
        return self.norms[field, norm]

    def filtered(
        self, numbers: set[int], allowed: AbstractSet[int] | None, refused: AbstractSet[int]
    ) -> list[int]:
        """Numbers of this segment that the numbers of the whole index let through, sorted."""
        base = self.base
        if allowed is not None:
            numbers = {number for number in numbers if base + number in allowed}
        if refused:
            numbers = {number for number in numbers if base + number not in refused}
        return sorted(numbers)

    def beginning_with(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Terms of the text with this prefix, each with its document frequency."""
        raw = prefix.encode()
        for (field, term), info in islice(self.reader.iter_from("text", prefix), _MAX_LOOKED_AT):
            if field != "text" or not term.startswith(raw):
                return
            yield term.decode(), int(info.doc_frequency())


def posting_list(reader: IndexReader, field: str, term: str | bytes) -> PostingList:
    """The postings of a term in a segment, those of deleted documents too."""
    try:
        matcher: Any = reader.postings(field, term)
    except TermNotFound:
        return (), ()
    if isinstance(matcher, FilterMatcher):  # wrapped, since the segment has deleted documents
        matcher = matcher.child
    return matcher.documents, matcher.counts


def postings_of(documents: set[int], segment: Segment) -> PostingList:
    """Those of the documents that are in the segment, each with a count of 1."""
    end = segment.base + segment.size
    numbers = sorted(n - segment.base for n in documents if segment.base <= n < end)
    return numbers, [1] * len(numbers)


def merged(lists: Sequence[PostingList], segment: Segment, without: set[int]) -> PostingList:
    """The postings of several terms as those of one, but for some documents."""
    counts = Counter[int]()
    for numbers, times in lists:
        for number, count in zip(numbers, times, strict=True):
            if segment.base + number not in without:
                counts[number] += count
    numbers = sorted(counts)
    return numbers, [counts[number] for number in numbers]


def documents_of(reader: IndexReader) -> PackedPerDocReader:
    """What a segment keeps by document. Close it."""
    codec: Any = reader.codec()
    documents: PackedPerDocReader = codec.per_document_reader(reader.storage(), reader.segment())
    documents.open(TERM_FIELDS)
    reader.stored_fields(0)  # opens their file
    return documents
