"""Intercom's macros, as `GET /macros` answers them."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.exchange.desk_files import DeskFormat, Json, read_desk, recognizes
from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.format import Format
from cannery.exchange.placeholders.intercom import DIALECT, without_elements
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import CannedReply, Imported

_WHO = "who may use it there: a macro is for the whole team"


def is_reply(record: Json) -> bool:
    return record.get("type") == "macro" and "body" in record


def replies(reading: DeskReply) -> Sequence[CannedReply]:
    html, text = reading.text("body"), reading.text("body_text")
    if not html.strip() and not text.strip():
        raise UnreadableError("it has no text: a long list leaves it out, GET /macros/ID has it")
    body = reading.from_html(without_elements(html)) if html.strip() else reading.from_plain(text)
    if (seen := reading.text("visible_to")) not in ("", "everyone"):
        reading.lose(f"visible_to: {seen}", _WHO)
    places = reading.items("available_on")
    if places and "inbox" not in places:
        reading.lose(f"available_on: {', '.join(map(str, places))}", "where it is offered there")
    return [reading.made(reading.title("name"), body, reading.text("id"))]


def recognize(file: SourceFile) -> bool:
    return recognizes(file, DESK)


def read(files: Sequence[SourceFile]) -> Imported:
    return read_desk(files, DESK)


DESK = DeskFormat(("data", "macros", ""), DIALECT, is_reply, replies)
FORMAT = Format("intercom", "Intercom's macros as JSON", recognize, read)
