"""What of a search may be kept."""

from __future__ import annotations

import pytest

from cannery.operations.search_words import masked_words


@pytest.mark.parametrize(
    "words",
    [
        "reset 2fa", "二段階認証 リセット", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "http-413-request-entity-too-large",
        "error 0x80070005", "CVE-2026-12345", "v2.14.3 upgrade", "error 502", "mark as solved", "Grace period", "Docker Hub login", "jenkins pipeline",
        "curl: (60) SSL certificate problem: unable to get local issuer certificate",
    ],
)  # fmt: skip
def test_words_stay_as_they_are(words: str) -> None:
    assert masked_words(words) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("John Smith refund", "… refund"),
        ("jean smith login", "… login"),
        ("Alice login", "… login"),
        ("田中さん 返金", "… 返金"),
        ("田中 返金", "… 返金"),
        ("佐藤 花子 解約", "… 解約"),
        ("jane@example.com bounced", "… bounced"),
        ("call 03-1234-5678 back", "call … back"),
        ("ticket 123456 refund", "ticket … refund"),
        ("build #1234 fails", "build … fails"),
        ("acme.com sso", "… sso"),
        ("192.168.1.1 timeout", "… timeout"),
        ("key a1b2c3d4e5f6a7b8c9 fails", "key … fails"),
        ("mysql://root:pw@db/x refused", "… refused"),
        ("東京都港区六本木1-2-3 配送", "… 配送"),
        ("ssh me@box denied", "ssh … denied"),
        ("odbc://db/x?user=jo&pwd=abc fails", "… fails"),
        ("mail(jane@example.com)は届かない", "mail(…)は届かない"),
        ("me@boxに届かない", "…に届かない"),
        ("Hanako Yamada login", "… login"),
        ("hanako yamada login", "… login"),
        ("Tanaka Xiu refund", "… refund"),
        ("jane(at)example.com bounced", "… bounced"),
        ("jane [at] example.com bounced", "… bounced"),
        ("jane&#64;example.com bounced", "… bounced"),
        ("call ０３－１２３４－５６７８ back", "call … back"),
    ],
)
def test_what_looks_personal_is_masked(typed: str, kept: str) -> None:
    assert masked_words(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "   ", "…", "https://acme.zendesk.com/agent/tickets/4711", "jane@example.com", "山田 太郎",
        f"ghp_{'9fK2mQ7xLw' 'Z3vB8nR5tY1cD6hJ4gS0aPqWeR'} fails", "password is hunter2X!", "4111 1111 1111 1111", "４１１１ １１１１ １１１１ １１１１", "refund " * 40, "x" * 1_000_000,
        "\x1b[31m\u202e\u2066",
    ],
)  # fmt: skip
def test_secrets_pasted_mails_and_what_has_no_words_are_left_out(typed: str) -> None:
    assert masked_words(typed) == ""


def test_nothing_that_steers_a_terminal_is_kept() -> None:
    assert masked_words("\x1b]0;title\x07red \u202eevil\nnext") == "red evil next"
