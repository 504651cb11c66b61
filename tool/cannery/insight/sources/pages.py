"""Lists of a desk's API, page by page."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple, TypeVar

from cannery.insight.sources.values import Json, part, parts
from cannery.model.event import Progress
from cannery.rest.client import Client
from cannery.rest.rest_error import RestError

_T = TypeVar("_T")
Query = Mapping[str, str | int]

ABSENT = (403, 404)  # of what an account has not, or a user may not see
_DAY = 86_400
_MOST_TOKEN = 4_000
_HINT = "Check the address of the desk in kb.toml."
_OVERLAP = 3_600  # seconds by which a row may have changed before the list came to it


class PageCursor(NamedTuple):
    """Where a list that is read by numbers of pages goes on.

    Rows that changed since `since` are wanted; of the import that began at `started`, `page` comes
    next.
    """

    since: int = 0
    started: int = 0
    page: int = 1

    @property
    def written(self) -> str:
        """As the next import reads it."""
        return json.dumps(self)

    @property
    def next(self) -> PageCursor:
        """The same, of the next import, when this one is at its end."""
        return PageCursor(max(self.started - _OVERLAP, 0))


def page_cursor(written: str) -> PageCursor:
    """A cursor of ours; the first one for any other text. An import that begins does so now."""
    try:
        since, started, page = json.loads(written)
        at = PageCursor(int(since), int(started), max(int(page), 1))
    except (ValueError, TypeError):
        at = PageCursor()
    return at if at.page > 1 else at._replace(started=int(time.time()))


def answered(client: Client, path: str, query: Query | None = None) -> Json:
    """An answer, which is an object. Raises RestError for any other."""
    content = client.ask("GET", path, query=query).content
    if not isinstance(content, dict):
        raise _other(path)
    return content


def listed(client: Client, path: str, query: Query | None = None) -> list[Json]:
    """The objects of an answer that is a list. Raises RestError for any other."""
    content = client.ask("GET", path, query=query).content
    if not isinstance(content, list):
        raise _other(path)
    return [row for row in content if isinstance(row, dict)]


def by_cursor(client: Client, path: str, key: str, query: Query) -> Iterator[Sequence[Json]]:
    """The pages of a list whose `meta` has cursors. Raises RestError, also for one in circles."""
    asked: dict[str, str | int] = {**query}
    seen: set[str] = set()
    while True:
        page = answered(client, path, asked)
        yield [*parts(page, key)]
        meta = part(page, "meta")
        after = token(meta.get("after_cursor"))
        if meta.get("has_more") is not True or not after:
            return
        refuse_again(path, after, seen)
        asked["page[after]"] = after


def by_number(client: Client, path: str, query: Query, size: int) -> Iterator[Sequence[Json]]:
    """The pages of a plain list: the last one has fewer than `size`. Raises RestError."""
    before: Sequence[Json] = ()
    for number in count(1):
        rows = listed(client, path, {**query, "per_page": size, "page": number})
        if rows and rows == before:
            raise in_circles(path)
        yield rows
        if len(rows) < size:
            return
        before = rows


def token(value: object) -> str:
    """A cursor; empty for none."""
    return value if isinstance(value, str) and len(value) <= _MOST_TOKEN else ""


def if_there(rows: Iterator[_T], absent: Collection[int] = ABSENT) -> Iterator[_T]:
    """The same, or nothing where the desk says that it has none, or shows it to nobody like us."""
    try:
        yield from rows
    except RestError as error:
        if error.code not in absent:
            raise


def refuse_again(path: str, cursor: str, seen: set[str]) -> None:
    """Take a cursor down. Raises RestError for one that was there before: it would never end."""
    if cursor in seen:
        raise in_circles(path)
    seen.add(cursor)


def in_circles(path: str) -> RestError:
    """What is wrong with a list whose next page is one that was there before."""
    return RestError(f"the list of {path} goes in circles", _HINT)


def progress(first: int, at: int, now: int) -> Progress:
    """How far a history is read, in days: from `first` to `at`, of those until `now`."""
    total = max(now - first, _DAY) // _DAY
    return Progress("Reading events", min(max(at - first, 0) // _DAY, total), total)


def _other(path: str) -> RestError:
    return RestError(f"{path} answers with something else than was asked for", _HINT)
