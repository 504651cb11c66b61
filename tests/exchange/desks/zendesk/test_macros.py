"""Macros of Zendesk, against the one on loopback: what is read, what is sent, in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cannery.content import frontmatter
from cannery.content.library import read
from cannery.errors import NotFoundError
from cannery.model.desk_settings import Asking
from cannery.model.entry import Field, Macro
from cannery.model.location import Kind
from cannery.rest.client import RestError
from cannery.settings import Settings
from tests.desks.faults import Status
from tests.desks.zendesk.asking import COMMENT
from tests.desks.zendesk.asking import Asking as Person
from tests.desks.zendesk.fake import FakeZendesk
from tests.exchange.desks.zendesk.connected import asked, change, connect, family, macro, push

_MACROS = "/api/v2/macros"
_ITEMS = "/api/v2/dynamic_content/items"
ENGLISH, JAPANESE = macro("Hello"), macro("こんにちは", "ja")


def _raw(fake: FakeZendesk, record_id: str) -> dict[str, Any]:
    return fake.store.row("macros", int(record_id))


def _items(fake: FakeZendesk) -> list[dict[str, Any]]:
    return fake.dynamic.rows


def test_what_is_sent_is_what_is_read(fake_zendesk: FakeZendesk) -> None:
    desk = connect(fake_zendesk)
    actions = {"status": "pending", "add_tags": ["b", "A"], "group": "Billing", "public": False}
    sent = desk.outgoing(family(macro("a\nb", subject="Re: {{ ticket.id }}", actions=actions)))
    record = desk.create(Kind.MACRO, sent.parts)
    assert dict(sent.parts).items() <= record.parts.items()
    assert [*connect(fake_zendesk).records(Kind.MACRO)][0].parts == record.parts  # noqa: RUF015


def test_the_section_stands_in_the_title(fake_zendesk: FakeZendesk) -> None:
    record = push(connect(fake_zendesk), ENGLISH)
    assert _raw(fake_zendesk, record.id)["title"] == "Billing::Refund"
    assert (record.parts["section"], record.title) == ("Billing", "Refund")


def test_a_macro_in_one_language_has_its_text_in_it(fake_zendesk: FakeZendesk) -> None:
    record = push(connect(fake_zendesk), ENGLISH)
    actions = _raw(fake_zendesk, record.id)["actions"]
    assert actions == [{"field": "comment_value_html", "value": "<p>Hello</p>"}]


def test_languages_are_variants_of_dynamic_content(fake_zendesk: FakeZendesk) -> None:
    record = push(connect(fake_zendesk), ENGLISH, JAPANESE)
    actions = _raw(fake_zendesk, record.id)["actions"]
    assert actions[0]["value"] == "{{dc.kb_billing_refund}}"
    texts = {one["locale_id"]: one["content"] for one in _items(fake_zendesk)[0]["variants"]}
    assert texts == {1: "<p>Hello</p>", 67: "<p>こんにちは</p>"}
    assert {name for name in record.parts if name.startswith("body.")} == {"body.en", "body.ja"}


def test_a_macro_that_is_not_in_the_default_language_keeps_its_own(
    fake_zendesk: FakeZendesk,
) -> None:
    record = push(connect(fake_zendesk), JAPANESE)
    assert [name for name in record.parts if name.startswith("body.")] == ["body.ja"]


def test_a_language_that_the_desk_has_not_is_told(fake_zendesk: FakeZendesk) -> None:
    fake_zendesk.account.enabled = (1,)
    sent = connect(fake_zendesk).outgoing(family(ENGLISH, JAPANESE))
    assert "body.ja" not in sent.parts
    assert "ja" in [loss.what for loss in sent.losses]


def test_a_second_language_comes_before_the_macro_refers_to_it(fake_zendesk: FakeZendesk) -> None:
    desk = connect(fake_zendesk)
    record = push(desk, ENGLISH)
    start = len(fake_zendesk.lines)
    record = change(desk, record, body__ja="<p>はい</p>")
    assert asked(fake_zendesk, start) == [f"POST {_ITEMS}", f"PUT {_MACROS}/{record.id}"]
    assert record.parts["body.ja"] == "<p>はい</p>"


def test_dynamic_content_goes_after_the_macro_has_left_it(fake_zendesk: FakeZendesk) -> None:
    desk = connect(fake_zendesk)
    record = push(desk, ENGLISH, JAPANESE)
    start = len(fake_zendesk.lines)
    record = desk.update(record, {"body.ja": None})
    item = "DELETE " + _ITEMS
    assert [line[: len(item)] for line in asked(fake_zendesk, start)] == [
        f"PUT {_MACROS}/{record.id}"[: len(item)],
        item,
    ]
    assert _items(fake_zendesk) == []
    assert "body.ja" not in record.parts


def test_a_changed_language_is_sent_alone(fake_zendesk: FakeZendesk) -> None:
    desk = connect(fake_zendesk)
    record = push(desk, ENGLISH, JAPANESE)
    start = len(fake_zendesk.lines)
    record = change(desk, record, body__ja="<p>いいえ</p>")
    assert [line.split("/")[3:5] for line in asked(fake_zendesk, start)] == [
        ["dynamic_content", "items"]
    ]
    assert record.parts["body.en"] == "<p>Hello</p>"


def test_a_variant_in_another_language_stays(fake_zendesk: FakeZendesk, person: Person) -> None:
    desk = connect(fake_zendesk)
    record = push(desk, ENGLISH, JAPANESE)
    item = _items(fake_zendesk)[0]["id"]
    person.post(f"{_ITEMS}/{item}/variants", {"variant": {"locale_id": 16, "content": "Oui"}})
    desk = connect(fake_zendesk)
    change(desk, record, body__ja="<p>x</p>")
    assert {one["locale_id"] for one in _items(fake_zendesk)[0]["variants"]} == {1, 67, 16}


def test_a_text_that_others_share_is_not_changed(fake_zendesk: FakeZendesk, person: Person) -> None:
    person.item("Shared", (1, "Hi"), (67, "やあ"))
    shared = {"field": "comment_value_html", "value": "<p>{{dc.shared}}</p>"}
    ids = [person.macro(title=title, actions=[shared])["id"] for title in ("One", "Two")]
    desk = connect(fake_zendesk)
    record = desk.read(Kind.MACRO, str(ids[0]))
    assert record is not None
    assert record.parts["body.ja"] == "<p>やあ</p>"
    change(desk, record, body__ja="<p>どうも</p>")
    assert [one["content"] for one in _items(fake_zendesk)[0]["variants"]] == ["Hi", "やあ"]
    other = desk.read(Kind.MACRO, str(ids[1]))
    assert other is not None
    assert other.parts["body.ja"] == "<p>やあ</p>"


def test_another_title_changes_no_placeholder(fake_zendesk: FakeZendesk) -> None:
    desk = connect(fake_zendesk)
    record = push(desk, ENGLISH, JAPANESE)
    change(desk, record, title="Money back", body__ja="<p>x</p>")
    assert [one["placeholder"] for one in _items(fake_zendesk)] == ["{{dc.kb_billing_refund}}"]
    assert _raw(fake_zendesk, record.id)["title"] == "Billing::Money back"


def test_a_text_that_has_gone_is_looked_for_once(fake_zendesk: FakeZendesk, person: Person) -> None:
    gone = {"field": "comment_value_html", "value": "<p>Hi {{dc.gone}}</p>"}
    ids = [str(person.macro(actions=[gone])["id"]) for _ in range(3)]
    desk = connect(fake_zendesk)
    records = [desk.read(Kind.MACRO, record_id) for record_id in ids]
    assert all(record and "dc.gone" in str(record.parts["body.en"]) for record in records)
    assert fake_zendesk.lines.count(f"GET {_ITEMS}") == 2


def test_two_macros_of_one_title_have_texts_of_their_own(fake_zendesk: FakeZendesk) -> None:
    desk = connect(fake_zendesk)
    records = [push(desk, macro(text), JAPANESE) for text in ("One", "Two")]
    assert [one.parts["body.en"] for one in records] == ["<p>One</p>", "<p>Two</p>"]
    assert len(_items(fake_zendesk)) == 2


def test_another_name_with_the_same_placeholder_is_passed_by(
    fake_zendesk: FakeZendesk, person: Person
) -> None:
    person.item("kb billing refund", (1, "taken"))
    push(connect(fake_zendesk), ENGLISH, JAPANESE)
    assert [one["placeholder"] for one in _items(fake_zendesk)] == [
        "{{dc.kb_billing_refund}}",
        "{{dc.kb_billing_refund_2}}",
    ]


@pytest.mark.parametrize("cut", range(1, 3))
def test_a_run_that_was_cut_off_is_completed_by_the_next(
    fake_zendesk: FakeZendesk, cut: int
) -> None:
    desk = connect(fake_zendesk)
    [*desk.records(Kind.MACRO)]
    fake_zendesk.fail(Status(500), at=cut, method="POST")
    with pytest.raises(RestError):
        push(desk, ENGLISH, JAPANESE)
    assert [*connect(fake_zendesk).records(Kind.MACRO)] == []  # nothing is half done
    record = push(connect(fake_zendesk), ENGLISH, JAPANESE)
    assert len(_items(fake_zendesk)) == 1
    assert record.parts["body.ja"] == "<p>こんにちは</p>"


def test_a_link_to_an_article_of_ours_is_one_by_its_id(
    fake_zendesk: FakeZendesk, person: Person
) -> None:
    html = (
        '<p><a href="https://help.example/net/har">How</a> <a href="https://x.example/">x</a></p>'
    )
    made = person.macro(actions=[{"field": "comment_value_html", "value": html}])
    desk = connect(fake_zendesk)
    record = desk.read(Kind.MACRO, str(made["id"]))
    assert record is not None
    body = desk.incoming(record).by_language["en"].body
    assert body == "[How]({{ 'articles/net/har' | article_url }}) [x](https://x.example/)\n"


def test_lines_that_are_meant_for_items_become_a_list(
    fake_zendesk: FakeZendesk, person: Person
) -> None:
    plain = {"field": "comment_value", "value": "We need:\n- a log\n- a date\n1. now"}
    made = person.macro(actions=[plain])
    desk = connect(fake_zendesk)
    record = desk.read(Kind.MACRO, str(made["id"]))
    assert record is not None
    body = desk.incoming(record).by_language["en"].body
    assert body == "We need:\n- a log\n- a date\n1. now\n"


def test_what_is_not_sent_stays(fake_zendesk: FakeZendesk, person: Person) -> None:
    group = fake_zendesk.account.groups["Billing"]
    made = person.macro(restriction={"type": "Group", "ids": [group]}, description="About")
    desk = connect(fake_zendesk)
    record = desk.read(Kind.MACRO, str(made["id"]))
    assert record is not None
    after = change(desk, record, title="Changed")
    assert {**after.parts, "title": "Greeting"} == record.parts


def test_a_restriction_is_taken_away(fake_zendesk: FakeZendesk, person: Person) -> None:
    group = fake_zendesk.account.groups["Billing"]
    made = person.macro(restriction={"type": "Group", "ids": [group]})
    desk = connect(fake_zendesk)
    record = desk.read(Kind.MACRO, str(made["id"]))
    assert record is not None
    assert record.parts["restriction"] == ["Billing"]
    assert change(desk, record, restriction=None).parts["restriction"] is None
    assert change(desk, record, restriction=["支援"]).parts["restriction"] == ["支援"]


def test_a_macro_is_for_the_groups_that_its_file_names(fake_zendesk: FakeZendesk) -> None:
    desk = connect(fake_zendesk)
    ours = replace(ENGLISH, groups=("支援", "Billing"))
    record = push(desk, ours)
    assert _raw(fake_zendesk, record.id)["restriction"]["type"] == "Group"
    assert desk.incoming(record).by_language["en"].keys["groups"] == ["Billing", "支援"]
    assert desk.update(record, {"restriction": None}).parts["restriction"] is None
    assert _raw(fake_zendesk, record.id)["restriction"] is None


def test_a_macro_for_a_group_that_the_desk_has_not_does_not_go_out(
    fake_zendesk: FakeZendesk,
) -> None:
    with pytest.raises(NotFoundError, match="no groups called Nobody"):
        connect(fake_zendesk).outgoing(family(replace(ENGLISH, groups=("Nobody",))))


def test_a_macro_without_a_text_is_told(fake_zendesk: FakeZendesk, person: Person) -> None:
    made = person.macro(actions=[{"field": "status", "value": "solved"}])
    desk = connect(fake_zendesk)
    record = desk.read(Kind.MACRO, str(made["id"]))
    assert record is not None
    incoming = desk.incoming(record)
    assert incoming.by_language == {}
    assert "only changes the ticket" in incoming.losses[0].why


def test_a_macro_of_one_agent_alone_is_left_alone(
    fake_zendesk: FakeZendesk, person: Person
) -> None:
    made = person.macro(restriction={"type": "User", "id": 5})
    desk = connect(fake_zendesk)
    assert [*desk.records(Kind.MACRO)] == []
    assert desk.read(Kind.MACRO, str(made["id"])) is None


def test_what_only_zendesk_does_stays_when_something_else_is_sent(
    fake_zendesk: FakeZendesk, person: Person
) -> None:
    aside = {"field": "side_conversation_slack", "value": ["Subject", "Text", "C1"]}
    made = person.macro(actions=[COMMENT, aside, {"field": "status", "value": "open"}])
    desk = connect(fake_zendesk)
    record = desk.read(Kind.MACRO, str(made["id"]))
    assert record is not None
    ours = desk.incoming(record).by_language["en"].keys["actions"]
    assert ours == {
        "status": "open",
        "zendesk": {"side_conversation_slack": [["Subject", "Text", "C1"]]},
    }
    desk.update(record, {"actions.status": "solved"})
    assert aside in _raw(fake_zendesk, record.id)["actions"]


def test_only_what_has_changed_is_sent(fake_zendesk: FakeZendesk) -> None:
    desk = connect(fake_zendesk)
    record = push(desk, ENGLISH)
    change(desk, record, description="More")
    sent = fake_zendesk.asked[-1].request
    assert (sent.method, sent.content) == ("PUT", {"macro": {"description": "More"}})


def test_an_action_on_a_field_that_was_deactivated_stops_nothing(
    fake_zendesk: FakeZendesk, person: Person
) -> None:
    field = fake_zendesk.account.add_field("Old")
    made = person.macro(actions=[COMMENT, {"field": f"custom_fields_{field}", "value": "x"}])
    fake_zendesk.store.row("ticket_fields", field)["active"] = False
    desk = connect(fake_zendesk, numbers={"ticket_fields": {"Old": str(field)}})
    record = desk.read(Kind.MACRO, str(made["id"]))
    assert record is not None
    assert change(desk, record, title="New").title == "New"
    assert desk.update(record, {"actions.status": "open"}).parts["actions.status"] == "open"
    told = desk.outgoing(family(macro("x", actions={"custom_fields": {"Old": "x"}}))).losses
    assert "was deactivated" in told[0].why


def test_numbers_are_never_in_what_is_read(fake_zendesk: FakeZendesk, person: Person) -> None:
    field = fake_zendesk.account.add_field("Product area")
    status = fake_zendesk.account.add_status("Waiting", "pending")
    group = fake_zendesk.account.groups["支援"]
    made = person.macro(
        actions=[
            {"field": "comment_value_html", "value": f"<p>{{{{ticket.ticket_field_{field}}}}}</p>"},
            {"field": f"custom_fields_{field}", "value": "x"},
            {"field": "custom_status_id", "value": str(status)},
            {"field": "group_id", "value": str(group)},
            {"field": "assignee_id", "value": str(fake_zendesk.account.agent["id"])},
        ]
    )
    desk = connect(fake_zendesk)
    record = desk.read(Kind.MACRO, str(made["id"]))
    assert record is not None
    version = desk.incoming(record).by_language["en"]
    assert version.keys["actions"] == {
        "status": "Waiting",
        "assignee": "ada@example.com",
        "group": "支援",
        "custom_fields": {"Product area": "x"},
    }
    assert version.keys["fields"] == [
        {
            "name": "product_area",
            "label": "Product area",
            "from": "ticket.custom_fields.Product area",
        }
    ]
    assert version.body == "{{ product_area }}\n"
    assert desk.numbers["groups"]["支援"] == str(group)


def test_a_field_of_the_ticket_goes_out_by_its_number(fake_zendesk: FakeZendesk) -> None:
    number = fake_zendesk.account.add_field("Product area")
    fields = [Field("area", source="ticket.custom_fields.Product area")]
    sent = connect(fake_zendesk).outgoing(family(macro("{{ area }}", fields=fields)))
    assert sent.parts["body.en"] == f"<p>{{{{ticket.ticket_field_{number}}}}}</p>"


@pytest.mark.parametrize(
    "placeholder",
    [
        "ticket.latest_comment",
        "ticket.requester.custom_fields.plan",
        "current_user.phone",
        "ticket.ticket_field_{}",
        "ticket.ticket_field_option_title_{}",
        "ticket.cc_names | upcase",
        'ticket.due_date | default: "soon"',
    ],
)
def test_what_only_zendesk_fills_in_goes_back_as_it_came(
    fake_zendesk: FakeZendesk, person: Person, placeholder: str
) -> None:
    number = fake_zendesk.account.add_field("Product area")
    html = f"<p>See {{{{{placeholder.format(number)}}}}}.</p>"
    made = person.macro(actions=[{"field": "comment_value_html", "value": html}])
    desk = connect(fake_zendesk)
    record = desk.read(Kind.MACRO, str(made["id"]))
    assert record is not None
    version = desk.incoming(record).by_language["en"]
    written = frontmatter.rewrite("", {**version.keys, "title": "x"}) + f"\n{version.body}"
    entry = read("kb/macros/x.md", written.encode(), Settings()).item
    assert str(number) not in written
    assert isinstance(entry, Macro)
    sent = desk.outgoing(family(entry))
    assert (sent.parts["body.en"], sent.asked) == (html, ())


def test_an_action_that_the_desk_has_not_is_told(fake_zendesk: FakeZendesk) -> None:
    actions = {"status": "closed", "priority": "huge", "group": "Nobody", "beep": 1, "type": "task"}
    sent = connect(fake_zendesk).outgoing(family(macro("x", actions=actions)))
    told = [loss.what for loss in sent.losses]
    assert told[:4] == ["status: closed", "priority: huge", "group: Nobody", "beep: 1"]
    assert [name for name in sent.parts if name.startswith("actions.")] == ["actions.type"]


def test_a_subject_that_asks_does_not_go_out(fake_zendesk: FakeZendesk) -> None:
    sent = connect(fake_zendesk).outgoing(family(macro("x", subject="About {{ thing }}")))
    assert "subject.en" not in sent.parts
    assert "subject" in [loss.what for loss in sent.losses]


def test_a_macro_that_asks_can_be_a_link(fake_zendesk: FakeZendesk) -> None:
    desk = connect(fake_zendesk, asking=Asking.LINK)
    sent = desk.outgoing(family(macro("{{ thing }}")))
    address = "https://inside.example/en/macros/billing/refund"
    assert sent.parts["body.en"] == f'<p><a href="{address}">Refund</a></p>'
    assert sent.asked == ("thing",)


def test_a_table_has_its_borders_at_the_desk_alone(fake_zendesk: FakeZendesk) -> None:
    record = push(connect(fake_zendesk), macro("| a | b |\n| - | -: |\n| 1 | 2 |"))
    assert "border" in _raw(fake_zendesk, record.id)["actions"][0]["value"]
    assert "border" not in str(record.parts["body.en"])
    assert 'align="right"' in str(record.parts["body.en"])


def test_only_what_has_changed_since_a_time_is_told(
    fake_zendesk: FakeZendesk, person: Person
) -> None:
    record = push(connect(fake_zendesk), ENGLISH, JAPANESE)
    item = _items(fake_zendesk)[0]
    variant = item["variants"][0]["id"]
    stamp = record.updated
    assert [*connect(fake_zendesk).records(Kind.MACRO, stamp)] == []
    fake_zendesk.store.passed(60)
    person.put(f"{_ITEMS}/{item['id']}/variants/{variant}", {"variant": {"content": "New"}})
    assert [one.id for one in connect(fake_zendesk).records(Kind.MACRO, stamp)] == [record.id]


def test_how_often_a_macro_was_used_is_told(fake_zendesk: FakeZendesk) -> None:
    record = push(connect(fake_zendesk), ENGLISH)
    fake_zendesk.macros.uses[int(record.id)] = {"usage_7d": 12}
    found = [*connect(fake_zendesk).records(Kind.MACRO)]
    assert found[0].usage == {"1h": 0, "24h": 0, "7d": 12, "30d": 0}


def test_a_deleted_macro_takes_its_own_texts_along(fake_zendesk: FakeZendesk) -> None:
    desk = connect(fake_zendesk)
    record = push(desk, ENGLISH, JAPANESE)
    desk.delete(record)
    desk.delete(record)
    assert ([*desk.records(Kind.MACRO)], _items(fake_zendesk)) == ([], [])


def test_a_macro_that_has_gone_is_none(fake_zendesk: FakeZendesk) -> None:
    assert connect(fake_zendesk).read(Kind.MACRO, "99999") is None
