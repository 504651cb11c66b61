"""Single happenings that tell of the knowledge base: replies, searches and votes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from math import isfinite

from cannery.insight.knowledge.samples import Sample
from cannery.model.feedback import Vote
from cannery.operations.feedback import kept
from cannery.operations.search_log import lost_searches
from cannery.reply.sent_log import sent_replies
from cannery.workspace import Workspace


def macros_kept(workspace: Workspace) -> Iterator[Sample]:
    """The share of its macros' words that each reply from here still had."""
    for reply in sent_replies(workspace):
        if reply.kept is not None:
            yield Sample(reply.time, _one_section(reply.entries), reply.kept)


def searches(workspace: Workspace) -> Iterator[Sample]:
    """1 for each reply that an entry was used for, 0 for each search that led to nothing."""
    for reply in sent_replies(workspace):
        yield Sample(reply.time, "", 1)
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


def _one_section(entries: Iterable[str]) -> str:
    """The section that all entries of a reply are in; empty where they are in several."""
    found = {section_of(id_) for id_ in entries}
    return found.pop() if len(found) == 1 else ""


def section_of(id_: str) -> str:
    """The first folder of an id, as `Location.section` has it."""
    return id_.split("/")[1] if id_.count("/") > 1 else ""
