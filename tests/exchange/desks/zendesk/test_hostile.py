"""Whatever a desk's record holds costs that record at most: anyone there writes them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.errors import CanneryError
from cannery.model.desk import Family
from cannery.model.entry import Macro
from cannery.model.location import Kind
from tests.exchange.desks.zendesk.connected import macro
from tests.exchange.desks.zendesk.offline import offline

_FIELDS = st.sampled_from(
    ["comment_value_html", "comment_value", "subject", "status", "current_tags", "group_id", "cc", "custom_fields_7",
     "custom_status_id", "comment_mode_is_public", "assignee_id", "side_conversation", "odd\x1b[2J"]
)  # fmt: skip
_TEXTS = st.sampled_from(
    ["", "x", "{{", "{% if", "[[if x]]", "[[", "<p>{{dc.gone}}</p>", "{{dc.a}}", "{% for a in b %}{{a}}", "{{ 'x' | y: }}",
     "<ul><li><table><td>", "\x00\ue000", "[[a]] [[a]]</a>", "<a href='[[x]]'>y [[x]]</a>", "channel:all", "{% raw %}"]
)  # fmt: skip
_JSON = st.recursive(
    _TEXTS | st.none() | st.booleans() | st.integers(-5, 10**20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=2),
    max_leaves=4,
)
_ACTIONS = st.lists(st.fixed_dictionaries({"field": _FIELDS, "value": _JSON}) | _JSON, max_size=5)
_RECORDS = st.fixed_dictionaries(
    {"id": st.just(3), "actions": _ACTIONS | _JSON},
    optional={"title": _JSON, "description": _JSON, "active": _JSON, "restriction": _JSON, "updated_at": _TEXTS},
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(_RECORDS)
def test_any_record_is_read(raw: dict[str, Any]) -> None:
    desk = offline({"macros": [raw], "meta": {}})
    for record in desk.records(Kind.MACRO):
        incoming = desk.incoming(record)
        for version in incoming.by_language.values():
            again = macro(version.body, title="X")
            assert isinstance(again, Macro)
            try:
                desk.outgoing(Family(again.at.id, Kind.MACRO, {"en": again}))
            except CanneryError as error:  # it stays here, and says why
                assert error.message


@pytest.mark.parametrize(
    "html",
    ["<p>" + "{{a}}" * 20_000 + "</p>", "[[if a]]" * 10_000, "{% if a %}" * 5_000, "<b>" * 20_000 + "x",
     "[[a]]</a>" * 20_000, '<a href="[[a]]">' * 5_000 + " [[a]]</a>" * 5_000, "{{dc.a}}" * 20_000, "[" * 100_000],
)  # fmt: skip
def test_a_record_without_end_is_answered(html: str) -> None:
    action = {"field": "comment_value_html", "value": html}
    desk = offline({"macros": [{"id": 3, "title": "x", "actions": [action]}], "meta": {}})
    (record,) = desk.records(Kind.MACRO)
    incoming = desk.incoming(record)
    assert incoming.by_language or incoming.losses
    assert {*incoming.by_language, *incoming.unread} == {"en"}  # a text that is there has not gone
