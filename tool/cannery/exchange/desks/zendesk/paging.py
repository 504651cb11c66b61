"""Zendesk's lists, page by page, and what stands in its answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cannery.rest.client import Client, RestError

Json = Mapping[str, object]

_SIZE = 100  # the most that a page has
_MOST_PAGES = 20_000


def rows(
    client: Client, path: str, key: str, query: Mapping[str, str | int] | None = None
) -> Iterator[Json]:
    """All objects of a list that has cursors; `key` is where a page has them."""
    asked: dict[str, str | int] = {**(query or {}), "page[size]": _SIZE}
    for _ in range(_MOST_PAGES):
        page = answered(client, "GET", path, query=asked)
        yield from objects(page, key)
        meta = page.get("meta")
        after = meta.get("after_cursor") if isinstance(meta, dict) else None
        if not (isinstance(meta, dict) and meta.get("has_more") and after):
            return
        asked["page[after]"] = str(after)
    raise RestError(f"the list of {path} does not end", "Check the address of the desk.")


def whole(client: Client, path: str, key: str) -> Iterator[Json]:
    """All objects of a list that is answered at once."""
    return objects(answered(client, "GET", path), key)


def answered(
    client: Client,
    method: str,
    path: str,
    body: object = None,
    query: Mapping[str, str | int] | None = None,
) -> Json:
    """An answer, which is an object. Raises RestError for any other."""
    content = client.ask(method, path, body, query).content
    if not isinstance(content, dict):
        raise RestError(f"{path} answers with something else than was asked for", _HINT)
    return content


def objects(page: Json, key: str) -> Iterator[Json]:
    found = page.get(key)
    return (one for one in (found if isinstance(found, list) else ()) if isinstance(one, dict))


def one(answer: Json, key: str) -> Json:
    """The object that an answer has below a key. Raises RestError for none."""
    found = answer.get(key)
    if not isinstance(found, dict):
        raise RestError(f"the answer has no {key}", _HINT)
    return found


def number(record: Json, key: str = "id") -> str:
    """A number of Zendesk's as a text; empty for none."""
    found = record.get(key)
    return str(found) if isinstance(found, int | str) and not isinstance(found, bool) else ""


_HINT = "Check the address of the desk."
