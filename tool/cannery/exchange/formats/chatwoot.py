"""Chatwoot's canned responses and macros, as its API answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cannery.exchange.desk_files import DeskFormat, Json, read_desk, recognizes
from cannery.exchange.desk_reply import NO_ACTION, DeskReply
from cannery.exchange.format import Format
from cannery.exchange.placeholders.chatwoot import DIALECT
from cannery.exchange.source import SourceFile
from cannery.model.canned_reply import CannedReply, Imported

_SAME = {"change_status": "status", "change_priority": "priority"}
_TAGS = {"add_label": "add_tags", "remove_label": "remove_tags"}
_TEXTS = ("send_message", "add_private_note")
_DONE = {
    "resolve_conversation": "solved",
    "open_conversation": "open",
    "pending_conversation": "pending",
}
_LOST = {
    "assign_agent": "a number that only Chatwoot knows",
    "assign_team": "a number that only Chatwoot knows",
    "send_attachment": "a file that is attached",
}
_PERSONAL = "whose it is there: a macro is for the whole team"


def is_reply(record: Json) -> bool:
    return _is_response(record) or _is_macro(record)


def _is_response(record: Json) -> bool:
    return isinstance(record.get("short_code"), str) and "content" in record


def _is_macro(record: Json) -> bool:
    actions = record.get("actions")
    if not isinstance(record.get("name"), str) or not isinstance(actions, list) or not actions:
        return False
    return all(isinstance(one, dict) and "action_name" in one for one in actions)


def replies(reading: DeskReply) -> Sequence[CannedReply]:
    return [_response(reading) if _is_response(reading.record) else _macro(reading)]


def _response(reading: DeskReply) -> CannedReply:
    """A canned response: agents write `/` and its short code."""
    code = reading.title("short_code")
    body = reading.from_markdown(reading.text("content"))
    title = code.replace("_", " ").replace("-", " ").strip()
    reply = reading.made(title[:1].upper() + title[1:], body, reading.text("id"))
    return replace(reply, shortcut=f"/{code}" if code else "")


def _macro(reading: DeskReply) -> CannedReply:
    texts: list[tuple[str, str]] = []
    ours: dict[str, object] = {}
    for action in reading.items("actions"):
        if isinstance(action, dict):
            _read(reading, action, texts, ours)
    if texts and all(name == "add_private_note" for name, _ in texts):
        ours["public"] = False
    elif any(name == "add_private_note" for name, _ in texts):
        reading.lose("add_private_note", "a note beside the reply")
    first = texts[0][0] if ours.get("public") is False else "send_message"
    body = "\n\n".join(text for name, text in texts if name == first) if texts else ""
    if reading.record.get("visibility") == "personal":
        reading.lose("visibility: personal", _PERSONAL)
    reply = reading.made(reading.title("name"), reading.from_markdown(body), reading.text("id"))
    return replace(reply, actions=ours)


def _read(
    reading: DeskReply, action: Json, texts: list[tuple[str, str]], ours: dict[str, object]
) -> None:
    name = str(action.get("action_name"))
    given = action.get("action_params")
    values = [reading.as_text(name, one) for one in given] if isinstance(given, list) else []
    if name in _TEXTS:
        texts += [(name, text) for text in values if text]
    elif name in _SAME and values:
        ours[_SAME[name]] = values[0]
    elif name in _TAGS:
        ours[_TAGS[name]] = values
    elif name in _DONE:
        ours["status"] = _DONE[name]
    else:
        shown = f"{name}: {' '.join(values)}".rstrip(": ")
        reading.lose(shown, _LOST.get(name, NO_ACTION))


def recognize(file: SourceFile) -> bool:
    return recognizes(file, DESK)


def read(files: Sequence[SourceFile]) -> Imported:
    return read_desk(files, DESK)


DESK = DeskFormat(("payload", "canned_responses", "macros", "data", ""), DIALECT, is_reply, replies)
FORMAT = Format("chatwoot", "Chatwoot's canned responses and macros as JSON", recognize, read)
