"""A Gorgias on loopback: macros, which are archived by a request of its own."""

from __future__ import annotations

from collections.abc import Sequence

from tests.desks.rows import Row, Rows
from tests.desks.server import Answer, DeskServer, Refused, Request, Route

_PATH = "/api/macros"


class FakeGorgias(DeskServer):
    """`used` are the ids of macros that rules use, which can't be archived."""

    def __init__(self) -> None:
        self.macros = Rows(("name",), _macro, stamp="updated_datetime")
        self.used: set[int] = set()
        routes = [
            Route("PUT", f"{_PATH}/archive", lambda it: self._archived(it, "2026-01-01T00:00:00")),
            Route("PUT", f"{_PATH}/unarchive", lambda it: self._archived(it, None)),
            *self.macros.routes(_PATH, _page),
        ]
        super().__init__(routes, _nothing)

    def _archived(self, request: Request, time: str | None) -> Answer:
        done = []
        for number in request.content["ids"]:
            if time and number in self.used:
                done.append({"id": number, "status": "macro_used", "error": {"msg": "used"}})
            else:
                self.macros.change(str(number), {"archived_datetime": time})
                done.append({"id": number, "status": "archived" if time else "unarchived"})
        return Answer(207, {"data": done})


def _page(rows: Sequence[Row], request: Request) -> Answer:
    is_archived = request.query.get("archived") == "true"
    found = [row for row in rows if bool(row["archived_datetime"]) == is_archived]
    size, begin = int(request.query.get("limit", 30)), int(request.query.get("cursor", 0))
    following = str(begin + size) if begin + size < len(found) else None
    meta = {"next_cursor": following, "prev_cursor": None}
    return Answer(200, {"data": found[begin : begin + size], "meta": meta, "object": "list"})


def _macro(row: Row) -> Row:
    for action in row.get("actions") or ():
        if not {"name", "title", "arguments"} <= action.keys():
            raise Refused(400, {"error": {"msg": "Invalid action"}})
    if len(row.get("language") or "en") != 2:
        raise Refused(400, {"error": {"msg": "Invalid language"}})
    defaults = {"archived_datetime": None, "external_id": None, "language": None}
    return {**defaults, "intent": None, "usage": 0, "actions": [], **row}


def _nothing(_: Request) -> None:
    """Whoever asks may."""
