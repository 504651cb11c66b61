"""Rows of Freshdesk as it writes them, with people and their words in every place."""

from __future__ import annotations

from typing import Any

from tests.insight.sources.planted import ADDRESS, NAME, WORDS
from tests.insight.sources.told import time

Row = dict[str, Any]


def ticket(id_: int = 20, **more: Any) -> Row:  # noqa: ANN401 - JSON
    return {
        "id": id_, "subject": WORDS, "description": WORDS, "description_text": WORDS, "cc_emails": [ADDRESS], "fwd_emails": [],
        "email": ADDRESS, "name": NAME, "requester_id": 70, "responder_id": 90, "company_id": 40, "group_id": 5, "source": 1,
        "status": 2, "priority": 1, "type": "Question", "tags": ["tier_gold"], "custom_fields": {"cf_product": "billing"},
        "spam": False, "fr_escalated": False, "created_at": time(0), "updated_at": time(60),
        "stats": {"first_responded_at": None, "resolved_at": None, "closed_at": None, "reopened_at": None, "pending_since": None},
        **more,
    }  # fmt: skip


def written(minutes: int, *, incoming: bool, private: bool = False, **more: Any) -> Row:  # noqa: ANN401 - JSON
    return {
        "id": 1000 + minutes, "ticket_id": 20, "user_id": 70 if incoming else 90, "incoming": incoming, "private": private,
        "source": 0, "body": f"<div>{WORDS}</div>", "body_text": WORDS, "from_email": ADDRESS, "to_emails": [ADDRESS],
        "created_at": time(minutes), "updated_at": time(minutes), **more,
    }  # fmt: skip


CONVERSATIONS = [
    written(8, incoming=False, private=True),
    written(10, incoming=False, body='<a href="https://acme.freshdesk.com/support/solutions/articles/43-planted">x</a>'),
    written(20, incoming=True),
    written(30, incoming=False),
]  # fmt: skip
STATS = {"first_responded_at": time(10), "resolved_at": time(40), "closed_at": time(55), "reopened_at": time(35), "pending_since": None}  # fmt: skip
RATING = {"id": 102, "survey_id": 1, "user_id": 70, "agent_id": 90, "feedback": WORDS, "ticket_id": 20, "ratings": {"default_question": 103, "question_2": -102}, "created_at": time(70)}  # fmt: skip
