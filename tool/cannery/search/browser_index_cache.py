"""What pages' texts come to for a site's search, kept by their content: a page is analysed once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cannery.content.cachefile import load, store
from cannery.model.hit import SearchRecord
from cannery.search.browser_index import FORMAT, PageTerms, page_terms
from cannery.util.state import text

_Row = tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, list[int]], str]


def cached_terms(said: Sequence[SearchRecord], kept: Path) -> Iterator[PageTerms]:
    """Each page's analysis, in order; the file `kept` has those of the last time."""
    nothing: dict[str, _Row] = {}
    known = load(kept, FORMAT, _rows, nothing)
    rows: dict[str, _Row] = {}
    for item in said:
        key = _key(item)
        row = known.get(key)
        if row is None:
            found = page_terms(item)
            places = {pair: list(where) for pair, where in found.places.items()}
            row = (dict(found.text), dict(found.title), dict(found.heading), places, found.lead)
        rows[key] = row
        yield PageTerms(*row)
    if rows.keys() != known.keys():
        store(kept, FORMAT, rows)


def _rows(data: Any) -> dict[str, _Row]:  # noqa: ANN401 - what a file may hold
    """What was kept, looked through by types alone: there are millions of numbers."""
    return {text(key): _row(*row) for key, row in data.items()}


def _row(body: Any, title: Any, heading: Any, places: Any, lead: Any) -> _Row:  # noqa: ANN401
    for counted in (body, title, heading):
        _refuse_others(int, counted.values())
    _refuse_others(list, places.values())
    for where in places.values():
        _refuse_others(int, where)
    return body, title, heading, places, text(lead)


def _refuse_others(kind: type, values: Iterable[object]) -> None:
    if not {*map(type, values)} <= {kind}:
        raise ValueError("not what was written")


def _key(item: SearchRecord) -> str:
    said = f"{item.entry}\0{item.names}\0{item.summary}\0{item.body}"
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()
