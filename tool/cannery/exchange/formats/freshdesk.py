"""Freshdesk's canned responses, as its API answers them, with their folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from cannery.exchange.desk_files import DeskFormat, Json, needed, read_desk, recognizes
from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.folders import Folder, path_of
from cannery.exchange.format import Format
from cannery.exchange.placeholders.freshdesk import DIALECT
from cannery.exchange.source import SourceFile
from cannery.model.canned_reply import CannedReply, Imported

_KEYS = ("canned_responses", "canned_response", "canned_response_folders", "responses", "")
_WHO = "who may use it there: a macro is for the whole team"
_VISIBLE = {"1": "its author alone", "2": "some groups"}
_EVERYONE = ("", "0", "all_agents")


def is_reply(record: Json) -> bool:
    if not isinstance(record.get("title"), str):
        return False
    return "content_html" in record or ("content" in record and "folder_id" in record)


def _is_folder(record: Json) -> bool:
    return isinstance(record.get("name"), str) and "responses_count" in record


def _replies(folders: Mapping[str, Folder], reading: DeskReply) -> Sequence[CannedReply]:
    html = reading.text("content_html")
    body = reading.from_html(html) if html.strip() else reading.from_either(reading.text("content"))
    reading.lose_attached(reading.record.get("attachments"), "name")
    if (seen := reading.text("visibility")) not in _EVERYONE:
        reading.lose(f"visibility: {_VISIBLE.get(seen, seen)}", _WHO)
    reply = reading.made(reading.title("title"), body, reading.text("id"))
    return [replace(reply, section=path_of(folders, reading.text("folder_id")))]


def recognize(file: SourceFile) -> bool:
    return recognizes(file, _desk({}))


def read(files: Sequence[SourceFile]) -> Imported:
    folders = {
        str(value.get("id")): Folder(str(value["name"])) for value in needed(files, _desk({}))
    }
    return read_desk(files, _desk(folders))


def _desk(folders: Mapping[str, Folder]) -> DeskFormat:
    return DeskFormat(_KEYS, DIALECT, is_reply, partial(_replies, folders), _is_folder)


FORMAT = Format("freshdesk", "Freshdesk's canned responses as JSON", recognize, read)
