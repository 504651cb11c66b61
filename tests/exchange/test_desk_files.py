from __future__ import annotations

import json

import pytest

from cannery.exchange.desk_files import read_desk, recognizes
from cannery.exchange.formats.intercom import DESK
from tests.exchange.reading import source_file

MACRO = '{"type": "macro", "id": "1", "name": "A", "body": "%s", "available_on": ["inbox"]}'


def test_a_file_that_is_no_json_costs_a_loss_with_its_line() -> None:
    imported = read_desk(
        [source_file("a.json", '{"data": [\n}'), source_file("b.json", MACRO % "x")], DESK
    )
    assert [reply.body for reply in imported.replies] == ["x\n"]
    assert [(loss.path, loss.line) for loss in imported.losses] == [("given/a.json", 2)]


def test_a_record_that_stands_twice_is_read_once() -> None:
    imported = read_desk([source_file("a.json", f"[{MACRO % 'x'}, {MACRO % 'x'}]")], DESK)
    assert (len(imported.replies), imported.losses) == (1, ())


def test_another_record_of_the_same_id_is_told() -> None:
    imported = read_desk([source_file("a.json", f"[{MACRO % 'x'},\n{MACRO % 'y'}]")], DESK)
    assert [reply.body for reply in imported.replies] == ["x\n"]
    assert [(loss.line, loss.why) for loss in imported.losses] == [
        (2, "another record has its id 1")
    ]


def test_records_without_an_id_are_all_read() -> None:
    record = '{"type": "macro", "name": "A", "body": "x", "id": null}'
    assert len(read_desk([source_file("a.json", f"[{record}, {record}]")], DESK).replies) == 2


@pytest.mark.parametrize(
    "text", ["{", "[1, 2]", '{"data": {"type": "macro"}}', "plain", "[]", b"\x00\xff{"]
)
def test_what_has_no_reply_of_the_desk_is_not_recognized(text: str | bytes) -> None:
    assert not recognizes(source_file("a.json", text), DESK)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<div>" * 300, "HTML that is nested too deeply"),
        ("x" * 200_001, "longer than 200,000 characters"),
    ],
)
def test_a_text_beyond_bounds_costs_its_reply_alone(body: str, why: str) -> None:
    other = MACRO.replace('"1"', '"2"') % "y"
    imported = read_desk([source_file("a.json", f"[{MACRO % body}, {other}]")], DESK)
    assert [reply.body for reply in imported.replies] == ["y\n"]
    assert [(loss.what, loss.why) for loss in imported.losses] == [("A", why)]


def test_what_steers_a_terminal_or_is_half_a_character_is_left_out() -> None:
    imported = read_desk(
        [source_file("a.json", MACRO % r"a\u0000b\u001b[31mc\ud800d\ue0000\ue001")], DESK
    )
    assert imported.replies[0].body == "abcd0\n"
    imported.replies[0].body.encode()


def test_an_image_is_told_once_for_each_up_to_a_bound() -> None:
    imported = read_desk(
        [source_file("a.json", MACRO % ("<img src='a.png'>" * 30 + "x<img>"))], DESK
    )
    assert [loss.what for loss in imported.replies[0].losses] == ["a.png"] * 20


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<div>a<br><br>b<br>&nbsp;<br>c<br></div>", "a\n\nb\n\nc\n"),
        ("<ul><li>a<br><br>b</li></ul>", "- a\n\n  b\n"),
        ("<table><tr><th>{{ user.name | fallback: 'x' }}</th><th>b|c</th></tr></table>",
         "| {{ ticket.requester.name | default: 'x' }} | b\\|c |\n| --- | --- |\n"),
        ("<p>{{user.<span>name</span>}} {{ user.name}}</p>", "{{ ticket.requester.name }} {{ ticket.requester.name }}\n"),
        ("<a href='https://e.example/?q=%7B%7Buser.email%7D%7D'>x</a>", "[x](https://e.example/?q={{ ticket.requester.email }})\n"),
        ("<a href='mailto:{{user.email}}'>x</a>", "[x](mailto:{{ ticket.requester.email }})\n"),
        ("<a href='javascript:{{user.email}}'>x</a>", "x\n"),
    ],
)  # fmt: skip
def test_html_as_editors_write_it_becomes_markdown_as_people_do(html: str, markdown: str) -> None:
    record = {"type": "macro", "id": "1", "name": "A", "body": html}
    imported = read_desk([source_file("a.json", json.dumps(record))], DESK)
    assert imported.replies[0].body == markdown


def test_a_title_of_any_length_is_one_line_of_a_bounded_one() -> None:
    record = {"type": "macro", "id": "1", "name": "a\nb" * 500, "body": "x"}
    reply = read_desk([source_file("a.json", json.dumps(record))], DESK).replies[0]
    assert len(reply.title) == 200
    assert "\n" not in reply.title
