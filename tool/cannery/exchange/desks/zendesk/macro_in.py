"""What Zendesk keeps of a macro -> our front matter and Markdown around Liquid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cannery.content.line_ends import kept, plain
from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.template.loud_marks import once, with_marks
from cannery.exchange.desks.zendesk.actions import ours_of
from cannery.exchange.desks.zendesk.fields import dialect_with
from cannery.exchange.desks.zendesk.macro_parts import BODY, SUBJECT
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.field_keys import field_keys
from cannery.exchange.finish import finished
from cannery.exchange.source import UnreadableError
from cannery.model.canned_reply import CannedReply
from cannery.model.desk import Content, Incoming, Record, Version
from cannery.model.location import Status
from cannery.model.loss import Loss
from cannery.util.charrefs import unescape

_OURS = "https://article.invalid/"
_HREF = re.compile(r"href=\"(https?://[^\"<>{}\[\]]{1,500})\"")
_ID = re.compile(r"[\w/.-]{1,200}")
_ADDRESS = re.compile(re.escape(_OURS) + r"([\w/.-]{1,200})")


class MacroIn:
    """Reads the records of one desk."""

    def __init__(self, opening: Opening, numbers: Numbers) -> None:
        self._opening = opening
        self._dialect = with_marks(dialect_with(numbers))

    def incoming(self, record: Record) -> Incoming:
        """The record in our terms; a language that can't be read costs a loss."""
        versions: dict[str, Version] = {}
        losses: list[Loss] = []
        unread: dict[str, str] = {}
        shared = self._shared(record.parts)
        for language in languages_of(record.parts):
            try:
                reply = self._reply(record, language)
            except UnreadableError as error:
                losses.append(Loss("", error.line, record.title, str(error)))
                unread[language] = str(error)
                continue
            versions[language] = self._version(reply, record, shared)
            losses += reply.losses
        if not versions and not losses:
            losses.append(Loss("", 0, record.title, "it has no text and only changes the ticket"))
        section = str(record.parts.get("section") or "")
        return Incoming(section, record.title, versions, tuple(losses), unread=unread)

    def _shared(self, parts: Mapping[str, Content]) -> dict[str, object]:
        return {
            "title": parts.get("title") or None,
            "summary": parts.get("description") or None,
            "status": None if parts.get("active", True) else Status.RETIRED.value,
            "actions": ours_of(parts) or None,
            "groups": parts.get("restriction") or None,
        }

    def _reply(self, record: Record, language: str) -> CannedReply:
        """A language's texts. Raises UnreadableError for what can be no macro."""
        reading = DeskReply("", 0, {}, self._dialect)
        html = _HREF.sub(self._marked, once(str(record.parts.get(BODY + language) or "")))
        body = reading.from_html(html)
        subject = reading.template(str(record.parts.get(SUBJECT + language) or ""))
        reply = reading.made(record.title, body, record.id)
        return finished(replace(reply, subject=subject, language=language))

    def _marked(self, link: re.Match[str]) -> str:
        """A link to an article of ours, by its id: the address is another one tomorrow."""
        address = unescape(link[1])
        id_ = self._opening.entry_at(address)
        is_ours = id_.startswith("articles/") and "#" not in address and _ID.fullmatch(id_)
        return f'href="{_OURS}{id_}"' if is_ours else link[0]

    def _version(self, reply: CannedReply, record: Record, shared: Mapping[str, object]) -> Version:
        keeps_lines = self._opening.around(reply.language).keeps_lines
        body = plain(reply.body) if keeps_lines else kept(reply.body)
        body = _ADDRESS.sub(r"{{ '\1' | article_url }}", body)
        is_draft = reply.status is Status.DRAFT and record.parts.get("active", True)
        keys = {
            **shared,
            **({"status": reply.status.value} if is_draft else {}),
            "subject": reply.subject or None,
            "fields": [*map(field_keys, reply.fields)] or None,
        }
        return Version(keys, body)


def languages_of(parts: Mapping[str, Content]) -> list[str]:
    """The languages that a record has a text in."""
    return sorted(name.removeprefix(BODY) for name in parts if name.startswith(BODY))
