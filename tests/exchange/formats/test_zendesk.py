from __future__ import annotations

import json

import pytest

from cannery.exchange.formats.zendesk import FORMAT, sections
from cannery.exchange.table import format_of
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.location import Status
from tests.exchange.reading import kept, source_file


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read(kept("zendesk"))


def reply(imported: Imported, record: str, language: str = "") -> CannedReply:
    return next(
        one
        for one in imported.replies
        if one.origin.record == record and one.language in ("", language)
    )


def macro(*actions: tuple[str, object], **more: object) -> CannedReply:
    listed = [{"field": field, "value": value} for field, value in actions]
    text = json.dumps({"macros": [{"id": 1, "title": "T", "actions": listed, **more}]})
    return FORMAT.read([source_file("m.json", text)]).replies[0]


def test_every_file_of_a_backup_is_known() -> None:
    assert {format_of(file) for file in kept("zendesk")} == {FORMAT}


def test_html_becomes_markdown_with_our_names(imported: Imported) -> None:
    found = reply(imported, "4411001", "en-US")
    assert (found.section, found.title) == ("Billing/Refunds", "Refund is on its way")
    assert found.summary == "After finance has confirmed the refund"
    assert found.subject == "Your refund for order {{ field_360012345678 }}"
    assert found.body == (
        "Hi {{ ticket.requester.first_name }},\n\n"
        "we have refunded **{{ field_360012345680 }}** for order {{ field_360012345678 }}. "
        "You can follow it [in your request]({{ ticket.url }}).\n\n"
        "Best regards,\\\n{{ agent.name }}\n"
    )
    assert [field.source for field in found.fields] == [
        "ticket.custom_fields.360012345680",
        "ticket.custom_fields.360012345678",
    ]


def test_dynamic_content_makes_a_reply_a_language(imported: Imported) -> None:
    assert "どうぞよろしくお願いいたします。" in reply(imported, "4411001", "ja").body
    languages = [one.language for one in imported.replies if one.origin.record == "4411001"]
    assert languages == ["en-US", "ja"]
    losses = reply(imported, "4411001", "en-US").losses
    assert "locale 34" in [loss.what for loss in losses]


def test_actions_are_ours_or_told(imported: Imported) -> None:
    first, second = reply(imported, "4411001", "ja"), reply(imported, "4411002")
    assert first.actions == {
        "status": "solved",
        "add_tags": ["refund", "billing_done"],
        "custom_fields": {"360012345679": "refund_approved"},
    }
    assert second.actions == {
        "public": False,
        "set_tags": ["password", "self_service"],
        "remove_tags": ["new"],
        "assignee": "current_user",
        "priority": "low",
    }
    assert [loss.what for loss in first.losses] == [
        "group_id: 360003030303",
        "https://hoshino.zendesk.example/attachments/token/a1/?name=step.png",
        "restriction: Group [360003030303]",
    ]  # fmt: skip
    assert [loss.what for loss in second.losses] == [
        "side_conversation_slack: Reset <p>Look</p> C0123"
    ]


def test_a_plain_text_keeps_its_lines_its_logic_and_its_code(imported: Imported) -> None:
    found = reply(imported, "4411002")
    assert found.status is Status.RETIRED
    assert found.body == (
        "Hello {{ ticket.requester.first_name | default: 'there' }},\n\n"
        "{% if ticket.organization.name == 'Kitakaze' %}Please ask your own administrator."
        "{% else %}We have sent you a link.{% endif %}\n\nCode: `{{ '{{' }}ticket.id}}`\n"
    )


def test_a_macro_without_a_text_is_told_with_its_line(imported: Imported) -> None:
    assert (44, "Assign to me", "it has no text and only changes the ticket") in [
        (loss.line, loss.what, loss.why) for loss in imported.losses
    ]


def test_one_macro_and_a_macro_a_line_are_read_too(imported: Imported) -> None:
    assert reply(imported, "99").section == "お問い合わせ"
    lines = [one.origin.line for one in imported.replies if one.origin.path.endswith("jsonl")]
    assert lines == [1, 2]


def test_a_text_of_one_channel_and_an_unclosed_placeholder_are_told(imported: Imported) -> None:
    found = reply(imported, "2")
    assert found.body == "Goodbye {{ ticket.requester.first_name }}\n\nSee you\n"
    assert [loss.what for loss in found.losses] == ["channel:web", "{{ticket.requester.first_name"]


def test_lost_logic_makes_a_draft() -> None:
    assert macro(("comment_value", "{% if a %}x")).status is Status.DRAFT
    assert macro(("comment_value", "{% if a %}x"), active=False).status is Status.RETIRED


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("status", {"a": 1}, "status"),
        ("set_tags", {"a": 1}, "set_tags"),
        ("comment_value_html", 1.5, "comment_value_html"),
        ("follower", "current_user", "follower: current_user"),
        ("brand_new", ["a"], "brand_new: a"),
        (None, None, "None"),
    ],
)
def test_an_action_that_cannot_be_had_is_told(field: str, value: object, what: str) -> None:
    assert what in [loss.what for loss in macro(("comment_value", "x"), (field, value)).losses]


def test_a_number_of_another_type_is_a_text() -> None:
    found = macro(("comment_value", 12), ("custom_fields_1", True), ("custom_fields_2", 7))
    assert (found.body, found.actions) == ("12\n", {"custom_fields": {"1": True, "2": "7"}})


def test_titles_are_sections() -> None:
    assert sections("A:: B/C ::D") == ("A/B-C", "D")
    assert sections("::A") == ("", "A")
    assert sections("::") == ("", "")


def test_dynamic_content_within_bounds() -> None:
    item = {"placeholder": "{{dc.a}}", "variants": [{"content": "<b>x</b> & y", "locale_id": 1}]}
    uses = [{"field": "comment_value", "value": "{{dc.a}}" * 100}]
    macros = [{"title": "T", "actions": uses}]
    file = source_file("m.json", json.dumps({"macros": macros, "items": [item]}))
    assert FORMAT.read([file]).replies[0].body.count("<b>") == 20


def test_a_table_with_a_column_for_each_action_is_read(imported: Imported) -> None:
    first, second = reply(imported, "701"), reply(imported, "702")
    assert (first.section, first.title, first.origin.line) == ("Shipping", "Late", 2)
    assert first.body == "Hi {{ ticket.requester.first_name }},\n\nit is late.\n"
    assert first.actions == {"add_tags": ["late", "shipping"], "status": "pending"}
    assert (second.status, second.origin.line) == (Status.RETIRED, 5)
    assert [loss.what for loss in second.losses] == ["restriction: Group 5"]


def test_a_table_with_actions_as_json_is_read_and_a_broken_one_told(imported: Imported) -> None:
    assert reply(imported, "801").actions == {"status": "solved"}
    assert ("actions.csv", 3, "Broken") in [
        (loss.path.rpartition("/")[2], loss.line, loss.what) for loss in imported.losses
    ]


def test_a_trigger_is_no_macro() -> None:
    trigger = {"title": "T", "actions": [{"field": "status", "value": "open"}], "conditions": {}}
    assert not FORMAT.recognize(source_file("t.json", json.dumps({"triggers": [], **trigger})))
