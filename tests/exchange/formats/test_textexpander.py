from __future__ import annotations

import pytest

from cannery.content.holes import holes_in_template
from cannery.exchange.finish import finished
from cannery.exchange.formats.textexpander import FORMAT
from cannery.exchange.liquid_text import is_liquid
from cannery.model.canned_reply import CannedReply
from tests.exchange.reading import kept, source_file


@pytest.fixture(scope="module")
def replies() -> dict[str, CannedReply]:
    files = kept("textexpander")
    assert all(map(FORMAT.recognize, files))
    return {reply.shortcut: reply for reply in FORMAT.read(files).replies}


def _read(content: str) -> CannedReply:
    (reply,) = FORMAT.read([source_file("a.csv", f'a,"{content}",A\n')]).replies
    return reply


def test_a_row_is_a_reply_with_or_without_a_row_of_names(replies: dict[str, CannedReply]) -> None:
    assert [*replies] == [
        "xdate", "xrich", ";hi", ";due", ";plan", ";full", ";paste", ";note", "｡お礼", "｡期限",
    ]  # fmt: skip
    assert (replies[";due"].title, replies[";due"].origin.line) == ("Deadline", 4)
    assert replies["xdate"].body == "Sent on {{ today | date: '%Y-%m-%d' }}\n"


def test_fill_ins_are_fields(replies: dict[str, CannedReply]) -> None:
    reply = replies[";hi"]
    assert reply.body == "Hi {{ customer_name }},\n\nthank you for writing to us. {{ cursor }}\n"
    (field,) = reply.fields
    assert (field.label, field.default, field.required) == ("customer name", "there", False)
    assert [one.type for one in replies[";note"].fields] == ["multiline"]


def test_choices_and_optional_parts_are_fields(replies: dict[str, CannedReply]) -> None:
    reply = replies[";plan"]
    assert reply.body == (
        "You are on the {{ plan }} plan.{% if discount %} You get 10% off.{% endif %}\n"
    )
    plan, discount = reply.fields
    assert ([one.value for one in plan.choices], plan.default) == (
        ["Free", "Team", "Business"],
        "Free",
    )
    assert (discount.type, discount.default) == ("yesno", "no")


def test_dates_are_ours_and_those_ahead_are_proposed(replies: dict[str, CannedReply]) -> None:
    reply = replies[";due"]
    assert reply.body.startswith(
        "Please answer by {{ date_7d | date: '%B %e, %Y' }}. It is {{ now | date: '%H:%M' }} now."
    )
    assert [(one.type, one.default) for one in reply.fields] == [("date", "in 7 days")]
    assert replies["｡期限"].body == "{{ date_3d | date: '%Y年%m月%d' }}日までにご返信ください。\n"


def test_a_snippet_in_a_snippet_is_its_text(replies: dict[str, CannedReply]) -> None:
    assert "writing to us. {{ cursor }}\nYou are on the {{ plan }}" in replies[";full"].body


def test_what_cannot_be_had_is_told(replies: dict[str, CannedReply]) -> None:
    reply = replies[";paste"]
    assert reply.body == "You wrote: {{ clipboard }} {{ none }}\n"
    assert [loss.what for loss in reply.losses] == ["%clipboard%", "%snippet:;none%", "%key:esc%"]


def test_html_is_read_as_such(replies: dict[str, CannedReply]) -> None:
    assert replies["xrich"].body == "Dear **{{ name }}**,\n\ncall us until {{ last_day }}.\n"
    assert [(one.label, one.type) for one in replies["xrich"].fields] == [
        ("Name", "text"), ("last day", "date"),
    ]  # fmt: skip


def test_no_placeholder_of_theirs_is_left(replies: dict[str, CannedReply]) -> None:
    for reply in map(finished, replies.values()):
        assert not holes_in_template(reply.body), reply.body


@pytest.mark.parametrize(
    "content",
    [
        "%fillpart:name=a%never ended", "a%fillpartend%", "%fillpopup:name=x%", "%filltext%", "%fill",
        "%@+5h%H:%M", "%@-2W%d", "%snippet:a%", "100% sure, 5%%", "%Q %1d", "%filltop:name=x%t",
    ],
)  # fmt: skip
def test_a_content_of_any_shape_is_a_template(content: str) -> None:
    assert is_liquid(_read(content).body)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Hi, Kim\nthanks, %clipboard%\n"),
        ("a.csv", "title,body\nHello,Good morning\n"),
        ("a.csv", "Hello Kim how are you,b\n"),
        ("a.csv", "one\ntwo\n"),
        ("a.csv", ""),
    ],
)
def test_other_texts_and_tables_are_none(name: str, text: str) -> None:
    assert not FORMAT.recognize(source_file(name, text))
