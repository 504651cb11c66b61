"""What most desks' fakes are made of: objects of one sort, which are listed, made and changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.desks.server import Answer, Refused, Request, Route

Row = dict[str, Any]


def _as_it_is(row: Row) -> Row:
    return row


def _whole(rows: Sequence[Row], _: Request) -> Answer:
    return Answer(200, [*rows])


class Rows:
    """Objects by id. `required` are the keys that one can't be made without.

    `kept` is what the desk makes of what it is sent, `id_of` the id of the object with a number.
    `stamp` is the key of the time of the last change, empty for one that `kept` sets.
    """

    def __init__(
        self,
        required: Sequence[str] = (),
        kept: Callable[[Row], Row] = _as_it_is,
        id_of: Callable[[int], int | str] = int,
        stamp: str = "updated_at",
    ) -> None:
        self.by_id: dict[str, Row] = {}
        self._required, self._kept, self._id_of, self._stamp = required, kept, id_of, stamp
        self._number = 0

    @property
    def all(self) -> list[Row]:
        return [*self.by_id.values()]

    def add(self, **said: Any) -> Row:  # noqa: ANN401 - JSON
        """One that a person made at the desk."""
        self._number += 1
        row = self._stamped({"id": self._id_of(self._number), **said})
        self.by_id[str(row["id"])] = row
        return row

    def make(self, said: Mapping[str, Any]) -> Row:
        if missing := [key for key in self._required if said.get(key) in (None, "")]:
            raise Refused(422, {"error": f"{missing[0]} can't be blank"})
        return self.add(**said)

    def change(self, row_id: str, said: Mapping[str, Any]) -> Row:
        row = self.find(row_id)
        if blank := [key for key in self._required if key in said and said[key] in (None, "")]:
            raise Refused(422, {"error": f"{blank[0]} can't be blank"})
        self.by_id[row_id] = self._stamped({**row, **said})
        return self.by_id[row_id]

    def find(self, row_id: str) -> Row:
        if row_id not in self.by_id:
            raise Refused(404, {"error": "not found"})
        return self.by_id[row_id]

    def routes(
        self,
        path: str,
        page: Callable[[Sequence[Row], Request], Answer] = _whole,
        update: str = "PUT",
        wrap: Callable[[Row], object] = _as_it_is,
        leave_out: Sequence[str] = (),
    ) -> list[Route]:
        """The routes below a path but for those of the methods in `leave_out`; SHOW is one."""
        one = f"{path}/{{name}}"
        routes = {
            "GET": Route("GET", path, lambda request: page(self.all, request)),
            "POST": Route("POST", path, lambda it: Answer(201, wrap(self.make(it.content)))),
            "SHOW": Route("GET", one, lambda it: Answer(200, wrap(self.find(it.names["name"])))),
            "UPDATE": Route(
                update,
                one,
                lambda it: Answer(200, wrap(self.change(it.names["name"], it.content))),
            ),
            "DELETE": Route("DELETE", one, self._deleted),
        }
        return [route for name, route in routes.items() if name not in leave_out]

    def _deleted(self, request: Request) -> Answer:
        self.find(request.names["name"])
        del self.by_id[request.names["name"]]
        return Answer(200, {})

    def _stamped(self, row: Row) -> Row:
        stamps = int(row.get("stamps", 0)) + 1
        time = f"2026-01-01T{self._number // 60 % 24:02}:{self._number % 60:02}:{stamps % 60:02}Z"
        stamp = {self._stamp: time} if self._stamp else {}
        return {**self._kept(row), "stamps": stamps, **stamp}


def numbered(size_key: str, default: int) -> Callable[[Sequence[Row], Request], Answer]:
    """Pages by number: `page`, and a size by `size_key`."""

    def page(rows: Sequence[Row], request: Request) -> Answer:
        size = int(request.query.get(size_key, default))
        begin = (int(request.query.get("page", 1)) - 1) * size
        return Answer(200, [*rows[begin : begin + size]])

    return page
