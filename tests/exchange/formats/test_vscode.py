from __future__ import annotations

import json

import pytest

from cannery.content.holes import holes_in_template
from cannery.exchange.finish import finished
from cannery.exchange.formats.vscode import FORMAT
from cannery.model.canned_reply import CannedReply
from tests.exchange.reading import kept, source_file


@pytest.fixture(scope="module")
def replies() -> dict[str, CannedReply]:
    files = kept("vscode")
    assert all(map(FORMAT.recognize, files))
    return {reply.title: reply for reply in FORMAT.read(files).replies}


def _read(body: str) -> CannedReply:
    text = json.dumps({"A": {"prefix": "a", "body": body}})
    (reply,) = FORMAT.read([source_file("a.json", text)]).replies
    return reply


def test_tab_stops_are_fields_and_the_last_is_the_cursor(replies: dict[str, CannedReply]) -> None:
    reply = replies["Refund"]
    assert reply.body == (
        "Hi {{ customer_name }},\n\nwe have refunded **{{ amount }}** by {{ value_3 }}.\n"
        "It takes {{ value_4 }} days, {{ customer_name }}.\n\n{{ cursor }}\n"
    )
    assert [(one.name, one.type, one.default) for one in reply.fields] == [
        ("customer_name", "text", None), ("amount", "text", None), ("value_3", "choice", None),
        ("value_4", "text", "3 to 5"),
    ]  # fmt: skip
    assert [one.value for one in reply.fields[2].choices] == [
        "card",
        "bank transfer",
        "voucher, by mail",
    ]


def test_prefixes_are_the_shortcut_and_words_to_find_it_by(replies: dict[str, CannedReply]) -> None:
    reply = replies["Refund"]
    assert (reply.shortcut, reply.keywords, reply.origin.line) == (
        "refund", ("money-back", "Tell about a refund"), 3,
    )  # fmt: skip


def test_dates_are_ours_and_what_the_editor_knows_is_asked_for(
    replies: dict[str, CannedReply],
) -> None:
    reply = replies["Date line"]
    assert reply.body.startswith(
        "{{ today | date: '%Y' }}-{{ today | date: '%m' }}-{{ today | date: '%d' }}: "
    )
    assert [(one.name, one.default) for one in reply.fields] == [
        ("tm_selected_text", "nothing"), ("clipboard", None),
    ]  # fmt: skip
    assert [loss.what for loss in reply.losses] == ["TM_SELECTED_TEXT", "CLIPBOARD"]


def test_escapes_are_text_and_transforms_are_told(replies: dict[str, CannedReply]) -> None:
    reply = replies["Price"]
    assert (
        reply.body
        == "It costs $5 {net}, {{ value_1 }} {{ outer_inner }} and {{ unknown_thing }}.\n"
    )
    assert [loss.what for loss in reply.losses] == ["${1/(.*)/${1:/upcase}/}", "UNKNOWN_THING"]


def test_no_placeholder_of_theirs_is_left(replies: dict[str, CannedReply]) -> None:
    for reply in map(finished, replies.values()):
        assert not holes_in_template(reply.body), reply.body
        assert "$" not in reply.body.replace("$5", "")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("$1 ${1} ${1:a}", "{{ a }} {{ a }} {{ a }}\n"),
        ("${2|x,y|} and $2", "{{ value_2 }} and {{ value_2 }}\n"),
        ("${1:", "{{ value_1 }}\n"),
        ("${1|a", "${1|a\n"),
        ("${1/a", "{{ value_1 }}\n"),
        ("$", "$\n"),
        ("a } b", "a } b\n"),
        ("${FOO:${BAR:x}}!", "{{ foo }}!\n"),
        ("${1:" * 30 + "x" + "}" * 30, None),
    ],
)
def test_a_body_of_any_shape_is_read(body: str, expected: str | None) -> None:
    assert expected in {None, _read(body).body}


def test_other_json_is_none_and_what_is_broken_is_told() -> None:
    assert not FORMAT.recognize(source_file("a.json", '{"a": {"body": "b"}}'))
    assert not FORMAT.recognize(source_file("a.json", '[{"prefix": "a", "body": "b"}]'))
    broken = source_file("a.json", '{"a": {"prefix": "a", "body": "b"')
    assert FORMAT.recognize(broken)
    assert "no JSON" in FORMAT.read([broken]).losses[0].why
