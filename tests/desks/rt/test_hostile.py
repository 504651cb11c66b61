"""Whatever a server answers: records and tickets that can be read, or an error that tells why."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.errors import CanneryError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.django_helpdesk import DjangoHelpdeskTickets
from cannery.exchange.desks.rt.desk import open_desk
from cannery.exchange.desks.rt.tickets import RtTickets
from cannery.model.desk import Answer
from cannery.model.desk_settings import DeskSettings
from cannery.model.location import Kind
from cannery.reply.ticket import read_ticket
from cannery.rest.client import Reply

_KEYS = (
    "id", "Name", "Summary", "Class", "Disabled", "CustomFields", "LastUpdated", "name", "values",
    "Status", "Owner", "Requestor", "Queue", "_hyperlinks", "ref", "to", "EffectiveId", "_url",
    "Type", "Created", "Content", "ContentType", "title", "status", "priority", "followup_set",
    "comment", "public", "date", "submitter_email", "custom_plan", "RealName", "items", "pages",
)  # fmt: skip
_WORDS = ("Content", "lifecycle", "resolved", "Refund ;a (ja)", "../x", "1", "/REST/2.0/", "")
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 10**12)
    | st.floats()
    | st.sampled_from(_WORDS)
    | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6)
    ),
    max_leaves=15,
)
_SOUND: dict[str, object] = {
    "id": 7,
    "Name": "A",
    "CustomFields": [{"name": "Content", "values": ["a"]}],
    "EffectiveId": {"id": "7", "_url": "https://rt.example/REST/2.0/ticket/7"},
    "Requestor": [{"id": "kim"}],
    "title": "A",
    "submitter_email": "kim@x.example",
    "followup_set": [{"comment": "a", "date": "2026-11-26T05:00:00Z"}],
}
_ROW = st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=6).map(lambda row: _SOUND | row)
_ANSWER = Answer(
    "reply", "a", "<p>a</p>", "b", {"status": "solved", "custom_fields": {"plan": "x"}}, "key"
)


class _Hostile:
    """A client that gets this for each answer, but for what says that a class is there."""

    def __init__(self, content: object) -> None:
        self._content = content

    def ask(
        self, _: str, path: str, __: object = None, query: Mapping[str, Any] | None = None
    ) -> Reply:
        if (query or {}).get("page") == "3":
            return Reply(200, {"items": []}, {})
        if "/class/" in path:
            fields = [{"id": "1", "name": "Content"}]
            return Reply(200, {"id": 1, "Name": "General", "ArticleCustomFields": fields}, {})
        return Reply(200, self._content, {})


def _opening(content: object) -> Opening:
    desk = DeskSettings("rt", "rt", "https://rt.example.com")
    client: Any = _Hostile(content)
    return Opening(desk, client, ("en", "ja"), "en", {}, lambda *_: "", lambda _: "")


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(_ROW | _VALUES, max_size=3), pages=_VALUES)
def test_any_article_is_read_or_told(rows: list[object], pages: object) -> None:
    desk = open_desk(_opening({"items": rows, "pages": pages}))
    try:
        records = [*desk.records(Kind.MACRO)]
    except CanneryError:
        return
    for record in records:
        json.dumps(record.parts)
        desk.incoming(record)


@pytest.mark.parametrize("of", [RtTickets, DjangoHelpdeskTickets])
@settings(max_examples=60, deadline=None)
@given(content=_ROW | _VALUES)
def test_any_ticket_is_read_or_told(of: Callable[[Opening], Any], content: object) -> None:
    tickets = of(_opening(content))
    try:
        read_ticket(json.dumps(tickets.fetch("1")), "rt")
        tickets.prepare("1", _ANSWER)
        [*tickets.messages("1")]
    except CanneryError:
        return
