"""What pages' texts come to for a site's search, kept by their content: a page is analysed once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from cannery.content.cachefile import load, store
from cannery.hits import Said
from cannery.search.static import FORMAT, Analysed, analyse

_Row = tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, list[int]], str]


def analysed(said: Sequence[Said], kept: Path) -> Iterator[Analysed]:
    """Each page's analysis, in order; the file `kept` has those of the last time."""
    known: dict[bytes, _Row] = load(kept, FORMAT, {})
    rows: dict[bytes, _Row] = {}
    for item in said:
        key = _key(item)
        row = known.get(key)
        if row is None:
            found = analyse(item)
            places = {pair: list(where) for pair, where in found.places.items()}
            row = (dict(found.text), dict(found.title), dict(found.heading), places, found.lead)
        rows[key] = row
        yield Analysed(*row)
    if rows.keys() != known.keys():
        store(kept, FORMAT, rows)


def _key(item: Said) -> bytes:
    text = f"{item.entry}\0{item.names}\0{item.summary}\0{item.body}"
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
