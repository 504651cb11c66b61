"""What a status means, in English and Japanese: desks and teams have their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cannery.insight.sources.columns import fold
from cannery.insight.sources.moment import OPEN
from cannery.insight.sources.source import Reading
from cannery.insight.sources.values import name
from cannery.model.figure import SMALLEST
from cannery.util.text import counted

_WORDS = Path(__file__).with_name("statuses.json")
_MOST = 1_000
_SHOWN, _LONGEST = 5, 30


def status_of(value: object, own: Mapping[str, str], reading: Reading) -> str:
    """A status in the terms of a moment, by the team's own words first; empty for what is none.

    One that nobody knows counts as open: a clock that stands still wrongly would flatter.
    """
    found = name(value)
    if not found:
        return ""
    folded = {fold(key): meaning for key, meaning in own.items()}
    meaning = folded.get(fold(found)) or _known().get(fold(found))
    if meaning is None:
        reading.note(f"the status {found} is taken for open: [insight.statuses] can say otherwise")
    return meaning or OPEN


def is_known(status: str) -> bool:
    """Whether a status is one that many desks have."""
    return fold(status) in _known()


class Statuses:
    """The statuses of a file, or its activities; `given` are a team's own, from kb.toml.

    `unknown` counts those that nothing tells about.
    """

    def __init__(self, given: Mapping[str, str]) -> None:
        self._meanings = {**_known(), **{fold(word): meaning for word, meaning in given.items()}}
        self.unknown: dict[str, int] = {}

    def meaning(self, status: str) -> str:
        """What a status means, in the terms of a moment; empty for one that isn't known."""
        found = self._meanings.get(status) or self._meanings.get(fold(status), "")
        if not found and status and (status in self.unknown or len(self.unknown) < _MOST):
            self.unknown[status] = self.unknown.get(status, 0) + 1
        return found

    def _is_shown(self, word: str) -> bool:
        """Whether it is a status in use: what few have may be somebody's name or words."""
        return self.unknown[word] >= SMALLEST and name(word) == word and len(word) <= _LONGEST

    def tell(self, reading: Reading, what: str, kind: str) -> None:
        """Tell the user what wasn't known."""
        if not self.unknown:
            return
        words = sorted(self.unknown, key=lambda word: -self.unknown[word])[:_SHOWN]
        shown = ", ".join(word if self._is_shown(word) else "..." for word in words)
        reading.note(
            f"The {kind} of {counted(sum(self.unknown.values()), what)} is not known here: {shown}."
            ' Say what it is in kb.toml: [insight.statuses], then "..." = "open", "pending" or'
            ' "solved"'
        )


@cache
def _known() -> Mapping[str, str]:
    words: Mapping[str, list[str]] = json.loads(_WORDS.read_text("utf-8"))
    return {word: meaning for meaning, each in words.items() for word in each}
