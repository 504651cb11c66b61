"""Macros of which little is left in the replies that are sent: they don't say what is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from cannery.content.files import scan
from cannery.content.library import catalogue, load
from cannery.insight.knowledge.samples import mean
from cannery.model.entry import Part
from cannery.model.location import Status
from cannery.reply.sent_log import sent_replies
from cannery.workspace import Workspace

_LITTLE = 0.7  # of the words: the upper end of the interval, so that no single reply makes one
_MOST = 10


class RewrittenMacro(NamedTuple):
    """A macro, the replies that it was used for alone, and how much of its words those kept."""

    entry: str
    title: str
    replies: int
    kept: float


def rewritten_macros(workspace: Workspace, since: float = 0.0) -> list[RewrittenMacro]:
    """Those that replies from this machine changed the most, of what was sent or copied `since`."""
    shares: dict[str, list[float]] = defaultdict(list)
    for reply in sent_replies(workspace):
        if len(reply.entries) == 1 and reply.kept is not None and reply.time >= since:
            shares[reply.entries[0]].append(reply.kept)
    found = []
    for entry, values in shares.items():
        figure = mean(values)
        if figure.value is None or figure.high is None or figure.high >= _LITTLE:
            continue
        found.append(RewrittenMacro(entry, "", figure.n, figure.value))
    titles = _titles(workspace, {one.entry for one in found}) if found else {}
    there = [one._replace(title=titles[one.entry]) for one in found if one.entry in titles]
    return sorted(there, key=lambda one: (one.kept, one.entry))[:_MOST]


def _titles(workspace: Workspace, wanted: Collection[str]) -> dict[str, str]:
    """The titles of those that are in use, by id."""
    titles = {}
    for id_, variants in catalogue(workspace, scan(workspace)).items():
        if id_ in wanted:
            item = load(workspace, variants.choose((), workspace.settings).path).item
            if item and not isinstance(item, Part) and item.header.status is not Status.RETIRED:
                titles[id_] = item.header.title
    return titles
