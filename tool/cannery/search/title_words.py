"""The words of titles, by which a slip of the keyboard is told from a word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cannery.util.text import fold

_WORD = re.compile(r"\w{3,}")
_SUGGESTIONS = 3
_SLIPS = 50  # words that are looked at for them


def title_words(titles: Iterable[str]) -> list[str]:
    """The words of three letters or more, folded, each once, sorted."""
    return sorted({word for title in titles for word in _WORD.findall(fold(title))})


def spelt_like(words: str, vocabulary: list[str]) -> tuple[str, ...]:
    """Up to three words of the vocabulary that are spelt like words that it does not have.

    The site's `search_meant.js` is its twin.
    """
    from difflib import get_close_matches  # rarely wanted

    known = frozenset(vocabulary)
    unknown = [word for word in fold(words).split()[:_SLIPS] if word not in known]
    near = (get_close_matches(word, vocabulary, n=1) for word in unknown)
    return tuple(dict.fromkeys(word for matches in near for word in matches))[:_SUGGESTIONS]
