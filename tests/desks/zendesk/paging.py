"""Lists in pages: by cursor (`page[size]`, `page[after]`), and the old way by numbers."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from tests.desks.server import Answer, Refused, Request
from tests.desks.zendesk.store import Row, Store

_MOST = 100  # rows of a page
_FAR = 10_000  # rows that page numbers reach


def page(  # noqa: PLR0913
    store: Store,
    request: Request,
    name: str,
    rows: Sequence[Row],
    tell: Callable[[Row], Row] = dict,
    *,
    in_order: bool = False,
) -> Answer:
    """A page of rows as `tell` says each, by cursor where the query asks for one.

    By cursor they stand in the order of their numbers, or as they are given.
    """
    if any(key.startswith("page[") for key in request.query):
        ordered = rows if in_order else sorted(rows, key=lambda row: row["id"])
        told, beside = _by_cursor(store, request, ordered)
    else:
        told, beside = _by_number(store, request, rows)
    return Answer(200, {name: [tell(row) for row in told], **beside})


def _by_cursor(store: Store, request: Request, rows: Sequence[Row]) -> tuple[Sequence[Row], Row]:
    """Rows after a row: one that is added or deleted meanwhile moves no other to another page."""
    size = _size(request.query.get("page[size]", str(_MOST)))
    after = request.query.get("page[after]", "")
    start = _start(rows, after) if after else 0
    found = rows[start : start + size]
    has_more = start + size < len(rows)
    last = _cursor(found[-1]) if found else None
    following = {**request.query, "page[size]": str(size), "page[after]": last or ""}
    following.pop("page[before]", None)
    link = f"{store.address}{request.path}?{urlencode(following)}" if has_more else None
    meta = {"has_more": has_more, "after_cursor": last, "before_cursor": None}
    links = {"next": link, "prev": None}
    return found, {"meta": meta, "links": links}


def _by_number(store: Store, request: Request, rows: Sequence[Row]) -> tuple[Sequence[Row], Row]:
    size = _size(request.query.get("per_page", str(_MOST)), most_is_enough=True)
    number = int(request.query.get("page", "1"))
    if number * size > _FAR:
        message = "Offset pagination goes to 10,000 records: use cursor pagination"
        raise Refused(400, {"error": "InvalidPaginationDepth", "description": message})
    found = rows[(number - 1) * size : number * size]
    more = number * size < len(rows)
    link = f"{store.address}{request.path}?"
    content = {
        "count": len(rows),
        "next_page": link + urlencode({**request.query, "page": number + 1}) if more else None,
        "previous_page": None
        if number == 1
        else link + urlencode({**request.query, "page": number - 1}),
    }
    return found, content


def _size(written: str, *, most_is_enough: bool = False) -> int:
    if most_is_enough:
        return min(int(written), _MOST)
    if not written.isdecimal() or not 1 <= int(written) <= _MOST:
        message = f"page[size] must be from 1 to {_MOST}"
        raise Refused(400, {"errors": [{"code": "InvalidValue", "title": message}]})
    return int(written)


def _cursor(row: Row) -> str:
    return urlsafe_b64encode(f"after:{row['id']}".encode()).decode().rstrip("=")


def _start(rows: Sequence[Row], cursor: str) -> int:
    """Where the rows after a cursor's begin, also if that row has gone."""
    try:
        number = int(urlsafe_b64decode(cursor + "==").decode().removeprefix("after:"))
    except ValueError as error:
        title = "page[after] is not valid"
        raise Refused(400, {"errors": [{"code": "InvalidValue", "title": title}]}) from error
    falls = len(rows) > 1 and rows[0]["id"] > rows[-1]["id"]
    behind = (
        at for at, row in enumerate(rows) if (row["id"] > number) != falls and row["id"] != number
    )
    return next(behind, len(rows))
