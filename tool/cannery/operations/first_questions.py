"""How long articles were asked for before they were there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from math import isfinite

from cannery.content.files import ENDINGS, read_bytes, scan
from cannery.content.layout import locate
from cannery.content.library import Variants, catalogue
from cannery.errors import ContentError
from cannery.insight.fact import DAY
from cannery.insight.knowledge.samples import Sample
from cannery.insight.knowledge.snapshot import EntryAt
from cannery.operations.ask_log import Asked, asked_questions
from cannery.operations.gap_questions import questions
from cannery.util.text import fold_name
from cannery.workspace import Workspace

_LATELY = 365 * DAY


def publications(
    workspace: Workspace, entries: Sequence[EntryAt], asked: Mapping[str, int], at: int
) -> Iterator[Sample]:
    """From the first question until there was an article, of those published lately.

    `asked` is when the first ticket came that an article answered later. A question is for an
    article if all its words stand in the title or the keywords, or if `kb ask` has begun the
    article or its text names the issue. An article that was there before it was asked for tells
    nothing. Raises ContentError.
    """
    lately = [
        entry
        for entry in entries
        if at - _LATELY <= entry.first < at and entry.id.startswith("articles/")
    ]
    if not lately:
        return
    sought = _sought(workspace)
    begun = _begun(workspace, {entry.id for entry in lately})
    for entry in lately:
        words = fold_name(entry.words)
        times = [time for time, query in sought if all(word in words for word in query)]
        times += [time for time in (asked.get(entry.id), begun.get(entry.id)) if time is not None]
        first = min(times, default=entry.first)
        if first < entry.first:
            yield Sample(entry.first, entry.section, entry.first - first)


def _sought(workspace: Workspace) -> list[tuple[int, Sequence[str]]]:
    """The words of each question that led to nothing, and when it was."""
    return [
        (int(one.time), words)
        for one in questions(workspace)
        if isfinite(one.time) and (words := fold_name(one.text).split())
    ]


def _begun(workspace: Workspace, ids: set[str]) -> dict[str, int]:
    """When a question was passed on that an entry answers by now, by the entry."""
    passed_on = [one for one in asked_questions(workspace) if one.address and isfinite(one.time)]
    if not passed_on:
        return {}
    variants = catalogue(workspace, scan(workspace))
    lately = [variants[id_] for id_ in sorted(ids & variants.keys())]
    first: dict[str, int] = {}
    for one in passed_on:
        time = int(one.time)
        for id_ in _drafted(workspace, one, ids) or _naming(workspace, one, lately):
            first[id_] = min(time, first.get(id_, time))
    return first


def _drafted(workspace: Workspace, asked: Asked, ids: set[str]) -> set[str]:
    """The entry whose draft a question began."""
    if not asked.is_draft or not asked.address.endswith(ENDINGS):
        return set()
    return {locate(asked.address, workspace.settings).id} & ids


def _naming(workspace: Workspace, asked: Asked, entries: Sequence[Variants]) -> Iterator[str]:
    """The entries that name the issue of a question."""
    for entry in () if asked.is_draft else entries:
        if any(_names(workspace, at.path, asked.address) for at in entry.by_language.values()):
            yield entry.id


def _names(workspace: Workspace, path: str, address: str) -> bool:
    with suppress(ContentError):  # of which the check tells
        return address.encode() in read_bytes(workspace, path)
    return False
