"""What macros do to a ticket, in Zendesk's terms and in ours."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.exchange.desks.zendesk.actions import actions_of, ours_of, parts_from_ours, parts_of
from cannery.exchange.desks.zendesk.numbers import Numbers
from tests.exchange.desks.zendesk.scripted import ScriptedClient

_KNOWN = {
    "groups": {"Billing": "7", "支援": "8"},
    "users": {"aoi@example.com": "5"},
    "custom_statuses": {"Waiting": "40"},
    "ticket_fields": {"Order no.": "70", "Plan": "71"},
    "brands": {"Acme": "90"},
}
_NOTHING: dict[str, object] = {"ticket_fields": [], "custom_statuses": [], "meta": {}}


def _numbers() -> Numbers:
    return Numbers(ScriptedClient({}, otherwise=_NOTHING), _KNOWN)


def _action(field: str, value: object) -> dict[str, Any]:
    return {"field": field, "value": value}


@pytest.mark.parametrize(
    ("action", "ours"),
    [
        (_action("status", "solved"), {"status": "solved"}),
        (_action("custom_status_id", "40"), {"status": "Waiting"}),
        (_action("current_tags", "b A b"), {"add_tags": ["a", "b"]}),
        (_action("set_tags", ["b", "a"]), {"set_tags": ["a", "b"]}),
        (_action("comment_mode_is_public", "false"), {"public": False}),
        (_action("comment_mode_is_public", "true"), {"public": True}),
        (_action("group_id", 8), {"group": "支援"}),
        (_action("group_id", "current_groups"), {"group": "current_groups"}),
        (_action("assignee_id", "5"), {"assignee": "aoi@example.com"}),
        (_action("cc", "5"), {"cc": ["aoi@example.com"]}),
        (_action("brand_id", "90"), {"brand": "Acme"}),
        (_action("custom_fields_70", "true"), {"custom_fields": {"Order no.": "true"}}),
        (_action("custom_fields_71", ["b", "a"]), {"custom_fields": {"Plan": ["a", "b"]}}),
        (_action("send_flowers", ["x", "y"]), {"zendesk": {"send_flowers": [["x", "y"]]}}),
    ],
)
def test_an_action_of_zendesks_in_our_terms(action: dict[str, Any], ours: object) -> None:
    assert ours_of(parts_of([action], _numbers())) == ours


def test_actions_that_stand_twice_are_one() -> None:
    twice = [_action("current_tags", "a"), _action("current_tags", "b"), _action("cc", "5"), _action("cc", "current_user")]  # fmt: skip
    ours = ours_of(parts_of(twice, _numbers()))
    assert ours == {"add_tags": ["a", "b"], "cc": ["aoi@example.com", "current_user"]}


_TAGS = st.lists(st.sampled_from(["a", "b c", "D"]), min_size=1, max_size=3)
_OURS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["open", "Waiting", "Hold"]),
        "priority": st.sampled_from(["low", "Urgent"]),
        "type": st.just("task"),
        "public": st.booleans(),
        "add_tags": _TAGS,
        "remove_tags": _TAGS | st.just("x y"),
        "group": st.sampled_from(["Billing", "支援", "current_groups"]),
        "assignee": st.sampled_from(["aoi@example.com", "current_user"]),
        "cc": st.lists(st.sampled_from(["aoi@example.com", "current_user"]), min_size=1),
        "custom_fields": st.dictionaries(
            st.sampled_from(["Order no.", "Plan"]), st.text("ab", max_size=2) | st.booleans(), min_size=1
        ),
        "zendesk": st.dictionaries(st.sampled_from(["x", "y"]), st.lists(st.text("ab"), min_size=1), min_size=1),
    },
)  # fmt: skip


@given(_OURS)
def test_actions_of_ours_come_back(ours: dict[str, Any]) -> None:
    numbers = _numbers()
    said = parts_from_ours(ours, "a.md", numbers)
    assert said.losses == ()
    assert parts_of(actions_of(said.parts, numbers), numbers) == dict(said.parts)
    assert {*ours_of(said.parts)} == {*ours}
