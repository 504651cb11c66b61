"""osTicket's canned responses, as its table `canned_response` is exported: CSV, or JSON of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cannery.exchange.desk_files import DeskFormat, Json, read_desk, recognizes
from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.format import Format
from cannery.exchange.placeholders.osticket import DIALECT
from cannery.exchange.source import SourceFile
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.location import Status

_EVERY = ("", "0", "NULL")


def is_reply(record: Json) -> bool:
    return isinstance(record.get("title"), str) and {"response", "isenabled"} <= {*record}


def replies(reading: DeskReply) -> Sequence[CannedReply]:
    body = reading.from_either(reading.text("response"))
    if (department := reading.text("dept_id")) not in _EVERY:
        why = "which department uses it: a macro is for the whole team"
        reading.lose(f"dept_id: {department}", why)
    is_off = reading.text("isenabled") == "0" or reading.record.get("isenabled") is False
    status = Status.RETIRED if is_off else Status.PUBLISHED
    record = reading.text("canned_id") or reading.text("id")
    reply = reading.made(reading.title("title"), body, record, status)
    notes = reading.summary("notes")
    language = reading.title("lang").replace("_", "-")
    return [replace(reply, language=language, summary="" if notes in _EVERY else notes)]


def recognize(file: SourceFile) -> bool:
    return recognizes(file, DESK)


def read(files: Sequence[SourceFile]) -> Imported:
    return read_desk(files, DESK)


DESK = DeskFormat(("canned_response", "data", ""), DIALECT, is_reply, replies)
FORMAT = Format("osticket", "osTicket's canned responses as CSV or JSON", recognize, read)
