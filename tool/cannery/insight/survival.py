"""How much of a text survives in another one: a number, which tells nothing of either."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W_]+")


def words_kept(before: str, after: str) -> float:
    """The share of the words of `before` that `after` has, each as often as it stands there.

    Order doesn't count. Japanese has no spaces: its words are pairs of neighbouring letters. 1 for
    a text without words.
    """
    words = Counter(_words(before))
    count = words.total()
    return (words & Counter(_words(after))).total() / count if count else 1.0


def _words(text: str) -> Iterator[str]:
    for match in _WIDE.finditer(text):
        letters = match[0]
        yield from map("".join, pairwise(letters)) if len(letters) > 1 else letters
    yield from _WORD.findall(_WIDE.sub(" ", text).lower())
