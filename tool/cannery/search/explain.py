"""A ranking, done once more with notes -> the parts of each score."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cannery.model.explanation import Reason, Relation, ScorePart
from cannery.search.tokens import MARK, counts, places
from cannery.search.trace import Trace
from cannery.util.text import fold

_PLACES = 4  # of a score


@dataclass(slots=True)
class _Notes:
    """Of one document: its score as far as it is known, and what it came from."""

    score: float = 0.0
    terms: dict[str, dict[str, float]] = field(default_factory=dict)  # amounts by field
    others: dict[Reason, float] = field(default_factory=dict)  # amounts by reason
    lacks: tuple[str, ...] = ()


class Recorder(Trace):
    """Takes notes of what happens to some documents' scores."""

    def __init__(self, words: str, documents: Collection[int]) -> None:
        self._notes = {number: _Notes() for number in documents}
        self._typed = _as_typed(words)
        self._origins: dict[str, tuple[Relation, str]] = {}

    def came(self, terms: Iterable[str], relation: Relation, typed: str) -> None:
        for term in terms:
            self._origins.setdefault(term, (relation, typed))

    def added(self, term: str, field: str, scores: Sequence[float], base: int) -> None:
        for notes, score in self._in_segment(scores, base):
            if score != notes.score:
                notes.terms.setdefault(term, {})[field] = score - notes.score
                notes.score = score

    def covered(self, terms: Sequence[str], scores: Sequence[float], base: int) -> None:
        for notes, score in self._in_segment(scores, base):
            notes.others["coverage"] = score - notes.score
            found = {_shown(term) for term in notes.terms}  # in whatever spelling
            wanted = dict.fromkeys(map(_shown, terms))
            notes.lacks = tuple(term for term in wanted if term not in found)
            notes.score = score

    def raised(self, name: Reason, document: int, amount: float) -> None:
        if document in self._notes and amount:
            notes = self._notes[document]
            notes.others[name] = notes.others.get(name, 0.0) + amount

    def _in_segment(self, scores: Sequence[float], base: int) -> Iterable[tuple[_Notes, float]]:
        return [
            (notes, scores[number - base])
            for number, notes in self._notes.items()
            if 0 <= number - base < len(scores)
        ]

    def parts(self, document: int, score: float) -> list[ScorePart]:
        """What the score is made of: the terms, the most telling first, and what else counted."""
        notes = self._notes[document]
        if not notes.terms:
            return [ScorePart("filter", score)]
        terms = [self._part(term, fields) for term, fields in notes.terms.items()]
        terms.sort(key=lambda part: -part.amount)
        others = [
            ScorePart(name, amount, lacks=notes.lacks if name == "coverage" else ())
            for name, amount in notes.others.items()
            if amount
        ]
        return [*terms, *others]

    def _part(self, term: str, fields: Mapping[str, float]) -> ScorePart:
        part = ScorePart("term", sum(fields.values()), _shown(term), fields=tuple(fields.items()))
        if term in self._typed:
            typed = self._typed[term]
            return part if fold(typed) == term else part._replace(typed=typed, relation="form")
        relation, typed = self._origins.get(term, ("form", ""))
        return part._replace(typed=typed, relation=relation) if typed else part


def _as_typed(words: str) -> dict[str, str]:
    """How each term of a query was typed."""
    typed: dict[str, str] = {}
    pieces = {piece: counts(piece) for piece in words.split()}
    for place in places(words, {term for terms in pieces.values() for term in terms}):
        typed.setdefault(place.text, words[place.start : place.end])
    for piece, terms in pieces.items():
        for term in terms:
            typed.setdefault(term, piece)  # compounds, and words with a hyphen
    return typed


def _shown(term: str) -> str:
    return term.strip(f" {MARK}")  # what is made of a phrase or of spellings has signs of its own


def rounded(parts: Sequence[ScorePart], score: float) -> tuple[ScorePart, ...]:
    """The parts in as many places as the score, whose sum they stay: the largest gives way."""
    amounts = [round(part.amount, _PLACES) for part in parts]
    if amounts:
        largest = amounts.index(max(amounts))
        amounts[largest] = round(amounts[largest] + score - sum(amounts), _PLACES)
    return tuple(
        part._replace(
            amount=amount,
            fields=tuple((name, round(share, _PLACES)) for name, share in part.fields),
        )
        for part, amount in zip(parts, amounts, strict=True)
        if amount
    )
