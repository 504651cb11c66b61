from __future__ import annotations

import pytest

from tests.desks.zendesk.asking import COMMENT, MACROS, Asking, refused
from tests.desks.zendesk.fake import FakeZendesk


def test_keys_that_are_left_out_stay_as_they_are(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    group = fake_zendesk.account.groups["Billing"]
    made = asking.macro(restriction={"type": "Group", "ids": [group]})
    changed = asking.change(made["id"], title="Refund")
    assert changed["restriction"] == {"type": "Group", "id": group, "ids": [group]}
    assert changed["actions"] == [COMMENT]


def test_a_restriction_goes_only_with_null(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    group = fake_zendesk.account.groups["Billing"]
    made = asking.macro(restriction={"type": "Group", "ids": [group]})
    assert asking.change(made["id"], restriction=None)["restriction"] is None


def test_lists_and_tags_come_back_in_another_order(
    asking: Asking, fake_zendesk: FakeZendesk
) -> None:
    groups = sorted(fake_zendesk.account.groups.values())
    tags = {"field": "current_tags", "value": "vip Refund"}
    made = asking.macro(restriction={"type": "Group", "ids": groups}, actions=[COMMENT, tags])
    assert made["restriction"]["ids"] == groups[::-1]
    assert made["actions"][1]["value"] == "refund vip"


@pytest.mark.parametrize(
    "action",
    [
        {"field": "status", "value": "done"},
        {"field": "group_id", "value": 12},
        {"field": "custom_fields_12", "value": "x"},
        {"field": "custom_status_id", "value": "12"},
        {"field": "send_flowers", "value": "x"},
    ],
)
def test_actions_that_name_nothing_of_the_account_are_refused(
    asking: Asking, action: dict[str, object]
) -> None:
    with refused(422):
        asking.macro(actions=[COMMENT, action])


def test_an_action_on_a_field_that_was_deactivated_is_refused(
    asking: Asking, fake_zendesk: FakeZendesk
) -> None:
    active = fake_zendesk.account.add_field("Order")
    gone = fake_zendesk.account.add_field("Old order", active=False)
    asking.macro(actions=[{"field": f"custom_fields_{active}", "value": "1"}])
    with refused(422):
        asking.macro(actions=[{"field": f"custom_fields_{gone}", "value": "1"}])


def test_the_filter_by_active(asking: Asking) -> None:
    asking.macro(title="A")
    asking.macro(title="B", active=False)
    shown = [asking.get(MACROS, active=is_active)["macros"] for is_active in ("true", "false")]
    assert [[one["title"] for one in macros] for macros in shown] == [["A"], ["B"]]


def test_a_search_by_title(asking: Asking) -> None:
    asking.macro(title="Billing::Refund")
    asking.macro(title="Greeting")
    found = asking.get(f"{MACROS}/search", query="refund")["macros"]
    assert [one["title"] for one in found] == ["Billing::Refund"]


def test_usage_is_told_only_where_it_is_asked_for(
    asking: Asking, fake_zendesk: FakeZendesk
) -> None:
    made = asking.macro()
    fake_zendesk.macros.uses[made["id"]] = {"usage_7d": 12}
    assert "usage_7d" not in asking.get(MACROS)["macros"][0]
    told = asking.get(MACROS, include="usage_7d,usage_30d")["macros"][0]
    assert (told["usage_7d"], told["usage_30d"]) == (12, 0)


def test_one_that_was_deleted_has_gone(asking: Asking) -> None:
    made = asking.macro()
    asking.delete(f"{MACROS}/{made['id']}")
    with refused(404):
        asking.get(f"{MACROS}/{made['id']}")


def test_a_write_moves_the_time_of_the_last_change(asking: Asking) -> None:
    made = asking.macro()
    assert asking.change(made["id"], active=False)["updated_at"] > made["updated_at"]
