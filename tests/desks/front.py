"""A Front on loopback: message templates, their folders, and inboxes."""

from __future__ import annotations

from collections.abc import Sequence

from tests.desks.rows import Row, Rows
from tests.desks.server import Answer, DeskServer, Refused, Request

_KEYS = frozenset({"body", "folder_id", "inbox_ids", "name", "subject"})


class FakeFront(DeskServer):
    """Lists have pages of `size`, each of which tells the address of the next one."""

    def __init__(self, size: int = 50) -> None:
        self.size = size
        self.folders = Rows(("name",), _folder, lambda number: f"rsf_{number}", "")
        self.templates = Rows(("name", "body"), self._template, lambda number: f"rsp_{number}", "")
        self.inboxes = Rows(id_of=lambda number: f"inb_{number}")
        self.inboxes.add(name="Support")
        routes = [
            *self.templates.routes("/message_templates", self._page, "PATCH"),
            *self.folders.routes("/message_template_folders", self._page, "PATCH"),
            *self.inboxes.routes("/inboxes", self._page),
        ]
        super().__init__(routes, _nothing)

    def _page(self, rows: Sequence[Row], request: Request) -> Answer:
        begin = int(request.query.get("page_token", 0))
        end = begin + self.size
        path = f"https://acme.api.frontapp.com{request.path}?page_token={end}"
        following = path if end < len(rows) else None
        return Answer(200, {"_pagination": {"next": following}, "_results": [*rows[begin:end]]})

    def _template(self, row: Row) -> Row:
        known = {"id", "stamps", "updated_at", "attachments", "_links"}
        if unknown := row.keys() - _KEYS - known - {"is_available_for_all_inboxes"}:
            raise Refused(400, {"_error": {"title": f"{min(unknown)} is unknown"}})
        if row.get("inbox_ids") == []:
            raise Refused(400, {"_error": {"title": "inbox_ids should be non-empty"}})
        if folder := row.get("folder_id"):
            self.folders.find(folder)
        return {
            "attachments": [],
            "inbox_ids": None,
            "is_available_for_all_inboxes": not row.get("inbox_ids"),
            "subject": None,
            **row,
            "_links": _links(row.get("folder_id")),
            "updated_at": _time(row),
        }


def _folder(row: Row) -> Row:
    return {**row, "_links": _links(row.get("parent_folder_id")), "updated_at": _time(row)}


def _time(row: Row) -> float:
    return 1767225600.5 + 60 * int(row.get("stamps", 0))


def _links(parent: object) -> Row:
    address = f"https://acme.api.frontapp.com/message_template_folders/{parent}"
    return {"related": {"owner": None, "parent_folder": address if parent else None}}


def _nothing(_: Request) -> None:
    """Whoever asks may."""
