"""REST2 of Request Tracker: its paths, its collections, who a user is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from cannery.rest.client import Client, RestError
from cannery.util.json_values import Json, as_map, maps_in

API = "/REST/2.0"
_PER_PAGE = 100  # more it does not give
_MOST_PAGES = 1000
_HIDDEN = (403, 404)


def rows(
    client: Client, path: str, wanted: Sequence[Mapping[str, object]], fields: Mapping[str, str]
) -> Iterator[Json]:
    """The rows of a collection that are as `wanted`, by their ids.

    RT leaves out of a page the rows that the user may not see, so that only an empty one is surely
    the last: where it tells no number of pages, `wanted` must be of one class or ticket.
    """
    for page in range(1, _MOST_PAGES + 1):
        content = _page(client, path, wanted, {**fields, "page": str(page)})
        items = items_of(content)
        yield from items
        pages = as_map(content).get("pages")
        is_last = page >= pages if isinstance(pages, int | float) else len(items) < _PER_PAGE
        if is_last or not items:
            return


def first(
    client: Client, path: str, wanted: Sequence[Mapping[str, object]], fields: Mapping[str, str]
) -> list[Json]:
    """The first page of such rows, `per_page` of `fields` at most."""
    return items_of(_page(client, path, wanted, fields))


def _page(
    client: Client, path: str, wanted: Sequence[Mapping[str, object]], fields: Mapping[str, str]
) -> object:
    # Not by POST, which RT takes, too: what reads may be asked again after an error.
    chosen = {"query": json.dumps(wanted)} if wanted else {}
    query = {"orderby": "id", "per_page": str(_PER_PAGE), **chosen, **fields}
    return client.ask("GET", path, query=query).content


def items_of(content: object) -> list[Json]:
    return [*maps_in(as_map(content).get("items"))]


def found_or_none(client: Client, path: str) -> Json:
    """What is at a path; nothing if it is not there, or the user may not see it."""
    try:
        return as_map(client.ask("GET", path).content)
    except RestError as error:
        if error.code in _HIDDEN:
            return {}
        raise


def user(client: Client, name: str) -> Json:
    """What RT tells of a user; nothing if it tells us nothing of that one.

    It takes a name of digits for an id, and would tell of another one.
    """
    found = found_or_none(client, f"{API}/user/{quote(name, safe='')}")
    return found if found.get("Name") == name else {}
