"""Short texts -> groups that are about the same, by the words they share.

Each text is a vector of its terms, a rare term weighing more than a frequent one (TF-IDF), of the
length 1. A group is the sum of its texts, and how alike two are is the cosine of the angle between
them. The texts come to the groups one after the other, the most frequent first; what is most like
a group of those before, and alike enough, goes there, and anything else begins a group of its own.
Then each text looks once more for its place, now that all groups are known, and groups that are
alike enough become one, the most alike first. The same texts give the same groups, in any order.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

from cannery.model.event import Listener, counting, ignore

# By measuring, on the half of the labelled searches that is for it: see tests/benchmarks.
ALIKE = 0.25  # of a text and a group
SAME = 0.2  # of two groups
_COMMON = 0.1  # of all texts: what more of them say leads from none to another
_NOTHING = 1e-9  # what rounding leaves of a weight
_FEW = 40  # texts: of so few, none says anything too often

Vector = Mapping[str, float]


class Text(NamedTuple):
    """What is put into a group: its `key` is unique, and told in how many texts it stands."""

    key: str
    terms: tuple[str, ...]
    times: int = 1


class Cluster(NamedTuple):
    """The numbers of its texts, those most like it first, and how much each term tells.

    The weights sum up to 1, the heaviest first.
    """

    texts: tuple[int, ...]
    weights: Vector


def clusters(texts: Sequence[Text], listener: Listener = ignore) -> list[Cluster]:
    """The groups, the largest first, then by the key of what is most like each."""
    vectors = _vectors(texts)
    groups = _Groups(vectors)
    order = sorted(range(len(texts)), key=lambda at: (-texts[at].times, texts[at].key))
    for at in counting(order, len(order), "Grouping", listener):
        groups.add(at)
    for at in counting(order, len(order), "Grouping again", listener):
        groups.move(at)
    groups.join()
    found = [_cluster(numbers, sums, vectors, texts) for numbers, sums in groups.all()]
    return sorted(
        found,
        key=lambda item: (-sum(texts[at].times for at in item.texts), texts[item.texts[0]].key),
    )


def _vectors(texts: Sequence[Text]) -> list[Vector]:
    having = Counter(term for text in texts for term in set(text.terms))
    weight = {term: log((1 + len(texts)) / (1 + count)) + 1 for term, count in having.items()}
    return [_unit({term: weight[term] for term in text.terms}) for text in texts]


def _unit(vector: Vector) -> Vector:
    length = _length(vector)
    return {term: value / length for term, value in vector.items()} if length else {}


def _length(vector: Vector) -> float:
    return sqrt(sum(value * value for value in vector.values()))


def _dot(one: Vector, other: Vector) -> float:
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return sum(value * long[term] for term, value in short.items() if term in long)


class _Groups:
    """Groups while texts come in. Those of a term are looked at alone: others share nothing."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self._vectors = vectors
        self._members: dict[int, set[int]] = {}
        self._sums: dict[int, dict[str, float]] = {}
        self._squares: dict[int, float] = {}  # of the lengths of the sums
        self._of_term: dict[str, dict[int, float]] = defaultdict(dict)
        self._place: dict[int, int] = {}
        having = Counter(term for vector in vectors for term in vector)
        most = max(_FEW, int(_COMMON * len(vectors)))
        self._common = {term for term, count in having.items() if count > most}

    def add(self, at: int) -> None:
        """Put a text into the group most like it, or into a new one."""
        best, likeness = self._nearest(self._vectors[at])
        self._put(at, best if best is not None and likeness >= ALIKE else at)

    def move(self, at: int) -> None:
        """Put a text where it fits best now; out of its own group first, which it pulls to it."""
        place = self._place[at]
        if len(self._members[place]) == 1:
            return
        self._take(at)
        best, _ = self._nearest(self._vectors[at])
        self._put(at, place if best is None else best)

    def join(self) -> None:
        """Make one of groups that are alike enough, until none are left."""
        waiting = deque(sorted(self._members))
        while waiting:
            one = waiting.popleft()
            if one not in self._members:
                continue
            best, likeness = self._nearest(_unit(self._sums[one]), but=one)
            if best is not None and likeness >= SAME:
                for at in sorted(self._members[one]):
                    self._take(at)
                    self._put(at, best)
                waiting.append(best)

    def all(self) -> Iterable[tuple[set[int], Vector]]:
        """Each group's texts, and their sum."""
        return ((self._members[name], self._sums[name]) for name in sorted(self._members))

    def _nearest(self, vector: Vector, but: int | None = None) -> tuple[int | None, float]:
        """The group most like a vector, the first of several; None if none shares a term."""
        telling = [term for term in vector if term not in self._common] or [*vector]
        dots: dict[int, float] = defaultdict(float)
        for term in telling:
            value = vector[term]
            for name, weight in self._of_term[term].items():
                dots[name] += value * weight
        for term in [term for term in vector if term not in telling]:
            value, of_term = vector[term], self._of_term[term]
            for name in dots.keys() & of_term.keys():
                dots[name] += value * of_term[name]
        rated = (
            (dot / sqrt(self._squares[name]), -name) for name, dot in dots.items() if name != but
        )
        best = max(rated, default=None)
        return (-best[1], best[0]) if best else (None, 0.0)

    def _put(self, at: int, name: int) -> None:
        self._place[at] = name
        self._members.setdefault(name, set()).add(at)
        self._add(name, self._vectors[at], 1.0)

    def _take(self, at: int) -> None:
        name = self._place.pop(at)
        self._members[name].discard(at)
        self._add(name, self._vectors[at], -1.0)
        if not self._members[name]:
            for term in self._sums.pop(name):
                del self._of_term[term][name]
            del self._members[name], self._squares[name]

    def _add(self, name: int, vector: Vector, times: float) -> None:
        """Add a vector to a group's sum, or take it away."""
        sums, square = self._sums.setdefault(name, {}), self._squares.get(name, 0.0)
        for term in sorted(vector):
            before = sums.get(term, 0.0)
            after = before + times * vector[term]
            square += after * after - before * before
            if after > _NOTHING:
                sums[term] = self._of_term[term][name] = after
            elif term in sums:
                del sums[term], self._of_term[term][name]
        self._squares[name] = max(square, _NOTHING)


def _cluster(
    numbers: Iterable[int], sums: Vector, vectors: Sequence[Vector], texts: Sequence[Text]
) -> Cluster:
    whole = _unit(sums)
    likeness = {at: _dot(vectors[at], whole) for at in numbers}
    nearest = sorted(likeness, key=lambda at: (-texts[at].times * likeness[at], texts[at].key))
    weights = {term: value * value for term, value in whole.items()}
    terms = sorted(weights, key=lambda term: (-weights[term], term))
    return Cluster(tuple(nearest), {term: weights[term] for term in terms})


def together(one: Cluster, other: Cluster) -> Cluster:
    """Two that are about the same in other words: each has half of the weight."""
    both = {
        term: (one.weights.get(term, 0.0) + other.weights.get(term, 0.0)) / 2
        for term in (*one.weights, *other.weights)
    }
    terms = sorted(both, key=lambda term: (-both[term], term))
    return Cluster((*one.texts, *other.texts), {term: both[term] for term in terms})
