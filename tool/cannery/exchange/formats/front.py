"""Front's message templates, as `GET /message_templates` answers them, with their folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from cannery.exchange.desk_files import DeskFormat, Json, needed, read_desk, recognizes
from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.folders import Folder, path_of
from cannery.exchange.format import Format
from cannery.exchange.placeholders.front import DIALECT
from cannery.exchange.source import SourceFile
from cannery.model.canned_reply import CannedReply, Imported

_KEYS = ("_results", "")
_INBOXES = "which inboxes offer it: a macro is for the whole team"


def is_reply(record: Json) -> bool:
    is_template = "inbox_ids" in record or "is_available_for_all_inboxes" in record
    return isinstance(record.get("name"), str) and "body" in record and is_template


def _is_folder(record: Json) -> bool:
    return str(record.get("id", "")).startswith("rsf_") and isinstance(record.get("name"), str)


def _parent(record: Json) -> str:
    """The id of the folder that a record links to: the end of its address."""
    links = record.get("_links")
    related = links.get("related") if isinstance(links, dict) else None
    for key in ("parent_folder", "folder"):
        if isinstance(related, dict) and isinstance(address := related.get(key), str):
            return address.rstrip("/").rpartition("/")[2]
    return str(record.get("folder_id") or record.get("parent_folder_id") or "")


def _replies(folders: Mapping[str, Folder], reading: DeskReply) -> Sequence[CannedReply]:
    body = reading.from_html(reading.text("body"))
    subject = reading.template(reading.text("subject"))
    reading.lose_attached(reading.record.get("attachments"), "filename")
    if inboxes := reading.items("inbox_ids"):
        reading.lose(f"inbox_ids: {', '.join(map(str, inboxes))}", _INBOXES)
    reply = reading.made(reading.title("name"), body, reading.text("id"))
    return [replace(reply, subject=subject, section=path_of(folders, _parent(reading.record)))]


def recognize(file: SourceFile) -> bool:
    return recognizes(file, _desk({}))


def read(files: Sequence[SourceFile]) -> Imported:
    folders = {
        str(value.get("id")): Folder(str(value["name"]), _parent(value))
        for value in needed(files, _desk({}))
    }
    return read_desk(files, _desk(folders))


def _desk(folders: Mapping[str, Folder]) -> DeskFormat:
    return DeskFormat(_KEYS, DIALECT, is_reply, partial(_replies, folders), _is_folder)


FORMAT = Format("front", "Front's message templates as JSON", recognize, read)
