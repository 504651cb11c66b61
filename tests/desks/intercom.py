"""An Intercom on loopback: macros, which can only be read."""

from __future__ import annotations

from collections.abc import Sequence

from tests.desks.rows import Row, Rows
from tests.desks.server import Answer, DeskServer, Request

_WRITING = ["POST", "UPDATE", "DELETE"]


class FakeIntercom(DeskServer):
    """Lists have pages of `size` at most."""

    def __init__(self, size: int = 150) -> None:
        self.size = size
        self.macros, self.teams = Rows(id_of=str), Rows(id_of=str)
        self.teams.add(name="Billing")
        routes = [
            *self.macros.routes("/macros", self._page, leave_out=_WRITING),
            *self.teams.routes("/teams", _teams, leave_out=_WRITING),
        ]
        super().__init__(routes, _nothing)

    def _page(self, rows: Sequence[Row], request: Request) -> Answer:
        size = min(self.size, int(request.query.get("per_page", 50)))
        begin = int(request.query.get("starting_after", 0))
        end = begin + size
        following = {"starting_after": str(end)} if end < len(rows) else None
        pages = {"type": "pages", "per_page": size, "next": following}
        return Answer(200, {"type": "list", "data": [*rows[begin:end]], "pages": pages})


def _teams(rows: Sequence[Row], _: Request) -> Answer:
    return Answer(200, {"type": "team.list", "teams": [*rows]})


def _nothing(_: Request) -> None:
    """Whoever asks may."""
