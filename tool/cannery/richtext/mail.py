"""A mail as a file has it -> the text of its page, with readable headers, and what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cannery.util.seen import stripped

if TYPE_CHECKING:
    from email.message import Message

_MAX_HEADERS = 100_000
_MAX_HEADER = 1_000
_MAX_MAIL = 400_000  # the text stands before what is attached
_MAX_NESTED = 12  # boundaries: a mail that a person wrote has a few
_FIRST = re.compile(r"(?:From \S.{0,300}\r?\n)?[A-Za-z][A-Za-z-]{0,60}:")
_ENVELOPE = re.compile(r"\AFrom .*\n")  # the line between the mails of a mailbox
_MARK = re.compile(
    r"^(?:Message-ID|MIME-Version|Received|Return-Path|DKIM-Signature|X-Unsent):|=\?[\w-]{1,40}\?[bq]\?",
    re.IGNORECASE | re.MULTILINE,
)
_BLANK = re.compile(r"\r?\n\r?\n")
# Halves but those that stand for a byte, and what no name of letters may have.
_HALVES = re.compile("[\0\ud800-\udc7f\udd00-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")  # no line of a page has one, not even for a byte
_SHOWN = ("Subject", "Date")
_NOBODY = re.compile(r"(?:no|do[._-]?not)[._-]?reply|mailer-daemon|notifications?@", re.IGNORECASE)
_NESTED = re.compile(r"boundary[ \t]*=", re.IGNORECASE)


class Mail(NamedTuple):
    """A mail's `page` has its sender, subject and text, each labelled; `body` is the text alone."""

    page: str
    body: str


def read_mail(text: str) -> Mail | None:
    """The mail in the text of a file; None for what is no mail in a file.

    Bytes that are not UTF-8 may be half characters, as `surrogateescape` leaves them. Of a body
    with more parts in parts than anyone writes, nothing is read.
    """
    if not is_mail(text):
        return None
    head = _head(text)
    from email.parser import BytesParser, HeaderParser

    from cannery.richtext.mail_body import body_of

    mail = HeaderParser().parsestr(_ENVELOPE.sub("", _clean(head)))
    sender = str(mail["From"] or "")
    if _NOBODY.search(sender) and mail["Reply-To"]:
        sender = str(mail["Reply-To"])
    lines = [f"From: {_person(sender)}"] if sender else []
    lines += [f"{name}: {_decoded(_one_line(str(mail[name])))}" for name in _SHOWN if mail[name]]
    body = ""
    if len(_NESTED.findall(text[:_MAX_MAIL])) <= _MAX_NESTED:
        raw = _HALVES.sub("\ufffd", _ENVELOPE.sub("", text[:_MAX_MAIL])).encode(
            "utf-8", "surrogateescape"
        )
        body = body_of(BytesParser().parsebytes(raw))
    return Mail("\n".join([*lines, "", body]), body)


def is_mail(text: str) -> bool:
    """Whether the text of a file begins with a mail's headers."""
    return bool(_FIRST.match(text) and _MARK.search(_head(text)))


def _head(text: str) -> str:
    return _BLANK.split(text[:_MAX_HEADERS], maxsplit=1)[0]


def subject_of(mail: Message) -> str:
    """Its subject in one line, with encoded words decoded."""
    return _decoded(_one_line(str(mail["Subject"] or "")))


def _clean(head: str) -> str:
    return _HALF.sub("\ufffd", head)


def _one_line(value: str) -> str:
    return " ".join(value[:_MAX_HEADER].split())


def _person(value: str) -> str:
    """A sender as `name <address>`, with encoded words decoded."""
    from email.utils import parseaddr

    person, address = parseaddr(_one_line(value))
    person = stripped(re.sub(r"[\"<>]", "", _decoded(person)))
    # A name in a letter code that nobody knows is none: the reply would begin with it.
    is_read = person and "=?" not in person and "\ufffd" not in person
    return f"{person} <{address}>" if is_read else address


def _decoded(value: str) -> str:
    from email.errors import HeaderParseError
    from email.header import decode_header

    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value  # words that are not encoded as they say: as they stand
    told = [piece for piece in pieces if not _is_unknown(piece[1])]
    if len(told) < len(pieces):
        return value
    return " ".join("".join(_piece(*piece) for piece in pieces).split())


def _piece(raw: bytes | str, code: str | None) -> str:
    from cannery.richtext.mail_body import decoded

    if isinstance(raw, str):
        return raw
    return decoded(raw, code) if code else raw.decode("raw-unicode-escape", "replace")


def _is_unknown(code: str | None) -> bool:
    try:
        "".encode(code or "ascii")
    except (LookupError, ValueError):  # of nothing, of no letters, or one that reads nothing
        return True
    return False
