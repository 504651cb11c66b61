"""Tickets: told with what stands beside them, and answered once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from html import escape

from tests.desks.server import Answer, Refused, Request, Route
from tests.desks.zendesk.apply import text_of
from tests.desks.zendesk.paging import page
from tests.desks.zendesk.rewriting import rewritten
from tests.desks.zendesk.store import Row, Store, invalid

_CHANGED = frozenset({"subject", "status", "priority", "type", "group_id", "assignee_id", "organization_id", "tags", "custom_status_id", "external_id", "brand_id", "ticket_form_id"})  # fmt: skip
_STATUSES = frozenset({"new", "open", "pending", "hold", "solved", "closed"})
_UPDATES, _SECONDS = 30, 600  # of one ticket by one person
_KEY_LIVES = 7200
# Zendesk fills in what an agent writes, but for code.
_PLACEHOLDER = re.compile(r"<(?:code|pre)>.*?</(?:code|pre)>|\{\{.*?\}\}", re.DOTALL)
_PERSON = {"name": "Kim Lee", "email": "kim@example.com", "locale": "en-US", "role": "end-user"}
_NEW: Row = {"description": "I can't log in.", "status": "open", "priority": None, "type": None, "group_id": None, "assignee_id": None, "organization_id": None, "tags": [], "custom_status_id": None, "external_id": None, "via": {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}}}  # fmt: skip


class Tickets:
    """`add` makes one; its comments are in the table `comments`."""

    def __init__(self, store: Store, agent: Row) -> None:
        self.store = store
        self._agent = agent
        self._updates: dict[int, list[datetime]] = {}
        self._keys: dict[str, tuple[datetime, bytes, Answer]] = {}

    @property
    def routes(self) -> list[Route]:
        return [
            Route("POST", "/api/v2/tickets", self.create),
            Route("GET", "/api/v2/tickets/{id}", self.show),
            Route("PUT", "/api/v2/tickets/{id}", self.update),
            Route("GET", "/api/v2/users/search", self.search),
            Route("GET", "/api/v2/tickets/{id}/comments", self.listed),
        ]

    def add(self, subject: str = "Help", requester: Row | None = None, **keys: object) -> int:
        """A new ticket of a new requester, without comments."""
        company = self.store.add("organizations", {"name": "Acme"})["id"]
        person = {**_PERSON, "organization_id": company, **(requester or {})}
        user = self.store.add("users", person)["id"]
        whose = {"requester_id": user, "submitter_id": user, "organization_id": company}
        row = {**_NEW, "subject": subject, "raw_subject": subject, "custom_fields": [], **whose}
        number: int = self.store.add("tickets", {**row, **keys})["id"]
        return number

    def change(self, number: int, **keys: object) -> None:
        """What somebody else does meanwhile."""
        self.store.change(self.store.row("tickets", number), keys)

    def comments(self, number: int) -> list[Row]:
        """Those of a ticket, the oldest first."""
        return [one for one in self.store.table("comments").values() if one["ticket_id"] == number]

    def create(self, request: Request) -> Answer:
        """A new ticket; with an Idempotency-Key, once in two hours."""
        key = request.headers.get("idempotency-key", "")
        if key and (known := self._known(key, request)):
            return known
        sent = request.part("ticket")
        row = self.store.row("tickets", self.add(str(sent.get("subject", ""))))
        self._add_comment(row, sent.get("comment") or {}, {})
        answer = Answer(201, {"ticket": self._told(row)})
        if not key:
            return answer
        self._keys[key] = (self.store.time, request.data, answer)
        return answer._replace(headers={"X-Idempotency-Lookup": "miss"})

    def _known(self, key: str, request: Request) -> Answer | None:
        if key not in self._keys:
            return None
        time, data, answer = self._keys[key]
        if (self.store.time - time).total_seconds() > _KEY_LIVES:
            return None
        if json.loads(data) != request.content:
            text = "Request parameters don't match the given idempotency key"
            raise Refused(400, {"error": "IdempotentRequestError", "description": text})
        return answer._replace(headers={"X-Idempotency-Lookup": "hit"})

    def show(self, request: Request) -> Answer:
        row = self.store.row("tickets", request.number("id"))
        wanted = request.query.get("include", "").split(",")
        beside = {name: rows for name, rows in self._beside(row).items() if name in wanted}
        return Answer(200, {"ticket": self._told(row), **beside})

    def update(self, request: Request) -> Answer:
        """Change a ticket; the Idempotency-Key of a new one means nothing here."""
        row, sent = self.store.row("tickets", request.number("id")), request.part("ticket")
        self._check(row, sent)
        self._count(row["id"])
        changes: Row = {key: sent[key] for key in _CHANGED & set(sent)}
        if "tags" in changes:
            changes["tags"] = sorted({str(tag).casefold() for tag in changes["tags"]})
        if "custom_fields" in sent:
            changes["custom_fields"] = self._fields(row, sent["custom_fields"])
        self.store.change(row, changes)
        if comment := sent.get("comment"):
            self._add_comment(row, comment, sent.get("metadata") or {})
        audit = {"id": row["id"] + 1, "ticket_id": row["id"], "events": [], "author_id": self._agent["id"], "created_at": self.store.now}  # fmt: skip
        return Answer(200, {"ticket": self._told(row), "audit": audit})

    def listed(self, request: Request) -> Answer:
        number = self.store.row("tickets", request.number("id"))["id"]
        rows = [_shown(one) for one in self.comments(number)]
        if request.query.get("sort") == "-created_at" or request.query.get("sort_order") == "desc":
            rows.reverse()
        return page(self.store, request, "comments", rows, in_order=True)

    def search(self, request: Request) -> Answer:
        """Users by their address."""
        wanted = request.query.get("query", "").removeprefix("email:").strip('"')
        users = [one for one in self.store.table("users").values() if one["email"] == wanted]
        return page(self.store, request, "users", users)

    def _check(self, row: Row, sent: Row) -> None:
        if row["status"] == "closed":
            raise invalid("status", "Status: closed prevents ticket update")
        if sent.get("status", "open") not in _STATUSES:
            raise invalid("status", "Status: is not valid")
        if sent.get("safe_update") and self._is_outdated(row, str(sent.get("updated_stamp", ""))):
            text = "Safe Update prevented the update due to outdated ticket data."
            raise Refused(409, {"error": "UpdateConflict", "description": text})

    def _is_outdated(self, row: Row, stamp: str) -> bool:
        if not stamp:
            raise Refused(400, {"error": "BadRequest", "description": "updated_stamp is missing"})
        return str(row["updated_at"]) > stamp

    def _count(self, number: int) -> None:
        """At most 30 updates of a ticket in ten minutes."""
        now = self.store.time
        lately = [one for one in self._updates.get(number, []) if (now - one).total_seconds() < _SECONDS]  # fmt: skip
        if len(lately) >= _UPDATES:
            raise Refused(429, {"error": "TooManyRequests"}, {"Retry-After": str(_SECONDS)})
        self._updates[number] = [*lately, now]

    def _fields(self, row: Row, sent: Iterable[Row]) -> list[Row]:
        values = {one["id"]: one["value"] for one in row["custom_fields"]}
        values |= {int(one["id"]): one.get("value") for one in sent}
        return [{"id": number, "value": value} for number, value in sorted(values.items())]

    def _add_comment(self, row: Row, sent: Row, metadata: Row) -> None:
        html = sent.get("html_body")
        if not html and not sent.get("body"):
            raise invalid("comment", "Comment: cannot be blank")
        kept = rewritten(_PLACEHOLDER.sub(_filled, html or f"<p>{escape(str(sent['body']))}</p>"))
        body = text_of(kept)
        comment = {
            "ticket_id": row["id"],
            "type": "Comment",
            "author_id": sent.get("author_id", self._agent["id"]),
            "body": body,
            "html_body": f'<div class="zd-comment" dir="auto">{kept}</div>',
            "plain_body": body,
            "public": sent.get("public", True),
            "attachments": [],
            "metadata": {"system": {"client": "python"}, "custom": metadata},
        }
        self.store.add("comments", comment)

    def _told(self, row: Row) -> Row:
        address = f"{self.store.address}/api/v2/tickets/{row['id']}.json"
        return {"url": address, **row, "fields": row["custom_fields"]}

    def _beside(self, row: Row) -> dict[str, list[Row]]:
        named = {
            "users": ("requester_id", "assignee_id", "submitter_id"),
            "organizations": ("organization_id",),
            "groups": ("group_id",),
        }
        return {name: self._named(name, [row[key] for key in keys]) for name, keys in named.items()}

    def _named(self, table: str, numbers: Iterable[int | None]) -> list[Row]:
        rows = self.store.table(table)
        return [rows[one] for one in dict.fromkeys(numbers) if one in rows]


def _shown(comment: Row) -> Row:
    return {key: value for key, value in comment.items() if key not in {"ticket_id", "updated_at"}}


def _filled(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<") else "(filled in)"
