from __future__ import annotations

import pytest

from cannery.exchange.formats.text_files import FORMAT
from cannery.model.canned_reply import CannedReply
from tests.exchange.reading import kept, source_file


@pytest.fixture(scope="module")
def replies() -> dict[str, CannedReply]:
    return {
        reply.origin.path.rpartition("/")[2]: reply for reply in FORMAT.read(kept("text")).replies
    }


def test_a_subject_line_is_the_subject_and_the_title(replies: dict[str, CannedReply]) -> None:
    reply = replies["refund_en.txt"]
    assert (reply.title, reply.subject) == (
        "Your refund of {{amount}}",
        "Your refund of {{amount}}",
    )
    assert (reply.section, reply.origin.line) == ("billing", 3)


def test_a_signature_is_no_heading(replies: dict[str, CannedReply]) -> None:
    assert replies["refund_en.txt"].body == (
        "Hi {{ customer_name }},\n\n"
        "we have refunded ${amount} to your card. It takes 3 to 5 business days.\n\n"
        "Best regards,\n[Agent]\n\\--\nExample Support\n"
    )


def test_a_japanese_text_of_windows_is_read(replies: dict[str, CannedReply]) -> None:
    reply = replies["返金.txt"]
    assert (reply.title, reply.subject, reply.section) == (
        "ご返金について",
        "ご返金について",
        "ja/billing",
    )
    assert reply.body.startswith("〇〇様\n\nいつもお世話になっております。\n")


def test_a_text_without_a_title_has_the_name_of_its_file(replies: dict[str, CannedReply]) -> None:
    assert (replies["greeting.txt"].title, replies["greeting.txt"].body) == (
        "greeting", "Thank you for your message.\n",
    )  # fmt: skip


def test_front_matter_counts_and_what_is_unknown_in_it_is_told(
    replies: dict[str, CannedReply],
) -> None:
    reply = replies["reset.md"]
    assert (reply.title, reply.language, reply.shortcut, reply.tags) == (
        "Reset a password", "en", ";reset", ("account",),
    )  # fmt: skip
    assert [loss.what for loss in reply.losses] == ["colour"]


def test_html_becomes_markdown_around_its_placeholders(replies: dict[str, CannedReply]) -> None:
    reply = replies["outage.html"]
    assert reply.title == "We are looking into an outage"
    assert reply.body == (
        "Hello {{ticket.requester.first_name}},\n\nour **sync service** is down since {{ since }}. "
        "See [the status page](https://status.example.com/{{ incident }}).\n"
    )


def test_code_and_data_are_no_replies() -> None:
    assert not FORMAT.recognize(source_file("a.py", "print(1)"))
    assert not FORMAT.recognize(source_file("a.txt", b"\x89PNG\0\0\0"))
    assert not FORMAT.recognize(source_file("a.txt", "  \n"))
    assert not FORMAT.recognize(source_file("x/README.md", "# About"))
    assert FORMAT.recognize(source_file("licence.md", "Your licence"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [("x" * 30_000, "longer than"), ("<p></p>", "no text"), ("---\na: [\n---\nx", "line")],
)
def test_a_file_that_cannot_be_read_costs_a_loss(text: str, reason: str) -> None:
    imported = FORMAT.read([source_file("a.md", text), source_file("b.txt", "Hello")])
    assert [reply.title for reply in imported.replies] == ["b"]
    assert reason in imported.losses[0].why
