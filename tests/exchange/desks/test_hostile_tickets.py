"""Whatever a desk answers about a ticket, it is a ticket or an error that is told."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannery.errors import CanneryError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.table import DESKS
from cannery.model.desk import Answer
from cannery.model.desk_settings import DeskSettings
from cannery.reply.ticket import read_answer
from cannery.rest.client import Reply

TICKETS = {"zammad": "id-7", "front": "cnv_1"}
KEYS = [
    "id",
    "ticket",
    "tickets",
    "users",
    "groups",
    "organizations",
    "custom_fields",
    "value",
    "status",
    "state",
    "assets",
    "Ticket",
    "User",
    "TicketState",
    "updated_at",
    "created_at",
    "posted_at",
    "last_activity_at",
    "comments",
    "metadata",
    "custom",
    "html_body",
    "public",
    "payload",
    "message_type",
    "private",
    "content",
    "_results",
    "draft_mode",
    "body",
    "meta",
    "sender",
    "email",
    "name",
    "customer_id",
    "state_id",
    "tags",
    "labels",
    "requester",
    "requester_id",
    "default_group_id",
    "user",
    "role",
    "has_more",
    "after_cursor",
    "ticket_fields",
    "post_stream",
    "posts",
    "stream",
    "raw",
    "post_type",
    "title",
    "shared_draft_id",
    "TicketSharedDraftZoom",
    "new_article",
    "recipient",
    "handle",
]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**25),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "7", "x" * 300, "\x1b[2J", "\ud800", "2026-01-01T00:00:00Z", "closed"]),
)
ANSWERS = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from([*KEYS, "7", "1"]), inner, max_size=6),
    ),
    max_leaves=25,
)
ACTIONS: Mapping[str, object] = {
    "status": "Frozen",
    "priority": "high",
    "assignee": "current_user",
    "group": "current_groups",
    "add_tags": ["a"],
    "custom_fields": {"Order": "1"},
}


class Answering:
    """A client that answers with these, one after the other, and then with the last one."""

    def __init__(self, answers: list[Any]) -> None:
        self._answers = answers

    def ask(self, *_: object, **__: object) -> Reply:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return Reply(200, json.loads(json.dumps(answer)), {})


@pytest.mark.parametrize("kind", [name for name, row in DESKS.items() if row.tickets])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=st.lists(ANSWERS, min_size=1, max_size=4))
def test_no_answer_ends_kb(kind: str, answers: list[Any]) -> None:
    open_tickets = DESKS[kind].tickets
    assert open_tickets
    ticket = TICKETS.get(kind, "7")
    desk = DeskSettings(kind, kind, "https://desk.example", options={"account": "1"})
    for act in ("fetch", "prepare", "messages"):
        client = Answering([*answers])
        opening = Opening(desk, client, ("en",), "en", {}, lambda *_: "", lambda _: "")
        tickets = open_tickets(opening)
        with contextlib.suppress(CanneryError):
            if act == "fetch":
                read_answer(tickets.fetch(ticket), kind)
            elif act == "prepare":
                tickets.prepare(ticket, Answer("reply", "x", "x", "s", ACTIONS, "k", "x"))
            else:
                assert len([*islice(tickets.messages(ticket), 50)]) <= 50
