"""Rows of Front as it writes them, with people and their words in every place."""

from __future__ import annotations

from typing import Any

from tests.insight.sources.planted import ADDRESS, NAME, WORDS
from tests.insight.sources.told import START

Row = dict[str, Any]


def _teammate(number: int) -> Row:
    return {
        "_links": {}, "id": f"tea_{number}", "email": ADDRESS, "username": NAME, "first_name": NAME, "last_name": NAME, "license_type": "full",
        "is_admin": False, "is_available": True, "is_blocked": False, "type": "user", "custom_fields": {},
    }  # fmt: skip


_ADA = {"_meta": {"type": "teammate"}, "data": _teammate(9)}
_BO = {"_meta": {"type": "teammate"}, "data": _teammate(8)}
_INBOX = {
    "_meta": {"type": "inboxes"},
    "data": [{"_links": {}, "id": "inb_2", "name": "Printers", "is_private": False, "is_public": True, "custom_fields": {}, "type": "smtp", "address": ADDRESS, "send_as": ADDRESS}],
}  # fmt: skip
_MACRO = {"_meta": {"type": "rule"}, "data": {"_links": {}, "id": "rul_3", "name": WORDS, "actions": [], "is_private": False}}  # fmt: skip
_TAG: Row = {
    "_links": {}, "id": "tag_1", "name": "tier_gold", "description": WORDS, "highlight": None, "is_private": False,
    "is_visible_in_conversation_lists": True,
}  # fmt: skip


def conversation(id_: str = "cnv_5", **more: Any) -> Row:  # noqa: ANN401 - JSON
    return {
        "_links": {"self": f"https://acme.api.frontapp.com/conversations/{id_}"}, "id": id_, "type": "conversation", "subject": WORDS,
        "status": "archived", "ticket_ids": [], "assignee": _teammate(9), "links": [], "scheduled_reminders": [],
        "recipient": {"_links": {}, "handle": ADDRESS, "name": NAME, "role": "from"}, "tags": [_TAG], "custom_fields": {"Product": "billing", "Mail": ADDRESS}, "is_private": False,
        "created_at": START + 0.333, "metadata": {}, **more,
    }  # fmt: skip


def event(
    minutes: int,
    kind: str,
    source: Row = _ADA,
    target: Row | None = None,
    **more: Any,  # noqa: ANN401 - JSON
) -> Row:
    return {
        "_links": {}, "id": f"evt_{minutes}{kind}", "type": kind, "emitted_at": START + 60 * minutes + 0.25, "source": source,
        "target": target or {}, "conversation": conversation(), **more,
    }  # fmt: skip


def _sent(body: str = WORDS) -> Row:
    data = {"id": "msg_1", "is_inbound": False, "body": body, "text": WORDS, "blurb": WORDS, "author": {"email": ADDRESS}}  # fmt: skip
    return {"_meta": {"type": "message"}, "data": data}


EVENTS = [
    event(0, "inbound", _INBOX, _sent()),
    event(3, "assign", _BO, _ADA),
    event(4, "comment", _ADA, {"_meta": {"type": "comment"}, "data": {"body": WORDS}}),
    event(
        10, "out_reply", _ADA, _sent('<a href="https://help.example/hc/en/articles/77-planted">')
    ),
    event(20, "inbound", _INBOX, _sent()),
    event(30, "outbound", _ADA, _sent()),
    event(31, "archive"),
    event(40, "reopen", _INBOX),
    event(41, "macro_triggered", _MACRO),
    event(50, "archive"),
]
