"""Help Scout's and FreeScout's saved replies, as JSON of their records or as CSV."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.exchange.desk_files import DeskFormat, Json, read_desk, recognizes
from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.format import Format
from cannery.exchange.placeholders.freescout import DIALECT
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import CannedReply, Imported

_LISTED = {"id", "name", "preview", "chatPreview"}
_MARKS = ("chatText", "mailbox_id", "mailboxId", "parent_saved_reply_id")


def is_reply(record: Json) -> bool:
    is_saved = any(mark in record for mark in _MARKS) and "text" in record
    return isinstance(record.get("name"), str) and (is_saved or _is_preview(record))


def _is_preview(record: Json) -> bool:
    return {*record} >= {"id", "preview"} and {*record} <= _LISTED


def replies(reading: DeskReply) -> Sequence[CannedReply]:
    if _is_preview(reading.record):
        raise UnreadableError("a list has its beginning only: .../saved-replies/ID has its text")
    body = reading.from_either(reading.text("text"))
    if reading.text("chatText").strip():
        reading.lose("chatText", "another text for chats: a macro has one")
    reading.lose_attached(reading.record.get("attachments"), "filename")
    return [reading.made(reading.title("name"), body, reading.text("id"))]


def recognize(file: SourceFile) -> bool:
    return recognizes(file, DESK)


def read(files: Sequence[SourceFile]) -> Imported:
    return read_desk(files, DESK)


DESK = DeskFormat(("saved-replies", "saved_replies", "replies", ""), DIALECT, is_reply, replies)
FORMAT = Format("help_scout", "Help Scout's or FreeScout's saved replies", recognize, read)
