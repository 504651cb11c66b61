"""What was asked and led to nothing, from wherever it is known."""

from __future__ import annotations

from typing import Literal, NamedTuple

Source = Literal["search", "site", "ask", "ticket"]
SOURCES: tuple[Source, ...] = ("search", "site", "ask", "ticket")


class Question(NamedTuple):
    """A question at `time` (seconds), with what is personal masked.

    `then` is the id of the entry that the next search led to, right after it; empty if none did.
    """

    text: str
    time: float
    source: Source
    then: str = ""
