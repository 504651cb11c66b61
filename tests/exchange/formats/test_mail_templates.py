from __future__ import annotations

import pytest

from cannery.content.holes import holes_in_template
from cannery.exchange.finish import finished
from cannery.exchange.formats.mail_templates import FORMAT
from cannery.model.canned_reply import CannedReply
from tests.exchange.reading import kept, source_file


@pytest.fixture(scope="module")
def replies() -> dict[str, CannedReply]:
    files = kept("eml")
    assert all(map(FORMAT.recognize, files))
    return {reply.title: reply for reply in FORMAT.read(files).replies}


def test_of_two_forms_the_html_is_read_around_its_placeholders(
    replies: dict[str, CannedReply],
) -> None:
    reply = replies["Your refund of {{amount}}"]
    assert reply.subject == "Your refund of {{amount}}"
    assert reply.body == 'Dear [Name],\n\nwe have refunded **{{amount | default: "all"}}**.\n'


def test_a_japanese_mail_is_read_in_its_letters(replies: dict[str, CannedReply]) -> None:
    reply = replies["ご返金について"]
    assert (reply.language, reply.body) == ("ja", "〇〇様\n\n返金いたしました①。\n")


def test_what_is_attached_is_told_and_what_is_quoted_stays(replies: dict[str, CannedReply]) -> None:
    reply = replies["Welcome"]
    assert reply.body == "Welcome, <Name>.\n\n> a line that is quoted stays\n"
    assert [loss.what for loss in reply.losses] == ["terms.pdf"]


def test_no_placeholder_is_left(replies: dict[str, CannedReply]) -> None:
    for reply in map(finished, replies.values()):
        assert not holes_in_template(reply.body), reply.body


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"MIME-Version: 1.0\n\n", "no text"),
        (
            b"MIME-Version: 1.0\n" + b"Content-Type: multipart/mixed; boundary=a\n\n" * 20,
            "more parts",
        ),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + b"<div>" * 300, "nested too deeply"),
    ],
)
def test_a_mail_that_cannot_be_read_costs_a_loss(raw: bytes, reason: str) -> None:
    good = b"MIME-Version: 1.0\nSubject: A\n\nHello"
    imported = FORMAT.read([source_file("a.eml", raw), source_file("b.eml", good)])
    assert [reply.body for reply in imported.replies] == ["Hello\n"]
    assert reason in imported.losses[0].why


def test_a_text_is_no_mail() -> None:
    assert not FORMAT.recognize(source_file("a.txt", "Subject: Hello\n\nHi"))
