"""Macros: what Zendesk takes, how it keeps it, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tests.desks.server import Answer, Request, Route
from tests.desks.zendesk.paging import page
from tests.desks.zendesk.rewriting import rewritten
from tests.desks.zendesk.store import Row, Store, invalid

MOST_ATTACHMENTS = 5
_USAGE = ("usage_1h", "usage_24h", "usage_7d", "usage_30d")
_CUSTOM = re.compile(r"custom_fields_([0-9]+)")
_KNOWN = frozenset(
    {
        "comment_value",
        "comment_value_html",
        "comment_mode_is_public",
        "subject",
        "status",
        "custom_status_id",
        "priority",
        "type",
        "assignee_id",
        "group_id",
        "set_tags",
        "current_tags",
        "remove_tags",
        "side_conversation",
        "side_conversation_slack",
        "side_conversation_ticket",
        "cc",
        "follower",
        "ticket_form_id",
        "brand_id",
        "locale_id",
        "attachments",
    }
)
_CHOICES = {
    "status": {"new", "open", "pending", "hold", "solved"},
    "priority": {"urgent", "high", "normal", "low"},
    "type": {"problem", "incident", "question", "task"},
}
_SORTED = {"created_at": "created_at", "updated_at": "updated_at", "alphabetical": "title", "position": "position"}  # fmt: skip


class Macros:
    """`uses` counts how often each was used, by its id, for the sideloads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.uses: dict[int, dict[str, int]] = {}

    @property
    def routes(self) -> list[Route]:
        return [
            Route("GET", "/api/v2/macros", self.listed),
            Route("GET", "/api/v2/macros/active", self.active),
            Route("GET", "/api/v2/macros/search", self.search),
            Route("GET", "/api/v2/macros/categories", self.categories),
            Route("POST", "/api/v2/macros", self.create),
            Route("DELETE", "/api/v2/macros/destroy_many", self.delete_many),
            Route("GET", "/api/v2/macros/{id}", self.show),
            Route("PUT", "/api/v2/macros/{id}", self.update),
            Route("DELETE", "/api/v2/macros/{id}", self.delete),
        ]

    @property
    def rows(self) -> list[Row]:
        return [*self.store.table("macros").values()]

    def listed(self, request: Request) -> Answer:
        query = request.query
        rows = [row for row in self.rows if _is_wanted(row, query)]
        key = _SORTED.get(query.get("sort_by", ""))
        if key:
            rows.sort(key=lambda row: row[key], reverse=query.get("sort_order") == "desc")
        return self._page(request, rows)

    def active(self, request: Request) -> Answer:
        return self._page(request, [row for row in self.rows if row["active"]])

    def search(self, request: Request) -> Answer:
        """Macros whose title has the words."""
        words = request.query.get("query", "").casefold()
        if not words:
            raise invalid("query", "query is required")
        return self._page(request, [row for row in self.rows if words in row["title"].casefold()])

    def categories(self, _: Request) -> Answer:
        names = {row["title"].partition("::")[0] for row in self.rows if "::" in row["title"]}
        return Answer(200, {"categories": sorted(names)})

    def show(self, request: Request) -> Answer:
        return Answer(200, {"macro": self._told(request, self._row(request))})

    def create(self, request: Request) -> Answer:
        sent = request.part("macro")
        if "title" not in sent or "actions" not in sent:
            raise invalid("title", "Title and actions are required")
        row = {"active": True, "restriction": None, "description": None, "position": len(self.rows) + 1}  # fmt: skip
        made = self.store.add("macros", {**row, **self._checked(sent), "default": False, "raw_title": ""})  # fmt: skip
        made["raw_title"] = made["title"]
        self._attach(made, sent)
        return Answer(201, {"macro": self._told(request, made)})

    def update(self, request: Request) -> Answer:
        """Change what is sent: a key that is left out stays as it is, `restriction: null` goes."""
        row, sent = self._row(request), request.part("macro")
        changes = self._checked(sent)
        self._attach(row, sent)
        self.store.change(row, changes)
        row["raw_title"] = row["title"]
        return Answer(200, {"macro": self._told(request, row)})

    def delete(self, request: Request) -> Answer:
        del self.store.table("macros")[self._row(request)["id"]]
        return Answer(204)

    def delete_many(self, request: Request) -> Answer:
        for number in request.query.get("ids", "").split(","):
            self.store.table("macros").pop(int(number), None)
        return Answer(204)

    def _row(self, request: Request) -> Row:
        return self.store.row("macros", request.number("id"))

    def _page(self, request: Request, rows: Sequence[Row]) -> Answer:
        return page(self.store, request, "macros", rows, lambda row: self._told(request, row))

    def _told(self, request: Request, row: Row) -> Row:
        wanted = request.query.get("include", "").split(",")
        uses = self.uses.get(row["id"], {})
        usage = {name: uses.get(name, 0) for name in _USAGE if name in wanted}
        shown = {key: value for key, value in row.items() if key != "attachment_ids"}
        return {"url": f"{self.store.address}/api/v2/macros/{row['id']}.json", **shown, **usage}

    def _checked(self, sent: Row) -> Row:
        """What a body changes; raises Refused for what can't be kept."""
        changes: Row = {key: sent[key] for key in ("active", "description", "position") if key in sent}  # fmt: skip
        if "title" in sent:
            if not isinstance(sent["title"], str) or not sent["title"].strip():
                raise invalid("title", "Title: cannot be blank")
            changes["title"] = sent["title"].strip()
        if "actions" in sent:
            changes["actions"] = self._actions(sent["actions"])
        if "restriction" in sent:
            changes["restriction"] = self._restriction(sent["restriction"])
        return changes

    def _restriction(self, sent: object) -> Row | None:
        if not sent:
            return None
        if not isinstance(sent, dict) or sent.get("type") not in {"Group", "User"}:
            raise invalid("restriction", "Restriction is not valid")
        ids = [*sent.get("ids", ()), *([sent["id"]] if "id" in sent and "ids" not in sent else ())]
        if not ids:
            raise invalid("restriction", "Restriction names no group")
        if sent["type"] == "Group" and any(one not in self.store.table("groups") for one in ids):
            raise invalid("restriction", "Group does not exist")
        kept = sorted(set(ids), reverse=self.store.rewrites)
        return {"type": sent["type"], "id": kept[0], "ids": kept}

    def _actions(self, sent: object) -> list[Row]:
        if not isinstance(sent, list) or not sent:
            raise invalid("actions", "Actions: cannot be empty")
        return [self._action(one) for one in sent]

    def _action(self, sent: object) -> Row:
        if not isinstance(sent, dict) or not isinstance(sent.get("field"), str):
            raise invalid("actions", "Action is not valid")
        name, value = sent["field"], sent.get("value")
        self._check_action(name, value)
        return {"field": name, "value": self._kept(name, value)}

    def _check_action(self, name: str, value: object) -> None:
        if found := _CUSTOM.fullmatch(name):
            known = self.store.table("ticket_fields").get(int(found[1]))
            if known is None or not known["active"]:
                raise invalid("actions", f"Ticket field {found[1]} is deactivated or deleted")
        elif name not in _KNOWN:
            raise invalid("actions", f"Action {name} is not valid")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise invalid("actions", f"{value} is not a value of {name}")
        if name == "group_id" and str(value) not in self._groups():
            raise invalid("actions", f"Group {value} does not exist")
        if name == "custom_status_id" and not self._has_status(value):
            raise invalid("actions", f"Status {value} is not active")

    def _groups(self) -> set[str]:
        return {"", "current_groups", *map(str, self.store.table("groups"))}

    def _has_status(self, value: object) -> bool:
        row = self.store.table("custom_statuses").get(int(str(value) or 0))
        return row is not None and bool(row["active"])

    def _kept(self, name: str, value: Any) -> object:  # noqa: ANN401 - JSON
        """A value as Zendesk keeps it: tags as one text in their order, HTML as it writes it."""
        if not self.store.rewrites:
            return value
        if name in {"set_tags", "current_tags", "remove_tags"}:
            tags = value if isinstance(value, list) else str(value).split()
            return " ".join(sorted({str(tag).casefold() for tag in tags}))
        if name == "comment_value_html":
            return rewritten(value) if isinstance(value, str) else value
        return str(value).lower() if isinstance(value, bool) else value

    def _attach(self, row: Row, sent: Row) -> None:
        """Tie files to a macro: those that it has stay, whatever is sent."""
        wanted = sent.get("attachments")
        if wanted is None:
            return
        files = self.store.table("macro_attachments")
        mine = [one["id"] for one in files.values() if one["macro_id"] == row["id"]]
        new = [one for one in wanted if one not in mine]
        if any(one not in files or files[one]["macro_id"] is not None for one in new):
            raise invalid("attachments", "Attachment does not exist or is in use")
        if len(mine) + len(new) > MOST_ATTACHMENTS:
            raise invalid("attachments", f"A macro has at most {MOST_ATTACHMENTS} attachments")
        for one in new:
            files[one]["macro_id"] = row["id"]


def _is_wanted(row: Row, query: object) -> bool:
    assert isinstance(query, dict)
    if "active" in query and row["active"] != (query["active"] == "true"):
        return False
    if "group_id" in query:
        return int(query["group_id"]) in ((row["restriction"] or {}).get("ids", ()))
    if "category" in query:
        return bool(row["title"].startswith(query["category"] + "::"))
    return query.get("access") != "personal" or (row["restriction"] or {}).get("type") == "User"
