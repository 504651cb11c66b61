"""A GraphQL API as one that is asked for a list page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cannery.exchange.desks.texts.listing import Row, rows_in, unexpected
from cannery.rest.client import Client, RestError

_MOST_PAGES = 20_000


def answered(
    client: Client, path: str, query: str, variables: Mapping[str, object], *at: str
) -> Row:
    """What the answer has at a path of keys. Raises RestError for errors that it tells."""
    content = client.ask("POST", path, {"query": query, "variables": dict(variables)}).content
    if not isinstance(content, dict):
        raise unexpected(path)
    if errors := content.get("errors"):
        raise _refused(errors)
    found: Any = content.get("data")
    for key in at:
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, dict):
        hint = "Check the options of the desk in kb.toml, and what the token may do."
        raise RestError(f"the service has no {at[0] if at else 'data'} for this token", hint)
    if errors := found.get("errors"):
        raise _refused(errors)
    return found


def nodes(
    client: Client, path: str, query: str, variables: Mapping[str, object], *at: str
) -> Iterator[Row]:
    """The nodes of a connection; the query takes `$after`."""
    after: object = None
    for _ in range(_MOST_PAGES):
        page = answered(client, path, query, {**variables, "after": after}, *at)
        yield from rows_in(page.get("nodes"), path)
        info = page.get("pageInfo")
        if not isinstance(info, dict) or not info.get("hasNextPage"):
            return
        after = info.get("endCursor")


def _refused(errors: object) -> RestError:
    told = [
        str(one.get("message")) if isinstance(one, dict) else str(one)
        for one in (errors if isinstance(errors, list) else [errors])
    ]
    message = "; ".join(told)[:300]
    return RestError(f"the service refused: {message}", "Check what the token may do.", 422)
