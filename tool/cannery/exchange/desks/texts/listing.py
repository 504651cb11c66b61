"""Lists that an API tells page by page, by number or from link to link."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cannery.rest.client import Client, RestError

Row = Mapping[str, Any]
_MOST_PAGES = 20_000


def numbered(
    client: Client,
    path: str,
    rows_of: Callable[[Any], object],
    query: Mapping[str, str | int] | None = None,
    size: int = 0,
) -> Iterator[Row]:
    """The rows of a list whose pages have numbers, each row once.

    A page shorter than `size` is the last one; without a size, the last one has no row that is new,
    for some lists take no notice of the number.
    """
    seen: set[str] = set()
    for number in range(1, _MOST_PAGES):
        answer = client.ask("GET", path, query={**(query or {}), "page": number})
        rows = rows_in(rows_of(answer.content), path)
        fresh = [row for row in rows if str(row.get("id")) not in seen]
        seen.update(str(row.get("id")) for row in fresh)
        yield from fresh
        if not fresh or len(rows) < size:
            return


def linked(
    client: Client,
    path: str,
    rows_of: Callable[[Any], object],
    next_of: Callable[[Any], tuple[str, Mapping[str, str | int]] | None],
    query: Mapping[str, str | int] | None = None,
) -> Iterator[Row]:
    """The rows of a list each page of which tells the path and the query of the next one."""
    follow: tuple[str, Mapping[str, str | int]] | None = (path, query or {})
    for _ in range(_MOST_PAGES):
        if follow is None:
            return
        answer = client.ask("GET", follow[0], query=follow[1] or None)
        yield from rows_in(rows_of(answer.content), path)
        follow = next_of(answer.content)


def rows_in(rows: object, path: str) -> list[Row]:
    """A list's rows. Raises RestError for an answer that has no list."""
    if not isinstance(rows, list):
        raise unexpected(path)
    return [row for row in rows if isinstance(row, dict)]


def row_in(content: object, path: str) -> Row:
    """One row. Raises RestError for an answer that is none."""
    if not isinstance(content, dict):
        raise unexpected(path)
    return content


def key(name: str) -> Callable[[Any], object]:
    """What an answer has below a key."""
    return lambda content: content.get(name) if isinstance(content, dict) else None


def itself(content: object) -> object:
    return content


def has_id(row: Row) -> bool:
    """Whether a row has an id that can be part of a path."""
    return text(row, "id").replace("_", "").replace("-", "").isalnum()


def text(row: Row, name: str) -> str:
    """A text of a row, or a number as one; empty for any other value."""
    value = row.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def unexpected(path: str) -> RestError:
    return RestError(f"the answer to {path} has another form", "Check the address of the desk.")
