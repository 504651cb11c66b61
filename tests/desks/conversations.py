"""Tickets of Zammad, Chatwoot, Freshdesk and Front on loopback, as far as an answer changes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.desks.rows import Row
from tests.desks.server import Answer, DeskServer, Refused, Request, Route

_START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def _anyone(_: Request) -> None:
    """Whoever asks may."""


class Conversations(DeskServer):
    """One ticket, `ticket`, and what was `written` in it; its clock moves with each message."""

    ticket: Row

    def __init__(self, routes: list[Route]) -> None:
        self.written: list[Row] = []
        self.now = _START
        super().__init__(routes, _anyone)

    @property
    def unix(self) -> int:
        return int(self.now.timestamp())

    @property
    def iso(self) -> str:
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def write(self, **row: Any) -> Row:  # noqa: ANN401 - JSON
        self.now += timedelta(seconds=1)
        self.written.append(row)
        return row

    def _show(self, _: Request) -> Answer:
        return Answer(200, self.ticket)

    def _change(self, request: Request) -> Answer:
        self.ticket.update(request.content)
        return Answer(200, self.ticket)


def _listed(*rows: Row) -> Mapping[str, object]:
    return {"_results": [*rows], "_pagination": {"next": None}}


class FakeZammad(Conversations):
    """Ticket 31001, whose id is 7; state 2 is open."""

    def __init__(self) -> None:
        self.ticket = {"id": 7, "number": "31001", "title": "Printer", "state_id": 2, "customer_id": 3, "updated_at": "2026-11-01T09:00:00Z", "color": "red"}  # fmt: skip
        self.customer: Row = {"id": 3, "firstname": "太郎", "lastname": "田中", "email": "taro@example.jp", "preferences": {"locale": "ja-jp"}}  # fmt: skip
        self.tags, self.draft = ["vip"], dict[str, Any]()
        self.states = {2: "open", 3: "pending reminder", 4: "closed", 5: "merged"}
        lists = {
            "ticket_states": [{"id": id_, "name": name} for id_, name in self.states.items()],
            "ticket_priorities": [{"id": 3, "name": "3 high"}],
            "groups": [{"id": 2, "name": "支援"}],
        }
        super().__init__(
            [
                Route("GET", "/api/v1/tickets/search", self._search),
                Route("GET", "/api/v1/tickets/7", self._full),
                Route("PUT", "/api/v1/tickets/7", self._change),
                Route("GET", "/api/v1/tickets/7/shared_draft", self._drafted),
                Route("PUT", "/api/v1/tickets/7/shared_draft", self._keep),
                Route("POST", "/api/v1/ticket_articles", self._add),
                Route("GET", "/api/v1/ticket_articles/by_ticket/7", lambda _: Answer(200, self.written)),
                Route("GET", "/api/v1/tags", lambda _: Answer(200, {"tags": self.tags})),
                Route("POST", "/api/v1/tags/add", self._tag),
                Route("DELETE", "/api/v1/tags/remove", self._untag),
                Route("GET", "/api/v1/users/me", lambda _: Answer(200, {"id": 9})),
                Route("GET", "/api/v1/users/search", lambda _: Answer(200, [{"id": 8, "email": "Bo@example.com"}])),
                *(Route("GET", f"/api/v1/{name}", lambda _, rows=rows: Answer(200, rows)) for name, rows in lists.items()),  # type: ignore[misc]
            ]
        )  # fmt: skip

    def _search(self, request: Request) -> Answer:
        other = {"id": 99, "number": f"9{request.query['query']}"}
        return Answer(200, [other, self.ticket])

    def _full(self, _: Request) -> Answer:
        state = self.ticket["state_id"]
        states = {str(state): {"id": state, "name": self.states[state]}}
        assets = {"Ticket": {"7": self.ticket}, "User": {"3": self.customer}, "TicketState": states}
        return Answer(200, {"id": 7, "assets": assets})

    def _add(self, request: Request) -> Answer:
        row = self.write(**request.content)
        row["created_at"] = self.ticket["updated_at"] = self.iso
        return Answer(201, row)

    def _keep(self, request: Request) -> Answer:
        self.draft = request.content
        return Answer(200, {"shared_draft_id": 1})

    def _drafted(self, _: Request) -> Answer:
        if not self.draft:
            return Answer(200, {"shared_draft_id": None, "assets": None})
        assets = {"TicketSharedDraftZoom": {"1": self.draft}}
        return Answer(200, {"shared_draft_id": 1, "assets": assets})

    def _tag(self, request: Request) -> Answer:
        self.tags = [*dict.fromkeys([*self.tags, request.content["item"]])]
        return Answer(201, True)  # noqa: FBT003 - JSON

    def _untag(self, request: Request) -> Answer:
        self.tags = [tag for tag in self.tags if tag != request.content["item"]]
        return Answer(200, True)  # noqa: FBT003 - JSON


class FakeChatwoot(Conversations):
    """Conversation 5 of account 1."""

    def __init__(self) -> None:
        sender = {"id": 3, "name": "Kim Lee", "email": "kim@example.com", "additional_attributes": {"company_name": "Acme"}}  # fmt: skip
        self.ticket = {
            "id": 5, "status": "open", "labels": ["vip"], "last_activity_at": int(_START.timestamp()), "custom_attributes": {"plan": "pro"},
            "additional_attributes": {"mail_subject": "Printer", "browser_language": "ja"}, "meta": {"sender": sender},
        }  # fmt: skip
        base = "/api/v1/accounts/1"
        one = f"{base}/conversations/5"
        super().__init__(
            [
                Route("GET", one, self._show),
                Route("GET", f"{one}/messages", lambda _: Answer(200, {"meta": {}, "payload": self.written})),
                Route("POST", f"{one}/messages", self._add),
                Route("POST", f"{one}/labels", lambda it: Answer(200, {"payload": self._set(labels=it.content["labels"])["labels"]})),
                Route("POST", f"{one}/toggle_status", self._toggle),
                Route("POST", f"{one}/toggle_priority", lambda it: Answer(200, self._set(**it.content) and None)),
                Route("POST", f"{one}/assignments", lambda it: Answer(200, self._set(**it.content) and {"id": 1, "name": "x"})),
                Route("GET", f"{base}/teams", lambda _: Answer(200, [{"id": 4, "name": "支援"}])),
                Route("GET", f"{base}/agents", lambda _: Answer(200, [{"id": 8, "email": "bo@example.com"}])),
                Route("GET", "/api/v1/profile", lambda _: Answer(200, {"id": 9})),
            ]
        )  # fmt: skip

    def _set(self, **keys: Any) -> Row:  # noqa: ANN401 - JSON
        self.ticket.update(keys)
        return self.ticket

    def _toggle(self, request: Request) -> Answer:
        self._set(status=request.content["status"])
        payload = {"success": True, "current_status": request.content["status"], "conversation_id": 5}  # fmt: skip
        return Answer(200, {"meta": {}, "payload": payload})

    def _add(self, request: Request) -> Answer:
        row = self.write(id=len(self.written) + 1, **{**request.content, "message_type": 1})
        row["created_at"] = self.ticket["last_activity_at"] = self.unix
        return Answer(200, row)


class FakeFreshdesk(Conversations):
    """Ticket 123."""

    def __init__(self) -> None:
        self.ticket = {
            "id": 123, "subject": "Printer", "status": 2, "priority": 1, "requester_id": 3, "company_id": 4, "tags": ["vip"],
            "custom_fields": {"cf_plan": "pro"}, "updated_at": "2026-11-01T09:00:00Z", "requester": {"id": 3, "name": "Kim Lee", "email": "kim@example.com"}, "company": {"id": 4, "name": "Acme"},
        }  # fmt: skip
        self.has_contact = True
        one = "/api/v2/tickets/123"
        super().__init__(
            [
                Route("GET", one, self._show),
                Route("PUT", one, self._change),
                Route("GET", "/api/v2/contacts/3", self._contact),
                Route("POST", f"{one}/reply", lambda it: self._add(it, private=False)),
                Route("POST", f"{one}/notes", lambda it: self._add(it, private=it.content["private"])),
                Route("GET", f"{one}/conversations", lambda _: Answer(200, self.written)),
                Route("GET", "/api/v2/groups", lambda _: Answer(200, [{"id": 2, "name": "支援"}])),
                Route("GET", "/api/v2/agents/me", lambda _: Answer(200, {"id": 9})),
                Route("GET", "/api/v2/agents", self._agents),
            ]
        )  # fmt: skip

    def _contact(self, _: Request) -> Answer:
        if not self.has_contact:
            raise Refused(404)
        return Answer(200, {"id": 3, "name": "Kim Lee", "language": "ja"})

    def _agents(self, request: Request) -> Answer:
        wanted = request.query["email"]
        return Answer(200, [{"id": 8, "ticket_scope": 1}] if wanted == "bo@example.com" else [])

    def _add(self, request: Request, *, private: bool) -> Answer:
        body = f"<div>{request.content['body']}</div>"
        row = self.write(id=len(self.written) + 1, body=body, private=private, incoming=False)
        row["created_at"] = self.ticket["updated_at"] = self.iso
        return Answer(201, row)


_FRONT_AUTHOR = {
    "_links": {}, "id": "tea_1", "email": "ada@example.com", "username": "ada", "first_name": "Ada", "last_name": "A", "license_type": "full",
    "is_admin": False, "is_available": True, "is_blocked": False, "type": "user", "custom_fields": {},
}  # fmt: skip


def _front_tag(number: int, name: str) -> Row:
    looks = {"description": None, "highlight": None, "is_private": False}
    return {"_links": {}, "id": f"tag_{number}", "name": name, **looks, "is_visible_in_conversation_lists": True}  # fmt: skip


class FakeFront(Conversations):
    """Conversation cnv_1, which Front archives with an answer unless it is told not to."""

    def __init__(self) -> None:
        self.ticket = {
            "id": "cnv_1", "subject": "Printer", "status": "assigned", "assignee": None, "recipient": {"_links": {}, "name": "Kim Lee", "handle": "kim@example.com", "role": "from"},
            "tags": [_front_tag(1, "vip")], "custom_fields": {"plan": "pro"},
            "_links": {}, "type": "conversation", "ticket_ids": [], "links": [], "is_private": False, "scheduled_reminders": [], "metadata": {},
        }  # fmt: skip
        one = "/conversations/cnv_1"
        super().__init__(
            [
                Route("GET", one, self._show),
                Route("PATCH", one, self._patch),
                *(Route("GET", f"{one}/{kind}", self._listing(kind)) for kind in ("messages", "comments", "drafts")),
                *(Route("POST", f"{one}/{kind}", self._adding(kind)) for kind in ("messages", "comments", "drafts")),
                Route("GET", f"{one}/inboxes", lambda _: Answer(200, _listed({"id": "inb_1"}))),
                Route("GET", "/inboxes/inb_1/channels", lambda _: Answer(200, _listed({"_links": {}, "id": "cha_1", "type": "smtp", "settings": {}, "is_private": False, "is_valid": True}))),
                Route("GET", "/tags", lambda _: Answer(200, _listed(_front_tag(1, "vip"), _front_tag(2, "refund")))),
            ]
        )  # fmt: skip

    def _listing(self, kind: str) -> Any:  # noqa: ANN401 - what a route does
        def act(_: Request) -> Answer:
            rows = [row for row in self.written if row["kind"] == kind]
            return Answer(200, _listed(*reversed(rows)))

        return act

    def _adding(self, kind: str) -> Any:  # noqa: ANN401 - likewise
        def act(request: Request) -> Answer:
            sent = request.content
            row = self.write(kind=kind, is_inbound=False, draft_mode=sent.get("mode"), **sent)
            row |= {"_links": {}, "id": f"msg_{len(self.written)}", "attachments": []}
            row |= {"author": _FRONT_AUTHOR, "is_pinned": False} if kind == "comments" else {}
            row["posted_at" if kind == "comments" else "created_at"] = float(self.unix)
            if kind == "messages" and sent.get("options", {}).get("archive", True):
                self.ticket["status"] = "archived"
            codes = {"messages": 202, "comments": 201, "drafts": 200}
            content = {"status": "accepted", "message_uid": "1"} if kind == "messages" else row
            return Answer(codes[kind], content)

        return act

    def _patch(self, request: Request) -> Answer:
        self.ticket.update(request.content)
        return Answer(204)
