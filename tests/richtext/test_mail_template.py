from __future__ import annotations

from cannery.richtext.mail_template import read_template


def test_a_mail_is_its_subject_and_both_forms() -> None:
    mail = read_template(
        b"MIME-Version: 1.0\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nContent-Language: de-DE, en\n"
        b'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\nHi\n'
        b"--b\nContent-Type: text/html\n\n<p>Hi</p>\n--b\nContent-Type: image/png\n\nx\n--b--\n"
    )
    assert mail is not None
    assert (mail.subject, mail.text.strip(), mail.html.strip(), mail.language, mail.attached) == (
        "Grüße", "Hi", "<p>Hi</p>", "de-DE", ("image/png",),
    )  # fmt: skip


def test_what_is_no_mail_is_none() -> None:
    assert read_template(b"Hello\n\nworld") is None
    assert read_template(b"MIME-Version: 1.0\n" + b"boundary=x\n" * 20) is None
