"""Which of the finder's searches ended without a choice.

A search begins with the first letter and ends when the line is empty again, or the picker is left.
Of what was typed meanwhile, the last wording counts: what is only shortened is about to be put in
another way, or to be cleared.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from cannery.tui.items import Filters, Search

_LEAST = 3  # letters: less is no word, but for wide ones
_LEAST_WIDE = 2
_SOON = 120.0  # seconds: an entry chosen so soon is likely what the search before was for
_MOST = 2_000  # letters: more were pasted
_MAX_KEPT = 500  # of a session


class Unchosen(NamedTuple):
    """A search at `time` (seconds) of whose `found` hits none was chosen; `then` as in the log."""

    time: float
    words: str
    found: int
    then: str = ""


class SearchEnds:
    """Follows the finder's line. All calls come from the screen's thread."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._typed = self._words = ""
        self._found: int | None = None
        self._is_chosen = False
        self.unchosen: list[Unchosen] = []

    def typed(self, words: str) -> None:
        """The line says this now."""
        before, self._typed = self._typed, words
        if not words:
            self.ended()
        elif words != before and not before.startswith(words):
            self._words, self._found = words, None

    def listed(self, search: Search, found: int) -> None:
        """So many hits are shown. With filters, those may be what finds nothing."""
        if search.words == self._words and search.filters == Filters():
            self._found = found

    def chose(self, id_: str) -> None:
        """An entry is opened, or put to some use."""
        self._is_chosen = True
        since = self._clock() - _SOON
        self.unchosen = [
            one._replace(then=id_) if one.time >= since and not one.then else one
            for one in self.unchosen
        ]

    def ended(self) -> None:
        """The line is empty, or the picker is left. Without hits to choose from it counts, too."""
        words, found, is_chosen = self._words, self._found, self._is_chosen
        self._words, self._found, self._is_chosen = "", None, False
        least = _LEAST if words.isascii() else _LEAST_WIDE
        if found is None:  # left before there was an answer
            return
        if not is_chosen and least <= len(words) <= _MOST:
            self.unchosen = [*self.unchosen, Unchosen(self._clock(), words, found)][-_MAX_KEPT:]
