"""What our own code needs of django-helpdesk, in this process: each test of it runs on both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from cannery.rest.client import Reply, RestError

Row = dict[str, Any]
# As Django reads them. What it tells of a ticket does not matter here.
_TOKEN = re.compile(r"\{\{.{0,200}?\}\}|\{#.{0,200}?#\}|\{%|%\}")
_QUOTED = re.compile(r'\{\{ "(.)" \}\}')


@dataclass
class FakeDjangoHelpdesk:
    """A server that keeps what it is sent, and its client."""

    address: str = "https://desk.example/helpdesk"
    tickets: dict[int, Row] = field(default_factory=dict)
    written: int = 0

    @property
    def client(self) -> FakeDjangoHelpdesk:
        return self

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401 - JSON
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        assert not query, "nothing of this takes a query"
        assert not headers, "nothing of this takes headers"
        if path == "/api/followups/":
            return Reply(201, self._follow_up(self.tickets[body["ticket"]], body), {})
        number = int(path.strip("/").rpartition("/")[2] or 0) if path != "/api/tickets/" else 0
        if method == "POST":
            return Reply(201, self._created(body), {})
        if number not in self.tickets:
            raise RestError("desk.example returned an error (404)", "", HTTPStatus.NOT_FOUND)
        if method == "PATCH":
            self.tickets[number] |= body
        return Reply(200, self.tickets[number], {})

    def _created(self, body: Row) -> Row:
        number = len(self.tickets) + 1
        usual = {"status": 1, "on_hold": False, "assigned_to": None, "custom_plan": None}
        ticket = self.tickets[number] = {**usual, **body, "id": number, "followup_set": []}
        self._follow_up(ticket, {"comment": body["description"], "public": True}, is_raw=True)
        return ticket

    def _follow_up(self, ticket: Row, body: Row, *, is_raw: bool = False) -> Row:
        self.written += 1
        ticket["status"] = body.get("new_status") or ticket["status"]
        comment = body["comment"] if is_raw else _TOKEN.sub(_filled, body["comment"])
        zone = "-06:00" if self.written % 2 else "+09:00"
        hour = 1 if self.written % 2 else 16
        date = f"2026-11-26T{hour:02}:{self.written:02}:00.000000{zone}"
        made = {"comment": comment, "public": body["public"], "date": date}
        ticket["followup_set"].append(made)
        return made


def _filled(token: re.Match[str]) -> str:
    if token[0] in ("{%", "%}"):
        raise RestError("desk.example returned an error (500)", "", 500)
    quoted = _QUOTED.fullmatch(token[0])
    return quoted[1] if quoted else ""
