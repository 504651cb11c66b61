"""Mails as files have them: in parts, in any encoding and letters, with what they answer."""

from __future__ import annotations

import base64
import quopri
from email.header import Header
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Base

from cannery.operations.ticket import ticket_facts
from cannery.reply.ticket import MAX_CHARS, read_ticket
from cannery.richtext.mail_body import text_of_html

MAIL = """Return-Path: <kim@x.example>
MIME-Version: 1.0
From: =?utf-8?b?55Sw5LitIOWkqumDjg==?= <kim@x.example>
Subject: =?utf-8?q?Re=3A_=5B=2312345=5D_Login?=
Content-Type: text/plain; charset=utf-8

Hello, we can not log in. Please help.
"""


def test_a_mail_file_tells_its_sender_and_its_subject() -> None:
    ticket = read_ticket(MAIL, "a.eml")
    requester = ticket["requester"]
    assert isinstance(requester, dict)
    assert (requester["name"], requester["last_name"]) == ("田中 太郎", "田中")
    assert requester["email"] == "kim@x.example"
    assert (ticket["id"], ticket["subject"]) == (12345, "Re: [#12345] Login")


def test_a_mail_in_parts_or_in_an_unknown_code_is_read_as_far_as_it_goes() -> None:
    text = MAIL.replace("text/plain", "multipart/mixed; boundary=b").replace("utf-8?b", "x-none?b")
    requester = read_ticket(text.replace("\n", "\r\n"), "a.eml")["requester"]
    assert isinstance(requester, dict)
    assert requester["email"] == "kim@x.example"
    assert "=?" not in str(requester.get("name", ""))


def test_a_mail_without_the_marks_of_its_way_is_known_by_its_encoded_words() -> None:
    text = MAIL.replace("Return-Path: <kim@x.example>\nMIME-Version: 1.0\n", "")
    requester = read_ticket(text, "a.eml")["requester"]
    assert isinstance(requester, dict)
    assert requester["name"] == "田中 太郎"


HEAD = "Message-ID: <1@x.example>\nFrom: Kim Lee <kim@x.example>\nSubject: Login\n"
TEXT = "お世話になっております。\nログインできません。\n会社名：株式会社見本\n"
OLDER = (
    "\n2026年11月24日(火) 9:00 Support <s@y.example>:\n> 会社名：別の会社\n> チケット番号：999\n"
)


def _part(kind: str, text: str, coding: str = "8bit", letters: str = "utf-8") -> str:
    raw = text.encode(letters)
    coded = {
        "8bit": raw, "base64": base64.encodebytes(raw), "quoted-printable": quopri.encodestring(raw),
    }[coding]  # fmt: skip
    shown = coded.decode("utf-8", "surrogateescape")
    return (
        f"Content-Type: {kind}; charset={letters}\nContent-Transfer-Encoding: {coding}\n\n{shown}\n"
    )


def _parts(kind: str, boundary: str, *parts: str) -> str:
    inner = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{inner}--{boundary}--\n'


FILE = "Content-Type: application/pdf\nContent-Disposition: attachment\n\n%PDF 会社名：添付\n"
NOTES = "Content-Type: text/plain\nContent-Disposition: attachment\n\nCompany: Attached\n"
HTML = (
    "<html><head><style>a{}</style></head><body><p>"
    + TEXT.replace("\n", "<br>")
    + "</p></body></html>"
)


def _mail(body: str) -> dict[str, Any]:
    return read_ticket(HEAD + body, "a.eml")


