"""The values of a search: what is asked, and what is found."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from cannery.model.location import Location

if TYPE_CHECKING:
    from cannery.model.explanation import Explanation

_NOTHING: Mapping[str, float] = MappingProxyType({})


class Filters(TypedDict, total=False):
    """The members of `Query` but for its words, as keyword arguments of a search."""

    kind: str
    language: str
    tags: tuple[str, ...]
    status: str
    limit: int
    prefer: str
    typing: bool
    usage: Mapping[str, float]
    snippets: bool
    explain: bool


class Query(NamedTuple):
    """What to look for. An empty filter lets everything through.

    `words`: as typed after `kb find`: words, `"a phrase"`, `-not`, `tag:x`; never an error.
    `kind`: `article` or `macro`. `language`: a code such as `ja`. `tags`: any of them will do.
    `status`: `draft`, `published` or `retired`; empty: all but retired entries.
    `limit`: at most so many hits.
    `prefer`: the language shown where several variants of an entry match; empty: one that is
    written like the query.
    `typing`: whether the last word may be unfinished.
    `usage`: by id how much an entry is used, from 0 to 1, which lifts it a little among its like.
    `snippets`: whether hits have a passage, which takes as long as the search itself.
    `explain`: whether hits tell what their scores are made of, which takes another search.
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
    explain: bool = False


class Snippet(NamedTuple):
    """A passage of plain text and the (start, end) character spans that matched in it."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


class Hit(NamedTuple):
    """An entry that answers a query, in the variant that suits it best.

    `at.path` is its file, relative to the root, with `/`: whoever previews, edits or opens the hit
    uses it as it is. `status` is a `Status`'s value. `score` orders the hits of one query, and
    compares with no other's. `snippet` is empty and `explanation` None where none was asked for.
    """

    at: Location
    title: str
    summary: str
    status: str
    tags: tuple[str, ...]
    score: float
    snippet: Snippet
    explanation: Explanation | None = None


class Answer(NamedTuple):
    """Hits, best first.

    `as_words`: a phrase, an exclusion or a filter as typed would leave nothing, so it is words.
    """

    hits: tuple[Hit, ...]
    as_words: bool = False


class SearchRecord(NamedTuple):
    """A page of a site, as the site's own search indexes it.

    `address` is relative to the site's, `entry` the id; `names` are title, keywords, tags and
    shortcut, separated by blanks; `body` is Markdown; `kind` is a `Kind`'s value. The last ones are
    what is filtered by, as the header has them; `section` is the first folder of the id.
    """

    address: str
    entry: str
    language: str
    title: str
    summary: str
    names: str
    body: str
    kind: str
    section: str = ""
    tags: tuple[str, ...] = ()
    owner: str = ""
    status: str = ""
    shortcut: str = ""
