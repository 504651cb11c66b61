"""A Chatwoot on loopback: canned responses and macros of account 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.desks.rows import Row, Rows
from tests.desks.server import Answer, DeskServer, Refused, Request, Route

BASE = "/api/v1/accounts/1"
PORTAL = f"{BASE}/portals/help"
_ACTIONS = frozenset(
    {
        "add_label",
        "add_private_note",
        "assign_agent",
        "assign_team",
        "change_priority",
        "change_status",
        "mute_conversation",
        "remove_assigned_team",
        "remove_label",
        "resolve_conversation",
        "send_attachment",
        "send_email_transcript",
        "send_message",
        "snooze_conversation",
    }
)


class _Responses(Rows):
    """Of two with one code, the second is refused."""

    def make(self, said: Mapping[str, Any]) -> Row:
        if said.get("short_code") in {row["short_code"] for row in self.all}:
            raise Refused(422, {"message": "Short code has already been taken"})
        return super().make(said)


class FakeChatwoot(DeskServer):
    """Two versions of it.

    With `is_old`, an article is a draft until it is changed, and only the first of its languages
    tells which belong together.
    """

    def __init__(self, *, is_old: bool = False) -> None:
        self.responses = _Responses(("short_code", "content"))
        self.macros = Rows(("name",), _macro)
        self.articles = _Articles(("title", "content"), self._article, stamp="")
        self.categories = Rows(("name", "slug", "locale"))
        self.is_old = is_old
        self.teams = Rows()
        self.teams.add(name="billing")
        routes = [
            *self.responses.routes(f"{BASE}/canned_responses", update="PATCH", leave_out=["SHOW"]),
            *self.macros.routes(
                f"{BASE}/macros", lambda rows, _: Answer(200, {"payload": [*rows]}), "PATCH", _wrap
            ),
            *self.teams.routes(f"{BASE}/teams"),
            *self.articles.routes(f"{PORTAL}/articles", _paged, "PATCH", _wrap),
            *self.categories.routes(f"{PORTAL}/categories", _in_locale, wrap=_wrap),
            Route("GET", "/api/v1/profile", lambda _: Answer(200, {"id": 7, "name": "Ana"})),
        ]
        super().__init__(routes, _nothing)

    def _article(self, row: Row) -> Row:
        """An article as it is kept, with what it tells of the ones that belong to it."""
        if isinstance(status := row.get("status"), int):
            row = {**row, "status": ("draft", "published", "archived")[status]}
        if self.is_old and "stamps" not in row:
            row = {**row, "status": "draft"}
        category = self.categories.by_id.get(str(row.get("category_id")), {})
        shown = {"id": category.get("id"), "slug": category.get("slug")}
        row = {
            **row,
            "slug": f"{row['id']}-{row['title'].lower().replace(' ', '-')}",
            "category": {**shown, "locale": category.get("locale")},
            "locale": category.get("locale") or row.get("locale", "en"),
            "updated_at": 1767225600 + int(row.get("stamps", 0)),
        }
        root = row.get("associated_article_id")
        if root and (first := self.articles.by_id.get(str(root))):
            first["associated_articles"] = [
                *first.get("associated_articles", []),
                {"id": row["id"]},
            ]
        if self.is_old:
            row.pop("associated_article_id", None)
        return row


class _Articles(Rows):
    def make(self, said: Mapping[str, Any]) -> Row:
        if said.get("author_id") != 7:
            raise Refused(422, {"message": "Author must exist"})
        return super().make(said)


def _paged(rows: Sequence[Row], request: Request) -> Answer:
    begin = 25 * (int(request.query.get("page", 1)) - 1)
    return Answer(200, {"payload": [*rows[begin : begin + 25]], "meta": {}})


def _in_locale(rows: Sequence[Row], request: Request) -> Answer:
    found = [row for row in rows if row["locale"] == request.query["locale"]]
    return _paged(found, request)


def _wrap(row: Row) -> object:
    return {"payload": row}


def _macro(row: Row) -> Row:
    """A macro as it is kept: who sees it is forgotten where a request does not say."""
    for action in row.get("actions") or ():
        if action["action_name"] not in _ACTIONS:
            raise Refused(422, {"error": f"{action['action_name']} not supported."})
    return {"visibility": None, "actions": [], **row}


def _nothing(_: Request) -> None:
    """Whoever asks may."""
