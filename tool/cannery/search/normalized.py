"""A text in NFKC that still knows where its characters stood: half-width and full-width alike."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from cannery.util.lazy_pattern import LazyPattern

# A letter and the marks behind it that normalisation merges into it: half-width kana's voicing.
_MARKS = "\u3099\u309a\uff9e\uff9f\u0300-\u036f"
_MARK = LazyPattern(f"[{_MARKS}]")
_CLUSTER = LazyPattern(f"[^{_MARKS}]?[{_MARKS}]*", re.DOTALL)


def normalized(text: str) -> tuple[str, list[tuple[int, int]] | None]:
    """The text in NFKC, and where each of its characters stood; None where nothing moved."""
    plain = normalize("NFKC", text)
    # Full-width letters become as many half-width ones; only what merges or expands moves others.
    if plain == text or not (_MARK.search(text) or any(len(_nfkc(char)) > 1 for char in set(text))):
        return plain, None
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(text):
        piece = _nfkc(cluster[0])
        pieces.append(piece)
        offsets += [cluster.span()] * len(piece)
    return "".join(pieces), offsets


@lru_cache(maxsize=10_000)
def _nfkc(cluster: str) -> str:
    return normalize("NFKC", cluster)
