"""Tickets of an account: their fields, their comments, and who is in them."""

from __future__ import annotations

import re

from tests.desks.server import Answer, Refused, Request, Route
from tests.desks.zendesk.account import Account
from tests.desks.zendesk.rewriting import rewritten
from tests.desks.zendesk.store import Row, Store, invalid

# Zendesk fills in what an agent writes, but for code.
_PLACEHOLDER = re.compile(r"<(?:code|pre)>.*?</(?:code|pre)>|\{\{.*?\}\}", re.DOTALL)
_PLAIN = ("status", "priority", "type", "assignee_id", "group_id", "tags", "subject", "custom_status_id")  # fmt: skip
_STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
_CONFLICT = {
    "error": "UpdateConflict",
    "description": "Safe Update prevented the update due to outdated ticket data.",
}


class Tickets:
    """`add` makes a ticket, with its requester. `comments` are those of one, the oldest first."""

    def __init__(self, store: Store, account: Account) -> None:
        self.store, self._account = store, account

    @property
    def routes(self) -> list[Route]:
        return [
            Route("GET", "/api/v2/tickets/{id}", self._show),
            Route("PUT", "/api/v2/tickets/{id}", self._update),
            Route("GET", "/api/v2/tickets/{id}/comments", self._listed),
            Route("GET", "/api/v2/users/search", self._search),
        ]

    def add(self, subject: str = "Help", requester: Row | None = None, **keys: object) -> int:
        company = self.store.add("organizations", {"name": "Acme"})
        person = {"name": "Kim Lee", "email": "kim@example.com", "locale": "en-US", "role": "end-user", "organization_id": company["id"]}  # fmt: skip
        user = self.store.add("users", {**person, **(requester or {})})
        row = {
            "subject": subject, "description": "I can't log in.", "status": "open", "priority": None, "type": None,
            "requester_id": user["id"], "submitter_id": user["id"], "assignee_id": None, "group_id": None,
            "organization_id": company["id"], "tags": [], "custom_fields": [], "via": {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}},
        }  # fmt: skip
        number: int = self.store.add("tickets", {**row, **keys})["id"]
        return number

    def change(self, number: int, **keys: object) -> None:
        """What somebody else does meanwhile."""
        self.store.change(self.store.row("tickets", number), keys)

    def comments(self, number: int) -> list[Row]:
        return [one for one in self.store.table("comments").values() if one["ticket_id"] == number]

    def _told(self, row: Row) -> Row:
        return {"url": f"{self.store.address}/api/v2/tickets/{row['id']}.json", **row}

    def _show(self, request: Request) -> Answer:
        row = self.store.row("tickets", request.number("id"))
        content: Row = {"ticket": self._told(row)}
        for name in request.query.get("include", "").split(","):
            if name in {"users", "groups", "organizations"}:
                keys = ("requester_id", "submitter_id", "assignee_id", "group_id", "organization_id")  # fmt: skip
                table = self.store.table(name)
                wanted = dict.fromkeys(row[key] for key in keys if row[key] in table)
                content[name] = [table[number] for number in wanted]
        return Answer(200, content)

    def _update(self, request: Request) -> Answer:
        row, sent = self.store.row("tickets", request.number("id")), request.part("ticket")
        if sent.get("safe_update") and sent.get("updated_stamp") != row["updated_at"]:
            raise Refused(409, _CONFLICT)
        if row["status"] == "closed":
            raise invalid("status", "Status: closed prevents ticket update")
        if sent.get("status", "open") not in _STATUSES:
            raise invalid("status", f"Status: {sent['status']} is not valid")
        fields = {one["id"]: one for one in [*row["custom_fields"], *sent.get("custom_fields", ())]}
        changes = {key: sent[key] for key in _PLAIN if key in sent}
        self.store.change(row, {**changes, "custom_fields": [*fields.values()]})
        if comment := sent.get("comment"):
            self._comment(row["id"], comment, sent.get("metadata") or {})
        return Answer(200, {"ticket": self._told(row), "audit": {"ticket_id": row["id"]}})

    def _comment(self, ticket: int, sent: Row, metadata: Row) -> None:
        html = sent.get("html_body") or f"<p>{sent['body']}</p>"
        filled = _PLACEHOLDER.sub(_filled, html)
        row = self.store.add("comments", {
            "type": "Comment", "ticket_id": ticket, "author_id": self._account.agent["id"], "public": sent.get("public", True),
            "html_body": f'<div class="zd-comment" dir="auto">{rewritten(filled)}</div>', "body": filled, "metadata": {"system": {}, "custom": metadata},
        })  # fmt: skip
        row.pop("updated_at")

    def _listed(self, request: Request) -> Answer:
        self.store.row("tickets", request.number("id"))
        rows = self.comments(request.number("id"))
        if request.query.get("sort", "") == "-created_at":
            rows.reverse()
        meta = {"has_more": False, "after_cursor": None, "before_cursor": None}
        return Answer(200, {"comments": rows, "meta": meta, "links": {"next": None, "prev": None}})

    def _search(self, request: Request) -> Answer:
        wanted = request.query.get("query", "").removeprefix("email:").strip('"')
        users = [one for one in self.store.table("users").values() if one["email"] == wanted]
        return Answer(200, {"users": users, "count": len(users), "next_page": None})


def _filled(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<") else "(filled in)"
