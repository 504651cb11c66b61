"""A Chatwoot on loopback: canned responses and macros of account 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.desks.rows import Row, Rows
from tests.desks.server import Answer, DeskServer, Refused, Request

BASE = "/api/v1/accounts/1"
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
    def __init__(self) -> None:
        self.responses = _Responses(("short_code", "content"))
        self.macros = Rows(("name",), _macro)
        self.teams = Rows()
        self.teams.add(name="billing")
        routes = [
            *self.responses.routes(f"{BASE}/canned_responses", update="PATCH", leave_out=["SHOW"]),
            *self.macros.routes(
                f"{BASE}/macros", lambda rows, _: Answer(200, {"payload": [*rows]}), "PATCH", _wrap
            ),
            *self.teams.routes(f"{BASE}/teams"),
        ]
        super().__init__(routes, _nothing)


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
