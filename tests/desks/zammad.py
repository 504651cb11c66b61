"""A Zammad on loopback: text modules, macros, and what they name by number."""

from __future__ import annotations

import re

from tests.desks.rows import Row, Rows, numbered
from tests.desks.server import DeskServer, Request

_SCRIPT = re.compile(r"<script.*?</script>|\son\w+=\"[^\"]*\"", re.DOTALL)
_PAGE = numbered("per_page", 500)


class FakeZammad(DeskServer):
    def __init__(self) -> None:
        self.modules = Rows(("name", "content"), _module)
        self.macros = Rows(("name",), lambda row: {"active": True, "note": None, **row})
        self.groups, self.states, self.priorities = Rows(), Rows(), Rows()
        for name in ("Users", "Billing"):
            self.groups.add(name=name)
        for name in ("new", "open", "pending reminder", "closed", "waiting for the moon"):
            self.states.add(name=name)
        for name in ("1 low", "2 normal", "3 high"):
            self.priorities.add(name=name)
        routes = [
            *self.modules.routes("/api/v1/text_modules", _PAGE),
            *self.macros.routes("/api/v1/macros", _PAGE),
            *self.groups.routes("/api/v1/groups", _PAGE),
            *self.states.routes("/api/v1/ticket_states", _PAGE),
            *self.priorities.routes("/api/v1/ticket_priorities", _PAGE),
        ]
        super().__init__(routes, _nothing)


def _module(row: Row) -> Row:
    """A text module as it is kept: HTML without what could run, a plain text as HTML."""
    content = _SCRIPT.sub("", row["content"])
    if not re.search("<.+?>", content):
        content = content.replace("\n", "<br>")
    row = {"active": True, "keywords": "", "note": None, "group_ids": [], **row}
    return {**row, "content": content.replace("<br>", "<br />")}


def _nothing(_: Request) -> None:
    """Whoever asks may."""
