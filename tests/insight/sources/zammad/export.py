"""Rows of Zammad as it writes them, with people and their words in every place."""

from __future__ import annotations

from typing import Any

from tests.insight.sources.planted import ADDRESS, NAME, WORDS
from tests.insight.sources.told import time

Row = dict[str, Any]


def ticket(id_: int = 7, **more: Any) -> Row:  # noqa: ANN401 - JSON
    return {
        "id": id_, "number": f"3100{id_}", "title": WORDS, "group_id": 2, "group": "Printers", "state_id": 2, "state": "open",
        "customer_id": 3, "customer": ADDRESS, "owner_id": 9, "owner": ADDRESS, "organization": NAME, "note": WORDS,
        "create_article_type": "email", "article_count": 3, "escalation_at": None, "product": "billing", "tags": ["tier_gold"],
        "first_response_at": None, "close_at": None, "last_close_at": None, "created_at": time(0), "updated_at": time(60), **more,
    }  # fmt: skip


def article(minutes: int, sender: str, **more: Any) -> Row:  # noqa: ANN401 - JSON
    return {
        "id": 500 + minutes, "ticket_id": 7, "sender": sender, "internal": False, "type": "email", "from": f"{NAME} <{ADDRESS}>",
        "to": ADDRESS, "subject": WORDS, "body": f"<p>{WORDS}</p>", "created_by_id": 9 if sender == "Agent" else 3,
        "created_at": time(minutes), **more,
    }  # fmt: skip


def entry(id_: int, minutes: int, kind: str = "updated", **more: Any) -> Row:  # noqa: ANN401 - JSON
    return {"id": id_, "o_id": 7, "object": "Ticket", "type": kind, "created_by_id": 9, "created_at": time(minutes), **more}  # fmt: skip


def state(id_: int, minutes: int, before: str, after: str) -> Row:
    return entry(id_, minutes, attribute="state", value_from=before, value_to=after)


HISTORY = [
    entry(1, 0, "created"),
    entry(2, 0, "created", object="Ticket::Article", related_object="Ticket"),
    entry(3, 5, attribute="owner", value_from="-", value_to=NAME, id_from=1, id_to=9),
    state(4, 10, "new", "open"),
    state(5, 11, "open", "pending reminder"),
    state(6, 20, "pending reminder", "open"),
    state(7, 40, "open", "closed"),
    state(8, 50, "closed", "open"),
    entry(9, 51, "notification", value_to=ADDRESS),
]
ARTICLES = [
    article(0, "Customer"),
    article(9, "Agent", internal=True),
    article(
        10, "Agent", body='<a href="https://help.example/support/solutions/articles/12-x">x</a>'
    ),
    article(12, "System"),
    article(13, "Agent", type="note"),
    article(20, "Customer"),
    article(40, "Agent"),
]
