from __future__ import annotations

from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk


def test_groups_have_names_and_numbers(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    told = {one["name"]: one["id"] for one in asking.get("/api/v2/groups")["groups"]}
    assert told == fake_zendesk.account.groups


def test_locales_are_those_that_are_switched_on(asking: Asking) -> None:
    told = {one["id"]: one["locale"] for one in asking.get("/api/v2/locales")["locales"]}
    assert told == {1: "en-US", 2: "es", 8: "de", 16: "fr", 67: "ja"}


def test_a_status_of_the_team_s_own_has_a_number(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    number = fake_zendesk.account.add_status("Waiting for parts", "pending")
    told = asking.get("/api/v2/custom_statuses")["custom_statuses"]
    assert [one["agent_label"] for one in told if one["id"] == number] == ["Waiting for parts"]
    action = {"field": "custom_status_id", "value": str(number)}
    assert asking.macro(actions=[action])["actions"] == [action]


def test_one_row_is_told_by_its_number(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    number = fake_zendesk.account.add_field("Order")
    assert asking.get(f"/api/v2/ticket_fields/{number}")["ticket_field"]["title"] == "Order"
