"""The terms of a site's pages, cached by content: a page is analysed once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cannery.content.cachefile import load, store
from cannery.model.hit import SearchRecord
from cannery.search.browser_index import FORMAT
from cannery.search.browser_terms import PageTerms, page_terms
from cannery.util.state import text

_Counts = dict[str, int]
_Lists = dict[str, list[int]]
_Row = tuple[_Counts, _Counts, _Counts, _Lists, _Lists, int, str]


def cached_terms(records: Sequence[SearchRecord], cache: Path) -> Iterator[PageTerms]:
    """Each page's terms, in order.

    The file `cache` has those of the last build; once the last page is out, those of this one.
    """
    nothing: dict[str, _Row] = {}
    cached = load(cache, FORMAT, _rows, nothing)
    rows: dict[str, _Row] = {}
    for record in records:
        key = _key(record)
        row = cached.get(key)
        if row is None:
            terms = page_terms(record)
            counted = dict(terms.text), dict(terms.title), dict(terms.heading)
            places, followers = _lists(terms.places), _lists(terms.followers)
            row = (*counted, places, followers, terms.called, terms.plain)
        rows[key] = row
        yield PageTerms(*row)
    if rows.keys() != cached.keys():
        store(cache, FORMAT, rows)


def _lists(numbers: Mapping[str, Sequence[int]]) -> _Lists:
    return {term: list(found) for term, found in numbers.items()}


def _rows(data: Any) -> dict[str, _Row]:  # noqa: ANN401 - what a file may hold
    """The cached rows, checked by type alone: there are millions of numbers."""
    return {text(key): _row(row) for key, row in data.items()}


def _row(row: Any) -> _Row:  # noqa: ANN401
    body, title, heading, places, followers, called, plain = row
    for counted in (body, title, heading):
        _refuse_others(int, counted.values())
    for listed in (places, followers):
        _refuse_others(list, listed.values())
        for numbers in listed.values():
            _refuse_others(int, numbers)
    return body, title, heading, places, followers, int(called), text(plain)


def _refuse_others(kind: type, values: Iterable[object]) -> None:
    if not {*map(type, values)} <= {kind}:
        raise ValueError("not what was written")


def _key(record: SearchRecord) -> str:
    """Cache key: BLAKE2b-128 of all that is indexed, in hexadecimal."""
    names = f"{record.entry}\0{record.title}\0{record.names}"
    text = f"{names}\0{record.summary}\0{record.body}"
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
