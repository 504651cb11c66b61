"""A mail that is kept to be sent again -> its subject and what it says, as HTML if it has any."""

from __future__ import annotations

from email.parser import BytesParser
from typing import NamedTuple

from cannery.richtext.mail import is_mail, subject_of
from cannery.richtext.mail_body import decoded_part, parts_of

_MAX_BYTES = 2_000_000  # what is attached stands behind the text
_MAX_BOUNDARIES = 12  # a mail that a person wrote has a few
_MAX_NAME = 200


class MailTemplate(NamedTuple):
    """`html` and `text` are the same in two forms, either may be empty; `attached` are files.

    `language` is the tag that the mail says it is in, empty for none.
    """

    subject: str
    html: str
    text: str
    language: str
    attached: tuple[str, ...]


def read_template(raw: bytes) -> MailTemplate | None:
    """The mail in a file; None for what is none, or has more parts in parts than anyone writes."""
    raw = raw[:_MAX_BYTES].removeprefix(b"\xef\xbb\xbf")
    head = raw.decode("utf-8", "surrogateescape")
    if not is_mail(head) or raw.lower().count(b"boundary=") > _MAX_BOUNDARIES:
        return None
    mail = BytesParser().parsebytes(raw)
    texts = {"text/html": "", "text/plain": ""}
    attached: list[str] = []
    for part in parts_of(mail):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in texts:
            attached.append(str(part.get_filename() or kind)[:_MAX_NAME])
        elif not texts[kind]:
            texts[kind] = decoded_part(part).replace("\0", "\ufffd")
    language = str(mail["Content-Language"] or "").partition(",")[0].strip()
    return MailTemplate(
        subject_of(mail), texts["text/html"], texts["text/plain"], language, tuple(attached)
    )
