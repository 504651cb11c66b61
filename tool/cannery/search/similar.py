"""Find near-duplicates of a text, and what only one of both says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cannery.content.layout import locate
from cannery.model.location import Location
from cannery.search.body import Bodies
from cannery.search.index import Index
from cannery.search.query import ParsedQuery
from cannery.search.rank import rank
from cannery.search.reader import Reader
from cannery.search.strip_markup import strip_markup
from cannery.search.tokens import counts_and_pairs
from cannery.workspace import Workspace

_CANDIDATES = 60  # documents with the most telling words in common
_LEAST = 0.02  # of what both say, shared: less is chance
_MAX_TEXT = 200_000  # characters


class Similar(NamedTuple):
    """An entry like a text.

    `shared` is the Jaccard index of their word pairs, from 0 to 1, to three places. `missing` are
    the lines that only the entry has, `own` those that only the text has, both without markup.
    """

    at: Location
    title: str
    shared: float
    missing: tuple[str, ...]
    own: tuple[str, ...]


def similar(
    opened: Index, workspace: Workspace, text: str, itself: str, limit: int
) -> tuple[Similar, ...]:
    """The entries most like a Markdown text, most alike first; `itself` is an id to leave out."""
    text = text[:_MAX_TEXT]
    bodies, own = Bodies(workspace), [*_lines(text)]
    results = []
    for shared, path, title in _candidates(opened.reader(), strip_markup(text), itself)[:limit]:
        others = [*_lines(bodies.body(path) or "")]
        in_both = {*others} & {*own}
        results.append(
            Similar(
                locate(path, workspace.settings),
                title,
                round(shared, 3),
                tuple(line for line in others if line not in in_both),
                tuple(line for line in own if line not in in_both),
            )
        )
    return tuple(results)


def _candidates(reader: Reader, text: str, itself: str) -> list[tuple[float, str, str]]:
    """Shared part, path and title of each entry that is like a plain text, most alike first."""
    own = set(counts_and_pairs(text)[1])
    best: dict[str, tuple[float, str, str]] = {}
    for _, number in rank(reader, ParsedQuery(text), (), _CANDIDATES).best:
        stored = reader.stored(number)
        id_ = stored["entry"]
        if reader.is_deleted(number) or id_ in ("", itself):
            continue
        pairs = set(reader.pairs(number))
        shared = len(own & pairs) / (len(own | pairs) or 1)
        if shared >= _LEAST and shared > best.get(id_, (0.0,))[0]:
            best[id_] = (shared, stored["path"], stored["shown"])
    return sorted(best.values(), reverse=True)


def _lines(body: str) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in strip_markup(body).splitlines())
    return (line for line in lines if line)