@pytest.mark.parametrize("coding", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize("letters", ["utf-8", "iso-2022-jp", "shift_jis", "euc-jp"])
def test_a_body_is_read_in_any_encoding_and_letters(coding: str, letters: str) -> None:
    ticket = _mail(_part("text/plain", TEXT, coding, letters))
    assert ticket["description"] == TEXT.strip()
    assert ticket["organization"]["name"] == "株式会社見本"
    assert ticket["requester"]["locale"] == "ja"


@pytest.mark.parametrize(
    "body",
    [
        _parts("mixed", "A", _parts("alternative", "B", _part("text/plain", TEXT, "base64"), _part("text/html", "<p>x")), FILE),
        _parts("mixed", "A", FILE, NOTES, _parts("related", "B", _part("text/html", HTML, "quoted-printable"))),
        _parts("alternative", "A", _part("text/plain", "  \n"), _part("text/html", HTML)),
        _part("text/html", HTML, "base64", "iso-2022-jp"),
        _part("text/plain", TEXT).replace("; charset=utf-8", ""),
        _part("text/plain", TEXT, "8bit", "shift_jis").replace("; charset=shift_jis", ""),
        _part("text/plain", TEXT, "8bit", "iso-2022-jp").replace("; charset=iso-2022-jp", ""),
        _part("text/plain", TEXT).replace("utf-8", "x-unknown"),
    ],
)  # fmt: skip
def test_the_part_that_a_person_wrote_is_read(body: str) -> None:
    ticket = _mail(body)
    assert ticket["description"] == TEXT.strip()
    assert ticket["organization"]["name"] == "株式会社見本"


@pytest.mark.parametrize(
    "quoted",
    [
        OLDER,
        "\n> 会社名：別の会社\n",
        "\n-----Original Message-----\n会社名：別の会社\n",
        "\nOn Tue, Nov 24, 2026 at 9:00 AM Support <s@y.example> wrote:\n\n会社名：別の会社\n",
        "\n差出人: Support <s@y.example>\n送信日時: 2026年11月24日\n会社名：別の会社\n",
        "\nFrom: Support\nSent: Tuesday\nCompany: Other\n",
    ],
)
def test_what_a_mail_answers_is_not_its_own(quoted: str) -> None:
    ticket = _mail(_part("text/plain", TEXT.replace("会社名：株式会社見本\n", "") + quoted))
    assert "organization" not in ticket
    assert "id" not in ticket
    assert ticket["description"] == "お世話になっております。\nログインできません。"


INTROS = (
    "On Tue, Nov 24, 2026 at 9:00 AM Support <s@y.example> wrote:",
    "On Tue, Nov 24, 2026 at 9:00 AM Support Team of Y <support-team@y.example>\nwrote:",
    "2026年11月24日(火) 9:00 Support <s@y.example>:",
    "Le 24/11/2026 à 9:00, Support a écrit :",
)


@pytest.mark.parametrize("intro", INTROS)
@pytest.mark.parametrize(
    "above", ["", "Hi Kim,\n\n", "株式会社見本　田中様\nお世話になっております。\n\n"]
)
def test_an_answer_below_what_it_answers_is_read(intro: str, above: str) -> None:
    ticket = _mail(
        _part("text/plain", f"{above}{intro}\n> Which version?\n> Company: Other\n\nIt is 7.2\n")
    )
    assert ticket["description"] == f"{above}It is 7.2"
    assert "organization" not in ticket


@pytest.mark.parametrize("intro", INTROS)
@pytest.mark.parametrize("above", ["It is 7.2", "Hi,\nit is 7.2", "7.2です。"])
def test_below_an_answer_nothing_is_read(intro: str, above: str) -> None:
    body = f"{above}\n\n{intro}\n\nWhich version?\n\n{intro}\nCompany: Other\n"
    assert _mail(_part("text/plain", body))["description"] == above


def test_answers_between_what_they_answer_are_read() -> None:
    body = f"{INTROS[0]}\n> Which version?\n7.2\n> On Mon, Kim wrote:\n>> Hello\n> Which system?\nLinux\n"
    assert _mail(_part("text/plain", body))["description"] == "7.2\nLinux"


def test_a_mail_below_an_answer_below_is_not_its_own() -> None:
    body = f"{INTROS[0]}\n> Which?\n\n7.2\n\n-----Original Message-----\nCompany: Other\n"
    assert _mail(_part("text/plain", body))["description"] == "7.2"


def test_an_answer_below_what_html_quotes_is_read() -> None:
    html = (
        f"<div>{INTROS[2].replace('<', '&lt;')}<br></div><blockquote>Which?</blockquote><p>7.2</p>"
    )
    assert _mail(_part("text/html", html))["description"] == "7.2"


def test_what_html_quotes_is_not_its_own() -> None:
    quoted = "<blockquote>a<blockquote>会社名：b</blockquote><p>Company: c</p></blockquote>"
    assert _mail(_part("text/html", f"<p>It fails.</p>{quoted}"))["description"] == "It fails."


def test_a_mail_in_a_mail_is_not_its_own() -> None:
    inner = "Content-Type: message/rfc822\n\nFrom: o@z.example\nSubject: inner\n\nCompany: Other\n"
    ticket = _mail(_parts("mixed", "A", _part("text/plain", "Please see this."), inner))
    assert ticket["description"] == "Please see this."
    assert (ticket["subject"], ticket.get("organization")) == ("Login", None)


@pytest.mark.parametrize("letters", ["iso-2022-jp", "shift_jis", "euc-jp", "utf-8"])
def test_headers_are_read_in_any_letters(letters: str) -> None:
    name, subject = (Header(text, letters).encode() for text in ("田中 太郎", "ログインの件"))
    ticket = read_ticket(
        f"MIME-Version: 1.0\nFrom: {name} <t@x.example>\nSubject: {subject}\n\na", "-"
    )
    assert ticket["subject"] == "ログインの件"
    assert ticket["requester"] == {
        "name": "田中 太郎", "last_name": "田中", "first_name": "太郎", "email": "t@x.example",
            "locale": "ja",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", ["=?utf-8?B?4oCL?=", "\u3164", "\udcc5\udcc4", "Kim \udcff", '"\u200b"', ""]
)
def test_a_name_that_shows_nothing_or_can_not_be_read_is_none(name: str) -> None:
    text = f"MIME-Version: 1.0\nFrom: {name} <t@x.example>\nSubject: \udcc5\n\nHello\n"
    ticket = read_ticket(text, "-")
    assert ticket["requester"] == {"email": "t@x.example"}
    assert "subject" not in ticket


def test_of_a_form_the_address_for_answers_is_who_asks() -> None:
    head = HEAD.replace("Kim Lee <kim@x", "Forms <no-reply@x")
    requester = read_ticket(f"{head}Reply-To: Kim Lee <kim@z.example>\n\nHello\n", "-")["requester"]
    assert requester == {
        "name": "Kim Lee", "first_name": "Kim", "last_name": "Lee", "email": "kim@z.example",
    }  # fmt: skip


def test_the_line_between_the_mails_of_a_mailbox_is_no_header() -> None:
    ticket = read_ticket(f"From kim@x.example Tue Nov 24 10:00:00 2026\n{HEAD}\nHello\n", "-")
    assert (ticket["subject"], ticket["description"]) == ("Login", "Hello")


@pytest.mark.parametrize(
    "body",
    [
        "".join(f'Content-Type: multipart/mixed; boundary="B{n}"\n\n--B{n}\n' for n in range(3000)),
        "".join(f'Content-Type: multipart/mixed; boundary="B{n}"\n\n--B{n}\n' for n in range(11)) + "a\n" * 50_000,
        _part("text/html", "<a " * 60_000), _part("text/html", "<!--" * 60_000), _part("text/html", "&#" + "9" * 9000),
        _part("text/html", "<![x " * 60_000), _part("text/plain", "x" * 900_000), _part("text/plain", "On a wrote " * 60_000),
        _part("text/plain", "On a wrote:\n" * 60_000), _part("text/plain", "Hi a\n" * 60_000 + "On a wrote:\n"),
        "Content-Type: multipart/alternative\n\n--x\n", _part("text/plain", "####").replace("8bit", "base64"),
        _part("text/plain", "a").replace("8bit", "x-uuencode"), "Content-Type: text/plain; charset=rot13\n\na\n",
        "Content-Type: text/plain; charset=undefined\n\na\n", "Content-Type: text/plain; charset*=a\0b''c%FF\n\na\n",
    ],
)  # fmt: skip
def test_a_body_that_means_ill_costs_no_more_than_itself(body: str) -> None:
    assert _mail(body)["requester"]["email"] == "kim@x.example"


@pytest.mark.parametrize("letters", ["undefined", "rot13", "hex", "x-none", "a\0b", "é"])
def test_a_subject_in_no_letters_stands_as_it_is(letters: str) -> None:
    subject = f"=?{letters}?q?a?="
    ticket = read_ticket(f"MIME-Version: 1.0\nFrom: k@x.example\nSubject: {subject}\n\na\n", "-")
    assert ticket["subject"] == subject


def test_a_mail_with_large_files_is_read(base: Base, tmp_path: Path) -> None:
    path = tmp_path / "a.EML"
    text = HEAD + _parts(
        "mixed", "A", _part("text/plain", TEXT), "\n" + "QUJD\n" * (MAX_CHARS // 4)
    )
    path.write_bytes(text.encode())
    assert ticket_facts(base.workspace, str(path))["description"] == TEXT.strip()


def test_html_reads_as_its_lines() -> None:
    html = "<p>Hi <b>Kim</b>,<br>a&nbsp;b\n&lt;c&gt;</p><!--[if mso]><p>x</p><![endif]--><div>end"
    assert text_of_html(html).split("\n") == ["", "Hi Kim,", "a b <c>", "", "end"]
