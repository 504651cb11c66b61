"""Single happenings that tell of the knowledge base: replies, searches, votes, publications."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from cannery.insight.fact import DAY
from cannery.insight.knowledge.samples import Sample
from cannery.insight.knowledge.snapshot import EntryAt
from cannery.model.feedback import Miss, Vote
from cannery.operations.feedback import Said, kept
from cannery.operations.search_log import lost_searches
from cannery.reply.sent_log import sent_replies
from cannery.util.text import fold_name
from cannery.workspace import Workspace

_LATELY = 365 * DAY


def macros_kept(workspace: Workspace) -> Iterator[Sample]:
    """The share of its macros' words that each reply from here still had."""
    for row in sent_replies(workspace):
        at, share = row.get("time"), row.get("kept")
        if isinstance(at, int) and isinstance(share, int | float):
            yield Sample(at, _one_section(row.get("entries")), min(max(float(share), 0.0), 1.0))


def searches(workspace: Workspace) -> Iterator[Sample]:
    """1 for each reply that an entry was used for, 0 for each search that led to nothing."""
    for row in sent_replies(workspace):
        if isinstance(at := row.get("time"), int):
            yield Sample(at, "", 1)
    for search in lost_searches(workspace):
        if not search.then:  # or else it led to an entry, put in another way
            yield Sample(search.time, "", 0)


def votes(workspace: Workspace) -> Iterator[Sample]:
    """1 for each reader whom a page helped, 0 for each whom it didn't."""
    with contextlib.suppress(OSError):  # which `kb readers` tells
        for said in kept(workspace):
            if isinstance(said.feedback, Vote) and isfinite(said.time):
                section = section_of(said.feedback.page)
                yield Sample(int(said.time), section, float(said.feedback.is_helpful))


def publications(
    workspace: Workspace,
    entries: Sequence[EntryAt],
    asked: Mapping[str, int],
    at: int,
) -> Iterator[Sample]:
    """From the first question until there was an article, of those published lately.

    `asked` is when the first ticket came that an article answered later. A search is for an
    article if all its words stand in the title or the keywords. An article that was there before
    it was asked for tells nothing.
    """
    lately = [entry for entry in entries if at - _LATELY <= entry.first < at]
    sought = _sought(workspace) if lately else []
    for entry in lately:
        found = fold_name(entry.words)
        times = [time for time, query in sought if _is_about(query, found)]
        first = min([*times, asked.get(entry.id, entry.first)])
        if entry.id.startswith("articles/") and first < entry.first:
            yield Sample(entry.first, entry.section, entry.first - first)


def _sought(workspace: Workspace) -> list[tuple[int, Sequence[str]]]:
    """Searches that led to nothing, here and on the site."""
    found = [(search.time, search.words) for search in lost_searches(workspace)]
    with contextlib.suppress(OSError):
        for said in kept(workspace):
            found += _missed(said)
    return [(time, fold_name(query).split()) for time, query in found]


def _missed(said: Said) -> list[tuple[int, str]]:
    miss = said.feedback
    if isinstance(miss, Miss) and isfinite(said.time):
        return [(int(said.time), miss.query)]
    return []


def _is_about(query: Sequence[str], words: str) -> bool:
    return bool(query) and all(word in words for word in query)


def _one_section(entries: object) -> str:
    """The section that all entries of a reply are in; empty where they are in several."""
    found = {section_of(str(id_)) for id_ in entries} if isinstance(entries, list) else set()
    return found.pop() if len(found) == 1 else ""


def section_of(id_: str) -> str:
    """The first folder of an id, as `Location.section` has it."""
    return id_.split("/")[1] if id_.count("/") > 1 else ""
