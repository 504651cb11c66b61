"""A mail as a file has it -> the text of its page, with readable headers."""

from __future__ import annotations

import re

_MAX_HEADERS = 100_000
_MAX_HEADER = 1_000
_FIRST = re.compile(r"[A-Za-z][A-Za-z-]{0,60}:")
_MARK = re.compile(
    r"^(?:Message-ID|MIME-Version|Received|Return-Path|DKIM-Signature):|=\?[\w-]{1,40}\?[bq]\?",
    re.IGNORECASE | re.MULTILINE,
)
_BLANK = re.compile(r"\r?\n\r?\n")
_SHOWN = ("From", "Subject", "Date")
_ENCODED = ("base64", "quoted-printable")
_MAX_BODY = 20_000


def page_of_mail(text: str) -> str:
    """The mail's sender, subject and text, one a line; empty for what is no mail in a file.

    Only headers are parsed: of a body in parts or in another encoding there is nothing.
    """
    head = _BLANK.split(text[:_MAX_HEADERS], maxsplit=1)[0]
    if not (_FIRST.match(text) and _MARK.search(head)):
        return ""
    from email.parser import HeaderParser

    mail = HeaderParser().parsestr(head)
    lines = [f"{name}: {_readable(name, str(mail[name]))}" for name in _SHOWN if mail[name]]
    is_plain = str(mail.get("Content-Type", "text/plain")).lower().startswith("text/plain")
    is_encoded = str(mail.get("Content-Transfer-Encoding", "")).strip().lower() in _ENCODED
    body = text[len(head) :][:_MAX_BODY] if is_plain and not is_encoded else ""
    return "\n".join([*lines, "", body.strip()])


def _readable(name: str, value: str) -> str:
    """A header with its encoded words decoded; a sender as `name <address>`."""
    from email.utils import parseaddr

    value = " ".join(value[:_MAX_HEADER].split())
    if name != "From":
        return _decoded(value)
    person, address = parseaddr(value)
    person = re.sub(r"[\"<>]", "", _decoded(person)).strip()
    # A name in a letter code that nobody knows is none: the reply would begin with it.
    return f"{person} <{address}>" if person and "=?" not in person else address


def _decoded(value: str) -> str:
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (HeaderParseError, LookupError, ValueError):
        return value  # words in a letter code that nobody knows: as they stand
