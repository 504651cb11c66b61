"""Tickets as people copy them out of their help desk's page."""

from __future__ import annotations

import pytest

from cannery.errors import UsageError
from cannery.reply.ticket import read_ticket

ZENDESK = """Acme Inc
Ticket #48213
Builds fail with 502
Requester
Kim Lee
Assignee*
Support/Aoki
Status
Open

Kim Lee
Yesterday 14:02
To: Support
Hello, since this morning our builds have failed, and it is not clear to us why.
"""
MAIL = """From: "Kim Lee" <kim@example.com>
To: support@example.com
Subject: Re: [Case 99812] Login fails
Date: Mon, 23 Nov 2026

We can not sign in. It is urgent for the team.
"""
JAPANESE = """チケット番号：10234
件名：ビルドが失敗します
依頼者：田中 太郎
会社名：株式会社サンプル
ステータス：新規

お世話になっております。昨日からビルドが失敗しています。
"""
ADDRESS = """https://acme.zendesk.com/agent/tickets/5120
Requester: lee@example.com
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ZENDESK,
            {
                "id": 48213,
                "status": "Open",
                "requester": {
                    "name": "Kim Lee", "first_name": "Kim", "last_name": "Lee", "locale": "en",
                },
            },
        ),
        (
            MAIL,
            {
                "id": 99812,
                "subject": "Re: [Case 99812] Login fails",
                "requester": {
                    "name": "Kim Lee", "first_name": "Kim", "last_name": "Lee",
                    "email": "kim@example.com", "locale": "en",
                },
            },
        ),
        (
            JAPANESE,
            {
                "id": 10234,
                "subject": "ビルドが失敗します",
                "status": "新規",
                "organization": {"name": "株式会社サンプル"},
                "requester": {
                    "name": "田中 太郎", "last_name": "田中", "first_name": "太郎", "locale": "ja",
                },
            },
        ),
        (
            ADDRESS,
            {
                "id": 5120,
                "url": "https://acme.zendesk.com/agent/tickets/5120",
                "requester": {"email": "lee@example.com"},
            },
        ),
    ],
)  # fmt: skip
def test_a_page_tells_who_asks_what(text: str, expected: dict[str, object]) -> None:
    assert read_ticket(text, "stdin") == expected


@pytest.mark.parametrize(
    "sender",
    ["<lee@x.example>", "\u200b <lee@x.example>", '"" <lee@x.example>', "（lee@x.example）"],
)
def test_an_address_alone_is_nobody_s_name(sender: str) -> None:
    ticket = read_ticket(f"Requester: {sender}\nSubject: Login\n", "stdin")
    assert ticket["requester"] == {"email": "lee@x.example"}


@pytest.mark.parametrize("text", ["", "Hello there.\nHow are you?", "12345", "a: b\nc: d"])
def test_a_text_that_tells_nothing_is_no_ticket(text: str) -> None:
    with pytest.raises(UsageError, match=r"^the clipboard: no ticket found"):
        read_ticket(text, "the clipboard")


@pytest.mark.parametrize("piece", ["a:", "<", "@", "a@", ": ", "\n", "：" * 50])
def test_a_long_page_that_means_ill_tells_nothing(piece: str) -> None:
    with pytest.raises(UsageError, match="no ticket found"):
        read_ticket(piece * (1_000_000 // len(piece)), "t")


def test_of_a_long_value_the_beginning_counts() -> None:
    ticket = read_ticket(("Requester: " + "<" * 500) * 2000, "t")
    assert ticket["requester"] == {"name": "<" * 300, "first_name": "<" * 300}


@pytest.mark.parametrize(
    "text",
    [
        f"Subject: my ticket{' ' * 200_000}please",
        f"Subject: my case{'　' * 200_000}no.{' ' * 200_000}:",
        "\n".join([f"Subject: {'* ' * 5_000}x"] * 100),
        "\n".join(["* " * 5_000 + "x"] * 100 + ["Subject: x"]),
        f"Subject: x\nRequester: {'(' * 200_000}",
        f"Subject: x\nFrom: a{' ' * 200_000}<{'a' * 200_000}",
    ],
)
def test_a_text_that_a_pattern_could_try_in_many_ways_is_read(text: str) -> None:
    assert "subject" in read_ticket(text, "stdin")


def test_blanks_that_line_a_page_up_say_nothing() -> None:
    ticket = read_ticket("Requester  :      Kim   Lee\nTicket no.          4711", "stdin")
    assert (ticket["id"], ticket["requester"]["name"]) == (4711, "Kim Lee")  # type: ignore[index]
