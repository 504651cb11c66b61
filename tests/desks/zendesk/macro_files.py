"""Files of macros: uploaded first, tied to a macro later; none can be changed or removed."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import NamedTuple

from tests.desks.server import Answer, Request, Route
from tests.desks.zendesk.macros import MOST_ATTACHMENTS
from tests.desks.zendesk.store import Row, Store, invalid

_LIVES = 3600  # seconds after which a file that no macro has is purged


class Upload(NamedTuple):
    name: str
    content_type: str
    data: bytes


class MacroFiles:
    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def routes(self) -> list[Route]:
        return [
            Route("POST", "/api/v2/macros/attachments", self.upload),
            Route("GET", "/api/v2/macros/attachments/{id}", self.show),
            Route("GET", "/api/v2/macros/attachments/{id}/content", self.content),
            Route("GET", "/api/v2/macros/{id}/attachments", self.listed),
            Route("POST", "/api/v2/macros/{id}/attachments", self.attach),
        ]

    def upload(self, request: Request) -> Answer:
        return Answer(201, {"macro_attachment": self._told(self._kept(request, None))})

    def attach(self, request: Request) -> Answer:
        macro = self.store.row("macros", request.number("id"))["id"]
        if len(self._of(macro)) >= MOST_ATTACHMENTS:
            raise invalid("attachments", f"A macro has at most {MOST_ATTACHMENTS} attachments")
        return Answer(201, {"macro_attachment": self._told(self._kept(request, macro))})

    def listed(self, request: Request) -> Answer:
        found = self._of(self.store.row("macros", request.number("id"))["id"])
        if self.store.rewrites:
            found.reverse()
        return Answer(200, {"macro_attachments": [self._told(row) for row in found]})

    def show(self, request: Request) -> Answer:
        return Answer(200, {"macro_attachment": self._told(self._row(request))})

    def content(self, request: Request) -> Answer:
        return Answer(200, self._row(request)["data"])

    def purge(self) -> None:
        """Forget the files that no macro has, as Zendesk does after a while."""
        files = self.store.table("macro_attachments")
        for number in [number for number, row in files.items() if row["macro_id"] is None]:
            del files[number]

    def _row(self, request: Request) -> Row:
        return self.store.row("macro_attachments", request.number("id"))

    def _of(self, macro: int) -> list[Row]:
        files = self.store.table("macro_attachments").values()
        return [row for row in files if row["macro_id"] == macro]

    def _kept(self, request: Request, macro: int | None) -> Row:
        upload = uploaded(request, "attachment")
        row = {"filename": upload.name, "content_type": upload.content_type, "data": upload.data}
        return self.store.add("macro_attachments", {**row, "size": len(upload.data), "macro_id": macro})  # fmt: skip

    def _told(self, row: Row) -> Row:
        here = f"{self.store.address}/api/v2/macros/attachments/{row['id']}"
        told = {key: row[key] for key in ("id", "filename", "content_type", "size", "created_at")}
        return {"url": f"{here}.json", **told, "content_url": f"{here}/content"}


def uploaded(request: Request, field: str) -> Upload:
    """The file of a form's field; raises Refused without one."""
    part = form_parts(request).get(field)
    name = part.get_filename() if part else None
    if part is None or not name:
        raise invalid(field, "No file was sent")
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return Upload(name, part.get_content_type(), data)


def form_parts(request: Request) -> dict[str, Message]:
    """The parts of a multipart body by the names of their fields."""
    head = f"Content-Type: {request.headers.get('content-type', '')}\r\n\r\n".encode()
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + request.data)
    if not message.is_multipart():
        raise invalid("attachment", "The body is no form")
    parts: dict[str, Message] = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        parts[str(name)] = part
    return parts
