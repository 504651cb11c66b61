"""Mails that are kept as templates: `.eml` files, as Outlook, Thunderbird and others save them."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.exchange.body import from_html, from_plain, markdown_of
from cannery.exchange.format import Format
from cannery.exchange.liquid_text import read_liquid
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import CannedReply, Imported, Origin
from cannery.model.loss import Loss
from cannery.richtext.mail import is_mail
from cannery.richtext.mail_template import MailTemplate, read_template

_LOOKED_AT = 100_000


def recognize(file: SourceFile) -> bool:
    return is_mail(file.raw[:_LOOKED_AT].decode("utf-8-sig", "surrogateescape"))


def read(files: Sequence[SourceFile]) -> Imported:
    replies: list[CannedReply] = []
    losses: list[Loss] = []
    for file in files:
        try:
            mail = read_template(file.raw)
            if mail is None:
                raise UnreadableError("no mail, or one in more parts than anyone writes")
            replies.append(_reply(file, mail))
        except ValueError as error:
            losses.append(Loss(file.path, 0, file.name, str(error)))
    return Imported(tuple(replies), tuple(losses))


def _reply(file: SourceFile, mail: MailTemplate) -> CannedReply:
    is_html = bool(mail.html.strip())
    found = read_liquid(mail.html if is_html else mail.text, is_html=is_html)
    body = markdown_of(found.pieces, from_html if is_html else from_plain)
    if not body.strip():
        raise UnreadableError("it has no text")
    subject = read_liquid(mail.subject)
    losses = [Loss(file.path, 0, one.written, one.why) for one in (*found.unread, *subject.unread)]
    losses += [Loss(file.path, 0, name, "an attachment") for name in mail.attached]
    return CannedReply(
        mail.subject or file.stem,
        body,
        Origin(file.path),
        language=mail.language,
        subject=markdown_of(subject.pieces, str),
        section=file.folder,
        status=found.status,
        losses=tuple(losses),
    )


FORMAT = Format("eml", "mails that are kept as templates", recognize, read)
