"""How a query is weighed: what fits its length and its language."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.search.tokens import has_cjk

# What counts once more: a field, its weight, its k1 and b.
Fields = tuple[tuple[str, float, tuple[float, float]], ...]
_MORE: Fields = (("title", 0.5, (1.2, 0.75)), ("heading", 0.2, (1.2, 0.75)))
_JAPANESE_MORE: Fields = (("title", 0.8, (1.2, 0.75)), ("heading", 0.2, (1.2, 0.75)))
# Few terms are matched best with little regard to length, many with much. A language without blanks
# goes in pairs of letters, of which a word has two, and its grammar is among them.
_FEW_TO_MANY = (3, 12)
_PAIRS_FEW_TO_MANY = (8, 40)
_K1 = (1.5, 2.2)
_B = (0.25, 0.9)


def suited(chosen: Sequence[tuple[str, float]]) -> tuple[tuple[float, float], Fields]:
    """The shape and the weights of fields for the terms of a query, by its language."""
    if 2 * sum(has_cjk(term) for term, _ in chosen) > len(chosen):
        return _shape(len(chosen), *_PAIRS_FEW_TO_MANY), _JAPANESE_MORE
    return _shape(len(chosen), *_FEW_TO_MANY), _MORE


def _shape(terms: int, few: int, many: int) -> tuple[float, float]:
    """The k1 and b of a query of so many terms."""
    share = min(max((terms - few) / (many - few), 0.0), 1.0)
    return _K1[0] + (_K1[1] - _K1[0]) * share, _B[0] + (_B[1] - _B[0]) * share
