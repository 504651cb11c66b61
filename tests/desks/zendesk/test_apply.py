from __future__ import annotations

from typing import Any

import pytest

from tests.desks.zendesk.account import ENGLISH, JAPANESE
from tests.desks.zendesk.asking import MACROS, Asking
from tests.desks.zendesk.fake import FakeZendesk


def _applied(asking: Asking, fake: FakeZendesk, *actions: dict[str, Any], **person: str) -> Any:  # noqa: ANN401 - JSON
    """The ticket as a macro with these actions would leave it."""
    requester = {"name": "Kim <Lee>", **person}
    ticket = fake.tickets.add("No ink", requester, tags=["vip"], organization_id=None)
    number = asking.macro(actions=list(actions))["id"]
    return asking.get(f"/api/v2/tickets/{ticket}/macros/{number}/apply")["result"]["ticket"]


def _html(value: str) -> dict[str, Any]:
    return {"field": "comment_value_html", "value": value}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>{{ticket.title}}</p>", "<p>No ink</p>"),
        ("<p>{{ticket.requester.first_name}} {{ ticket.requester.name }}</p>", "<p>Kim Kim &lt;Lee&gt;</p>"),
        ("<p>[{{ticket.organization.name}}{{ticket.nothing}}{{nothing}}]</p>", "<p>[]</p>"),
        ("<p>{{TICKET.title}}</p>", "<p></p>"),
        ("<p>{{ticket.organization.name | default: 'you'}}</p>", "<p>you</p>"),
        ("<p>{% if ticket.priority %}x{% endif %}{{current_user.name}}</p>", "<p>xAda Agent</p>"),
        ("<p><code>{{ticket.title}}</code></p>", "<p><code>{{ticket.title}}</code></p>"),
        ("<p>`{{ticket.title}}`</p>", "<p>`{{ticket.title}}`</p>"),
        ("<p>{% if %}</p>", "<p>{% if %}</p>"),
    ],
)  # fmt: skip
def test_placeholders_are_filled_in(
    asking: Asking, fake_zendesk: FakeZendesk, written: str, shown: str
) -> None:
    ticket = _applied(asking, fake_zendesk, _html(written))
    assert ticket["comment"]["html_body"] == shown


@pytest.mark.parametrize(
    ("locale", "shown"), [("ja", "<p>こんにちは No ink</p>"), ("de", "<p>Hello No ink</p>")]
)
def test_dynamic_content_is_in_the_requester_s_language_or_the_default_one(
    asking: Asking, fake_zendesk: FakeZendesk, locale: str, shown: str
) -> None:
    asking.item(
        "greeting", (ENGLISH, "Hello {{ticket.title}}"), (JAPANESE, "こんにちは {{ticket.title}}")
    )
    ticket = _applied(asking, fake_zendesk, _html("<p>{{dc.greeting}}</p>"), locale=locale)
    assert ticket["comment"]["html_body"] == shown


def test_a_plain_comment_is_no_html(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    plain = {"field": "comment_value", "value": "Dear {{ticket.requester.name}}"}
    comment = _applied(asking, fake_zendesk, plain)["comment"]
    assert comment["body"] == "Dear Kim <Lee>"
    assert comment["scoped_body"] == [["channel:all", "Dear Kim <Lee>"]]
    assert comment["public"]


def test_what_a_macro_does_beside_its_text(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    group = fake_zendesk.account.groups["Billing"]
    field = fake_zendesk.account.add_field("Order")
    actions = {"status": "solved", "current_tags": "refund", "group_id": str(group), "subject": "Re: {{ticket.title}}", "comment_mode_is_public": "false", "comment_value": "x", f"custom_fields_{field}": "7", "assignee_id": "current_user"}  # fmt: skip
    told = _applied(asking, fake_zendesk, *({"field": name, "value": value} for name, value in actions.items()))  # fmt: skip
    wanted = {"status": "solved", "tags": ["refund", "vip"], "group_id": group, "subject": "Re: No ink", "fields": {"id": field, "value": "7"}, "assignee_id": fake_zendesk.account.agent["id"]}  # fmt: skip
    assert {name: told[name] for name in wanted} == wanted
    assert told["comment"]["public"] is False


def test_the_ticket_stays_as_it_is(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    told = _applied(asking, fake_zendesk, _html("<p>x</p>"), {"field": "status", "value": "solved"})
    assert asking.get(f"/api/v2/tickets/{told['id']}")["ticket"]["status"] == "open"


def test_without_a_ticket_its_values_are_blank(asking: Asking) -> None:
    number = asking.macro(actions=[_html("<p>Dear {{ticket.requester.name}}</p>")])["id"]
    told = asking.get(f"{MACROS}/{number}/apply")["result"]["ticket"]
    assert told["comment"]["html_body"] == "<p>Dear </p>"
