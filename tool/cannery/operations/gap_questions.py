"""All questions that led to nothing: searches here and on the site, `kb ask`, and tickets."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import lru_cache

from cannery.insight.gaps.question import Question
from cannery.model.feedback import Miss
from cannery.operations.ask_log import unanswered
from cannery.operations.feedback import kept
from cannery.operations.search_log import lost_searches
from cannery.operations.search_words import masked_words
from cannery.operations.ticket_texts import unlinked
from cannery.util.text import fold
from cannery.workspace import Workspace

_AGAIN = 3600.0  # seconds: the same words within that are the same search once more


def questions(workspace: Workspace) -> Iterator[Question]:
    """What is known on this machine, from each source. Raises ContentError."""
    yield from _searches(workspace)
    yield from _misses(workspace)
    for asked in unanswered(workspace):
        yield Question(asked.question, asked.time, "ask")
    for ticket in unlinked(workspace):
        yield Question(ticket.text, ticket.time, "ticket")


def _searches(workspace: Workspace) -> Iterator[Question]:
    last: dict[str, float] = {}
    in_order = sorted(lost_searches(workspace), key=lambda search: search.time)
    for search in in_order:  # the picker writes its own when it is left
        words = fold(search.words)
        if search.time - last.get(words, 0.0) >= _AGAIN or search.then:
            yield Question(search.words, search.time, "search", search.then)
        last[words] = search.time


def _misses(workspace: Workspace) -> Iterator[Question]:
    with contextlib.suppress(OSError):  # a convenience, as the rest of the memory
        for said in kept(workspace):
            if isinstance(said.feedback, Miss):
                query = said.feedback.query
                if words := query if said.is_masked else _masked(query):
                    yield Question(words, said.time, "site")


@lru_cache(maxsize=10_000)
def _masked(query: str) -> str:
    """Rows of an earlier version are not masked yet."""
    return masked_words(query)
