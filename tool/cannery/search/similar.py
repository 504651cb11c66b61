"""Entries that say much of what a text says, and what only one of them says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cannery.content.files import locate
from cannery.model.location import Location
from cannery.search.body import Bodies
from cannery.search.index import Index
from cannery.search.query import ParsedQuery
from cannery.search.rank import rank
from cannery.search.strip_markup import strip_markup
from cannery.search.tokens import counts_and_pairs
from cannery.workspace import Workspace

_CANDIDATES = 60  # documents with the most telling words in common
_LEAST = 0.02  # of what both say, shared: less is chance
_MAX_TEXT = 200_000  # characters


class Similar(NamedTuple):
    """An entry like a text. `shared`: of the word pairs of both, the part that both have.

    `missing` are lines that only the entry has, `own` those that only the text has.
    """

    at: Location
    title: str
    shared: float
    missing: tuple[str, ...]
    own: tuple[str, ...]


def similar(
    opened: Index, workspace: Workspace, text: str, itself: str, limit: int
) -> tuple[Similar, ...]:
    """The entries most like a Markdown text, the likest first; `itself` is an id to leave out."""
    text = text[:_MAX_TEXT]
    reader, bodies = opened.reader(), Bodies(workspace)
    said = strip_markup(text)
    mine = set(counts_and_pairs(said)[1])
    ranked = rank(reader, ParsedQuery(said), (), _CANDIDATES)
    found: dict[str, tuple[float, str, str]] = {}
    for _, number in ranked.best:
        kept = reader.kept(number)
        id_ = kept["entry"]
        if reader.is_deleted(number) or id_ in ("", itself):
            continue
        theirs = set(reader.pairs(number))
        shared = len(mine & theirs) / (len(mine | theirs) or 1)
        if shared >= _LEAST and shared > found.get(id_, (0.0,))[0]:
            found[id_] = (shared, kept["path"], kept["shown"])
    best = sorted(found.values(), reverse=True)[:limit]
    return tuple(_described(bodies, workspace, text, *item) for item in best)


def _described(  # noqa: PLR0913, PLR0917 - what is known of a find
    bodies: Bodies, workspace: Workspace, text: str, shared: float, path: str, title: str
) -> Similar:
    there = list(_lines(bodies.body(path) or ""))
    here = list(_lines(text))
    in_both = {*there} & {*here}
    return Similar(
        locate(path, workspace.settings),
        title,
        round(shared, 3),
        tuple(line for line in there if line not in in_both),
        tuple(line for line in here if line not in in_both),
    )


def _lines(body: str) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in strip_markup(body).splitlines())
    return (line for line in lines if line)
