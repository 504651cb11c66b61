"""The values of a search: what is asked, and what is found."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cannery.model.location import Location

_NOTHING: Mapping[str, float] = MappingProxyType({})


class Query(NamedTuple):
    """What to look for. An empty filter lets everything through.

    Without a `status`, everything but what is retired is meant. `prefer` is the language shown
    where several variants of an entry match; without it, one that is written like the query.
    Without `snippets`, hits tell no passage, in half the time.
    `typing`: the last word may be unfinished. `usage` says by id how much an entry is used, from 0
    to 1, and lifts it a little among its like.
    """

    words: str
    kind: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    status: str = ""
    limit: int = 10
    prefer: str = ""
    typing: bool = False
    usage: Mapping[str, float] = _NOTHING
    snippets: bool = True


class Snippet(NamedTuple):
    """A passage of plain text and the (start, end) character spans that matched in it."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


class Hit(NamedTuple):
    at: Location
    title: str
    summary: str
    status: str
    tags: tuple[str, ...]
    score: float
    snippet: Snippet


class SearchRecord(NamedTuple):
    """A page of a site, as its search sees it.

    `address` is below the site's, `entry` the id; `names` are title, keywords, tags and shortcut.
    """

    address: str
    entry: str
    language: str
    title: str
    summary: str
    names: str
    body: str
    kind: str
