"""`/tickets/{id}/macros/{id}/apply`: the ticket as a macro would leave it; nothing is changed."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, NamedTuple

from tests.desks.server import Answer, Request, Route
from tests.desks.zendesk.account import LOCALES
from tests.desks.zendesk.dynamic import DynamicContent
from tests.desks.zendesk.filling import as_html, filled, values_of
from tests.desks.zendesk.rewriting import rewritten
from tests.desks.zendesk.store import Row, Store

_NUMBERS = ("group_id", "assignee_id", "custom_status_id", "ticket_form_id", "brand_id")
_CUSTOM = re.compile(r"custom_fields_([0-9]+)")
_EMPTY: Row = {
    "id": None,
    "subject": "",
    "description": "",
    "status": "new",
    "priority": None,
    "type": None,
    "tags": [],
    "requester_id": 0,
    "organization_id": None,
    "assignee_id": None,
    "group_id": None,
    "created_at": "",
    "custom_fields": [],
}


class _Ticket(NamedTuple):
    row: Row
    values: dict[str, Any]
    locale_id: int | None


class Apply:
    def __init__(self, store: Store, dynamic: DynamicContent, agent: Row) -> None:
        self.store = store
        self._dynamic = dynamic
        self._agent = agent

    @property
    def routes(self) -> list[Route]:
        return [
            Route("GET", "/api/v2/tickets/{ticket_id}/macros/{id}/apply", self.to_ticket),
            Route("GET", "/api/v2/macros/{id}/apply", self.alone),
        ]

    def to_ticket(self, request: Request) -> Answer:
        row = self.store.row("tickets", request.number("ticket_id"))
        requester = self.store.table("users").get(row["requester_id"], {})
        names = {name: number for number, (name, _) in LOCALES.items()}
        ticket = _Ticket(row, values_of(self.store, row, self._agent), names.get(str(requester.get("locale"))))  # fmt: skip
        return Answer(200, {"result": {"ticket": self._applied(request, ticket)}})

    def alone(self, request: Request) -> Answer:
        """The changes without a ticket: all of its values are blank."""
        ticket = _Ticket(_EMPTY, {}, None)
        return Answer(200, {"result": {"ticket": self._applied(request, ticket)}})

    def _applied(self, request: Request, ticket: _Ticket) -> Row:
        macro = self.store.row("macros", request.number("id"))
        told = {key: ticket.row[key] for key in ("id", "status", "priority", "type", "subject") if ticket.row[key]}  # fmt: skip
        texts = [one for one in macro["actions"] if one["field"].startswith("comment_value")]
        public = [one["value"] for one in macro["actions"] if one["field"] == "comment_mode_is_public"]  # fmt: skip
        for one in macro["actions"]:
            told |= self._action(one["field"], one["value"], ticket, told)
        if texts:
            is_public = str(public[-1] if public else True).lower() == "true"
            told["comment"] = {**self._comment(texts, ticket), "public": is_public}
        return told

    def _comment(self, actions: list[Row], ticket: _Ticket) -> Row:
        html = [self._filled(one, ticket) for one in actions if one["field"].endswith("html")]
        plain = [self._filled(one, ticket) for one in actions if not one["field"].endswith("html")]
        body = "\n\n".join([*(text_of(one) for one in html), *plain])
        comment: Row = {"body": body, "scoped_body": [["channel:all", body]]}
        return {**comment, "html_body": "".join(html)} if html else comment

    def _filled(self, action: Row, ticket: _Ticket) -> str:
        is_html = action["field"].endswith("html")
        values = as_html(ticket.values) if is_html else ticket.values
        value = action["value"]
        text = value[-1] if isinstance(value, list) else value
        told = filled(str(text), values, self._dynamic, ticket.locale_id)
        return rewritten(told) if is_html else told

    def _action(self, name: str, value: Any, ticket: _Ticket, told: Row) -> Row:  # noqa: ANN401 - JSON
        if found := _CUSTOM.fullmatch(name):
            return {"fields": _with(told.get("fields"), {"id": int(found[1]), "value": value})}
        if name in _NUMBERS:
            return {name: int(value) if str(value).isdecimal() else self._current(name, value)}
        if name in {"status", "priority", "type"}:
            return {name: value}
        if name == "subject":
            return {name: filled(str(value), ticket.values, self._dynamic, ticket.locale_id)}
        if name in {"set_tags", "current_tags", "remove_tags"}:
            return {"tags": _tags(name, told.get("tags") or ticket.row["tags"], value)}
        return {}

    def _current(self, name: str, value: object) -> object:
        return self._agent["id"] if (name, value) == ("assignee_id", "current_user") else None


def _with(known: object, more: Row) -> object:
    """One field as an object, as the published example has it, and several as a list."""
    if known is None:
        return more
    return [*(known if isinstance(known, list) else [known]), more]


def _tags(name: str, present: Any, value: Any) -> list[str]:  # noqa: ANN401 - JSON
    named = value if isinstance(value, list) else str(value).split()
    if name == "set_tags":
        return sorted(named)
    kept = set(present) - set(named) if name == "remove_tags" else set(present) | set(named)
    return sorted(kept)


def text_of(html: str) -> str:
    """HTML without its tags, a line a block."""
    lines = re.sub(r"<br ?/?>|</(?:p|div|li|h[1-6]|tr|blockquote|pre)>", "\n", html)
    return unescape(re.sub(r"<[^>]*>", "", lines)).replace("\N{NO-BREAK SPACE}", " ").strip()
