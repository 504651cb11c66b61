"""Gorgias' macros, as `GET /api/macros` answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cannery.exchange.desk_files import DeskFormat, Json, read_desk, recognizes
from cannery.exchange.desk_reply import NO_ACTION, DeskReply
from cannery.exchange.format import Format
from cannery.exchange.placeholders.gorgias import DIALECT
from cannery.exchange.source import SourceFile
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.location import Status

_TEXTS = {"setResponseText": "reply", "addInternalNote": "note"}
_SAME = {"setStatus": "status", "setPriority": "priority"}
_LOST = {
    "addAttachments": "a file that is attached",
    "setAssignee": "a person or a team that only Gorgias knows",
    "setTeamAssignee": "a person or a team that only Gorgias knows",
    "snoozeTicket": "when the ticket comes back",
    "http": "a request to another program",
}


def is_reply(record: Json) -> bool:
    actions = record.get("actions")
    if not isinstance(record.get("name"), str) or not isinstance(actions, list) or not actions:
        return False
    return all(isinstance(one, dict) and "name" in one and "arguments" in one for one in actions)


def replies(reading: DeskReply) -> Sequence[CannedReply]:
    texts: dict[str, str] = {}
    ours: dict[str, object] = {}
    for action in reading.items("actions"):
        if isinstance(action, dict):
            _read(reading, action, texts, ours)
    if "note" in texts and "reply" in texts:
        reading.lose("addInternalNote", "a note beside the reply")
    elif "note" in texts:
        ours["public"] = False
    body = texts.get("reply") or texts.get("note") or ""
    is_archived = bool(reading.record.get("archived_datetime"))
    record = reading.text("external_id") or reading.text("id")
    status = Status.RETIRED if is_archived else Status.PUBLISHED
    reply = reading.made(reading.title("name"), body, record, status)
    language, subject = reading.title("language"), texts.get("subject", "")
    return [replace(reply, language=language, subject=subject, actions=ours)]


def _read(reading: DeskReply, action: Json, texts: dict[str, str], ours: dict[str, object]) -> None:
    name, given = str(action.get("name")), action.get("arguments")
    arguments = given if isinstance(given, dict) else {}
    if name in _TEXTS:
        texts[_TEXTS[name]] = _text(reading, arguments)
    elif name == "setSubject":
        texts["subject"] = reading.template(reading.as_text("subject", arguments.get("subject")))
    elif name in ("addTags", "removeTags"):
        tags = reading.as_text("tags", arguments.get("tags")).split(",")
        ours["add_tags" if name == "addTags" else "remove_tags"] = [
            tag.strip() for tag in tags if tag.strip()
        ]
    elif name in _SAME:
        ours[_SAME[name]] = reading.as_text(name, arguments.get(_SAME[name]))
    else:
        reading.lose(str(action.get("title") or name), _LOST.get(name, NO_ACTION))


def _text(reading: DeskReply, arguments: Json) -> str:
    reading.lose_attached(arguments.get("attachments"), "name")
    html = reading.as_text("body_html", arguments.get("body_html"))
    if html.strip():
        return reading.from_html(html)
    return reading.from_plain(reading.as_text("body_text", arguments.get("body_text")))


def recognize(file: SourceFile) -> bool:
    return recognizes(file, DESK)


def read(files: Sequence[SourceFile]) -> Imported:
    return read_desk(files, DESK)


DESK = DeskFormat(("data", "macros", ""), DIALECT, is_reply, replies)
FORMAT = Format("gorgias", "Gorgias' macros as JSON", recognize, read)
