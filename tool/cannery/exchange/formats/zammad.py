"""Zammad's text modules, as its CSV and its API have them, and its macros with a note."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cannery.exchange.desk_files import DeskFormat, Json, read_desk, recognizes
from cannery.exchange.desk_reply import NO_ACTION, DeskReply
from cannery.exchange.format import Format
from cannery.exchange.placeholders.zammad import DIALECT
from cannery.exchange.source import SourceFile
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.location import Status

_BETWEEN = re.compile(r"[,;、\s]+")
_OFF = ("false", "0", "no", "f")
_GROUPS = "which groups use it: a macro is for the whole team"
_LOST = {
    "group_ids": _GROUPS,
    "groups": _GROUPS,
    "group": _GROUPS,
}
_NUMBERS = "a number that only Zammad knows"
_TAGS = {"add": "add_tags", "remove": "remove_tags"}
_ARTICLES = ("article.note", "article.email")


def is_reply(record: Json) -> bool:
    return isinstance(record.get("name"), str) and (_is_module(record) or _is_macro(record))


def _is_module(record: Json) -> bool:
    return "content" in record and "keywords" in record


def _is_macro(record: Json) -> bool:
    return isinstance(record.get("perform"), dict) and "ux_flow_next_up" in record


def replies(reading: DeskReply) -> Sequence[CannedReply]:
    reading.lose_unless_empty(_LOST)
    return [_module(reading) if _is_module(reading.record) else _macro(reading)]


def _status(reading: DeskReply) -> Status:
    is_off = reading.record.get("active") is False or reading.text("active").lower() in _OFF
    return Status.RETIRED if is_off else Status.PUBLISHED


def _module(reading: DeskReply) -> CannedReply:
    """A text module, which agents find by `::` and one of its keywords."""
    body = reading.from_either(reading.text("content"))
    keywords = tuple(one for one in _BETWEEN.split(reading.text("keywords")) if one)
    reply = reading.made(reading.title("name"), body, reading.text("id"), _status(reading))
    return replace(reply, keywords=keywords, summary=reading.summary("note"))


def _macro(reading: DeskReply) -> CannedReply:
    perform = reading.record["perform"]
    texts: list[str] = []
    subject = ""
    ours: dict[str, object] = {}
    for name, given in perform.items() if isinstance(perform, dict) else ():
        value = given if isinstance(given, dict) else {}
        if name in _ARTICLES:
            texts.append(reading.as_text(name, value.get("body")))
            subject = reading.as_text("subject", value.get("subject"))
            ours |= {"public": False} if str(value.get("internal")).lower() == "true" else {}
        elif name == "ticket.tags":
            ours |= _tags(reading, value)
        else:
            lost = _NUMBERS if name.endswith("_id") else NO_ACTION
            reading.lose(f"{name}: {value.get('value')}", lost)
    body = reading.from_either("\n\n".join(texts)) if texts else ""
    made = reading.template(subject)
    reply = reading.made(reading.title("name"), body, reading.text("id"), _status(reading))
    return replace(reply, subject=made, actions=ours, summary=reading.summary("note"))


def _tags(reading: DeskReply, value: Json) -> Mapping[str, object]:
    name = _TAGS.get(str(value.get("operator")), "add_tags")
    tags = reading.as_text("ticket.tags", value.get("value")).split(",")
    return {name: [tag.strip() for tag in tags if tag.strip()]}


def recognize(file: SourceFile) -> bool:
    return recognizes(file, DESK)


def read(files: Sequence[SourceFile]) -> Imported:
    return read_desk(files, DESK)


DESK = DeskFormat(("text_modules", "macros", ""), DIALECT, is_reply, replies)
FORMAT = Format("zammad", "Zammad's text modules as CSV or JSON, and its macros", recognize, read)
