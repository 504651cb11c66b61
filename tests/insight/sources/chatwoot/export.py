"""Rows of Chatwoot as it writes them, with people and their words in every place."""

from __future__ import annotations

from typing import Any

from tests.insight.sources.planted import ADDRESS, NAME, WORDS
from tests.insight.sources.told import START

Row = dict[str, Any]
_CONTACT = {"id": 3, "name": NAME, "email": ADDRESS, "type": "contact", "phone_number": "4242-4242"}
_AGENT = {"id": 9, "name": NAME, "email": ADDRESS, "type": "user"}


def at(minutes: int) -> int:
    return START + 60 * minutes


def conversation(id_: int = 5, **more: Any) -> Row:  # noqa: ANN401 - JSON
    return {
        "id": id_, "account_id": 4, "inbox_id": 2, "uuid": "x", "status": "resolved", "labels": ["tier_gold"], "agent_last_seen_at": at(40),
        "meta": {"sender": _CONTACT, "channel": "Channel::WebWidget", "assignee": _AGENT, "team": {"id": 1, "name": "Printers"}},
        "custom_attributes": {"product": "billing", "phone": ADDRESS}, "additional_attributes": {"browser_language": "ja", "referer": WORDS, "mail_subject": WORDS},
        "messages": [], "created_at": at(0), "last_activity_at": at(60), "timestamp": at(60), **more,
    }  # fmt: skip


def message(minutes: int, kind: int, **more: Any) -> Row:  # noqa: ANN401 - JSON
    sender = {0: _CONTACT, 1: _AGENT}.get(kind)
    return {
        "id": 1000 + minutes, "conversation_id": 5, "message_type": kind, "content": WORDS, "content_type": "text", "private": False,
        "created_at": at(minutes), "sender": sender, "content_attributes": {}, **more,
    }  # fmt: skip


MESSAGES = [
    message(0, 0),
    message(1, 1, sender={"id": 1, "type": "agent_bot", "name": NAME}),
    message(5, 1, private=True),
    message(10, 1, content="https://help.example/hc/printers/en/articles/77-planted"),
    message(20, 0),
    message(40, 1),
    message(41, 2, content=f"Conversation was marked resolved by {NAME}"),
    message(42, 3, content_type="input_csat"),
]
EVENTS = [
    {"id": 1, "name": "first_response", "value": 600, "event_start_time": at(0), "event_end_time": at(10)},
    {"id": 2, "name": "conversation_resolved", "value": 1500, "event_start_time": at(0), "event_end_time": at(25)},
    {"id": 3, "name": "conversation_opened", "value": 300, "event_start_time": at(25), "event_end_time": at(30)},
    {"id": 4, "name": "conversation_resolved", "value": 2460, "event_start_time": at(0), "event_end_time": at(41)},
]  # fmt: skip
ANSWER = {"id": 8, "rating": 4, "feedback_message": WORDS, "account_id": 4, "conversation_id": 5, "contact": _CONTACT, "assigned_agent": _AGENT, "created_at": at(50)}  # fmt: skip
