"""What our own code needs of Request Tracker, in this process: each test of it runs on both.

Only `test_tickets.py` and `test_articles.py` say what is true: with `-m long` they ask a real one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cannery.rest.client import Reply, RestError

Row = dict[str, Any]
_API = "/REST/2.0/"
_STATUSES = ("new", "open", "stalled", "resolved", "rejected", "deleted")
_TABLES = ("user", "queue", "class", "ticket", "article", "transaction", "attachment")
_REFERENCES = {"Class": "class", "Queue": "queue", "Owner": "user"}


@dataclass
class FakeRt:
    """A server that keeps what it is sent."""

    address: str = "https://rt.example"
    tables: dict[str, dict[int, Row]] = field(default_factory=lambda: {one: {} for one in _TABLES})
    fields: dict[str, list[str]] = field(default_factory=dict)  # of the tickets of a queue
    texts: dict[str, str] = field(default_factory=lambda: {"Content": "Text"})  # of articles
    clock: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self._add("user", {"Name": "root", "RealName": "Enoch Root"})
        self._add("user", {"Name": "Nobody"})
        self._add("queue", {"Name": "General"})
        self._add("class", {"Name": "General"})

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        parts = urlsplit(path)
        return self.answer(
            method, f"{_API}{parts.path}", body, dict(parse_qsl(parts.query))
        ).content

    def add_custom_field(self, name: str, queue: str) -> None:
        self.fields.setdefault(queue, []).append(name)

    def add_text_field(self, name: str, type_: str) -> None:
        self.texts[name] = type_

    def answer(
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401 - JSON
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        kind, _, rest = path.removeprefix(_API).partition("/")
        key, _, act = rest.partition("/")
        if kind == "customfield":
            return Reply(200, {"Type": [*self.texts.values()][int(key) - 1]}, {})
        if lists := {"users": "user", "articles": "article"}.get(kind):
            rows = [*self.tables[lists].values()] if (query or {}).get("query") else []
            return self._page(rows, lists, query or {})
        if not key:
            return self._created(kind, body)
        row = self._found(kind, unquote(key))
        if method == "PUT":
            return self._put(row, kind, act, body, headers or {})
        return self._acted(row, kind, act, body, query or {})

    def _acted(
        self,
        row: Row,
        kind: str,
        act: str,
        body: Row,
        query: Mapping[str, Any],
    ) -> Reply:
        if act in ("history", "attachments"):
            return self._beside(row, kind, act, query)
        if act:
            self._say(row, act.capitalize(), body)
            return Reply(201, ["Message added"], {})
        return Reply(200, self._shown(row, kind), {"etag": f'"{row["stamp"]}"'})

    def _add(self, kind: str, row: Row) -> Row:
        now = next(self.clock)
        row |= {"id": now, "stamp": now, "LastUpdated": _time(now), "Created": _time(now)}
        self.tables[kind][now] = row
        return row

    def _found(self, kind: str, key: str) -> Row:
        rows = self.tables[kind]
        by_number = rows.get(int(key)) if key.isdigit() else None
        row = by_number or next((one for one in rows.values() if one.get("Name") == key), None)
        if row is None:
            raise RestError("rt.example returned an error (404)", "", HTTPStatus.NOT_FOUND)
        return row

    def _created(self, kind: str, body: Row) -> Reply:
        row = {"Disabled": "0", **body}
        if kind == "article":
            row = {"Summary": "", "Class": "", **row, "text": body.get("CustomFields", {})}
            if self._is_taken(row):
                raise RestError("Create failed for unknown reason", "", HTTPStatus.BAD_REQUEST)
        if kind == "ticket":
            row = {"Status": "new", "Priority": "0", "Owner": "Nobody", "values": {}, **row}
        row = self._add(kind, row)
        if kind == "ticket":
            self._say(row, "Create", {"Content": body.get("Content"), "ContentType": "text/plain"})
        return Reply(201, {"id": str(row["id"]), "type": kind}, {})

    def _is_taken(self, row: Row) -> bool:
        mine = (row["Name"], row["Class"])
        others = self.tables["article"].values()
        return any((o["Name"], o["Class"]) == mine and o["id"] != row.get("id") for o in others)

    def _say(self, ticket: Row, type_: str, message: Row) -> None:
        said = self._add("transaction", {"Type": type_, "ticket": ticket["id"]})
        text = {"Content": message["Content"], "ContentType": message["ContentType"]}
        self._add("attachment", {**text, "ticket": ticket["id"], "transaction": said["id"]})
        ticket["LastUpdated"] = said["Created"]
        if type_ == "Correspond" and ticket["Status"] == "new":
            ticket["Status"] = "open"
            self._changed(ticket, "Status", Field="Status", OldValue="new", NewValue="open")

    def _changed(self, ticket: Row, type_: str, **said: str) -> None:
        self._add("transaction", {"Type": type_, "ticket": ticket["id"], **said})

    def _beside(self, row: Row, kind: str, act: str, query: Mapping[str, Any]) -> Reply:
        table = "transaction" if act == "history" else "attachment"
        rows = [one for one in self.tables[table].values() if one.get(kind) == row["id"]]
        return self._page(rows, table, query)

    def _page(self, rows: list[Row], table: str, query: Mapping[str, Any]) -> Reply:
        chosen: dict[str, list[str]] = {}
        for one in json.loads(query.get("query", "[]")):
            chosen.setdefault(one["field"], []).append(one["value"])
        rows = [row for row in rows if all(str(row.get(k)) in v for k, v in chosen.items())]
        if not query.get("find_disabled_rows"):
            rows = [row for row in rows if str(row.get("Disabled", 0)) == "0"]
        rows.sort(key=lambda row: row["id"], reverse=query.get("order") == "DESC")
        size, page = int(query.get("per_page", 20)), int(query.get("page", 1))
        items = [self._shown(row, table) for row in rows[(page - 1) * size : page * size]]
        return Reply(
            200,
            {"items": items, "pages": None if table == "article" else -(-len(rows) // size)},
            {},
        )

    def _put(self, row: Row, kind: str, act: str, body: Row, headers: Mapping[str, str]) -> Reply:
        if headers.get("If-Match", f'"{row["stamp"]}"') != f'"{row["stamp"]}"':
            raise RestError("Precondition Failed", "", HTTPStatus.PRECONDITION_FAILED)
        changed = {**row, **body}
        if act in ("take", "steal"):
            changed["Owner"] = "root"
        if kind == "article":
            changed["text"] = {**row["text"], **body.get("CustomFields", {})}
            if self._is_taken(changed):
                changed["Name"] = row["Name"]
        elif "CustomFields" in body:
            changed["values"] = {**row["values"], **body["CustomFields"]}
        changed["Disabled"] = str(changed["Disabled"])
        if body.get("Status", row.get("Status")) != row.get("Status"):
            before, after = row["Status"], body["Status"]
            self._changed(row, "Status", Field="Status", OldValue=before, NewValue=after)
        if act in ("take", "steal") or body.get("Owner", row.get("Owner")) != row.get("Owner"):
            for kind_ in ("Set", "SetWatcher"):
                self._changed(row, kind_, Field="Owner", OldValue="6", NewValue="14")
        if changed != row:
            row |= {**changed, "stamp": next(self.clock)}
        return Reply(200, ["in the user's language"], {})

    def _shown(self, row: Row, kind: str) -> Row:
        shown = {key: one for key, one in row.items() if key not in ("stamp", "text", "values")}
        for name in [name for name in _REFERENCES if name in shown]:
            shown[name] = self._reference(_REFERENCES[name], shown[name])
        if kind == "class":
            names = enumerate(self.texts, 1)
            shown["ArticleCustomFields"] = [{"id": str(at), "name": name} for at, name in names]
        if kind == "article":
            shown["CustomFields"] = _values(self.texts, row["text"])
        if kind == "ticket":
            shown |= self._of_ticket(row)
        return shown

    def _of_ticket(self, row: Row) -> Row:
        asking = next(
            one["Name"] for one in self.tables["user"].values()
            if row["Requestor"] in (one["Name"], one.get("EmailAddress"))
        )  # fmt: skip
        names = self.fields.get(row["Queue"], [])
        return {
            "Requestor": [self._reference("user", asking)],
            "EffectiveId": {
                "id": str(row["id"]),
                "_url": f"{self.address}{_API}ticket/{row['id']}",
            },
            "CustomFields": _values(names, row["values"]),
            "_hyperlinks": [
                {"ref": "lifecycle", "to": one} for one in _STATUSES if one != row["Status"]
            ],
        }

    def _reference(self, kind: str, key: object) -> Row:
        found = self._found(kind, str(key))
        number = found["Name"] if kind == "user" else str(found["id"])
        return {"id": number, "type": kind, "Name": found["Name"]}


class FakeClient:
    """`rest.client.Client` for a fake server."""

    def __init__(self, fake: FakeRt) -> None:
        self._fake = fake

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        return self._fake.answer(method, path, body, query, headers)


def _values(names: Iterable[str], values: Mapping[str, str]) -> list[Row]:
    return [{"name": one, "values": [values[one]] if values.get(one) else []} for one in names]


def _time(now: int) -> str:
    return f"2026-11-26T05:{now // 60:02}:{now % 60:02}Z"
