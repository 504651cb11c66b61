"""A Request Tracker in this process that is asked for its history, as far as a page goes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from cannery.rest.client import Reply
from tests.desks.rt.fake import FakeRt, Row

_WANTED = re.compile(r"id = ([0-9]+)")
_PER_PAGE = 100


class HistoryRt(FakeRt):
    """`most` rows are on a page, at most."""

    most = _PER_PAGE

    def answer(
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401 - JSON
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        if path.endswith("/transactions"):
            return self._transactions(query or {})
        if path.endswith("/tickets"):
            return self._tickets(query or {})
        return super().answer(method, path, body, query, headers)

    def _transactions(self, query: Mapping[str, str | int]) -> Reply:
        wanted = {one["field"]: one for one in json.loads(str(query["query"]))}
        assert wanted["id"]["operator"] == ">"
        rows = [
            {
                "Field": "", "OldValue": "", "NewValue": "", **row, "type": "transaction", "id": str(row["id"]),
                "ObjectType": "RT::Ticket", "ObjectId": str(row["ticket"]),
                "Creator": {"id": row.get("by", "root"), "type": "user"},
            }
            for row in self.tables["transaction"].values() if row["id"] > int(wanted["id"]["value"])
        ]  # fmt: skip
        return self._paged(rows, query)

    def _tickets(self, query: Mapping[str, str | int]) -> Reply:
        """Those that a query names; one that is deleted or merged is found by none."""
        ids = {int(number) for number in _WANTED.findall(str(query["query"]))}
        rows = [
            {
                **self._shown(row, "ticket"), "type": "ticket", "id": str(row["id"]), "EffectiveId": str(row["id"]),
                "Requestor": [{"id": row["Requestor"], "type": "user"}],
            }
            for row in self.tables["ticket"].values() if row["id"] in ids and row["Status"] != "deleted"
        ]  # fmt: skip
        return self._paged(rows, query)

    def _paged(self, rows: list[Row], query: Mapping[str, str | int]) -> Reply:
        size, page = min(int(query["per_page"]), self.most), int(query.get("page", 1))
        found = rows[(page - 1) * size : page * size]
        content = {"items": found, "count": len(found), "total": len(rows), "page": page}
        return Reply(200, {**content, "pages": -(-len(rows) // size)}, {})
