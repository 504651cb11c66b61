"""A folder of texts: one reply a file, as text, Markdown or HTML; its folders are sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from cannery.content import frontmatter
from cannery.content.headers import read_header, read_macro
from cannery.content.split import Parts, split
from cannery.exchange.body import from_html, from_markdown, from_plain, markdown_of
from cannery.exchange.format import Format
from cannery.exchange.liquid_text import read_liquid
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import CannedReply, Imported, Origin
from cannery.model.location import Status
from cannery.model.loss import Loss
from cannery.util.plain import one_line
from cannery.util.spans import Lines

_MAX_CHARS = 200_000
_MAX_LINE = 20_000
_HTML = re.compile(
    r"\s*<(?:!doctype html|html|head|body|div|p|table|ul|ol|span|h[1-6]|meta|br)\b", re.IGNORECASE
)
_HTML_TITLE = re.compile(r"<title[^<>]{0,200}>([^<>]{1,300})</title>", re.IGNORECASE)
_HEADING = re.compile(r"\s*#[ \t]+([^\n]{1,300})\n?")
_LABELLED = re.compile(
    r"\s*(title|subject|タイトル|件名)[ \t]*[:：][ \t]*([^\n]{1,300})(?:\n+|\Z)", re.IGNORECASE
)
_MARKDOWN = ("md", "markdown", "mdown")
_PLAIN = ("txt", "text")
_ABOUT = ("README", "LICENSE", "LICENCE", "CHANGELOG", "CONTRIBUTING", "SECURITY", "NOTICE")
_ENDINGS = (*_PLAIN, *_MARKDOWN, "html", "htm")


def recognize(file: SourceFile) -> bool:
    """Any text, of a name that people give to replies: code and licences are texts as well."""
    if file.ending not in _ENDINGS or file.stem in _ABOUT:
        return False
    try:
        return bool(file.text.strip())
    except UnreadableError:
        return False


def read(files: Sequence[SourceFile]) -> Imported:
    replies: list[CannedReply] = []
    losses: list[Loss] = []
    for file in files:
        try:
            replies.append(_reply(file))
        except ValueError as error:
            losses.append(Loss(file.path, getattr(error, "line", 0), file.name, str(error)))
    return Imported(tuple(replies), tuple(losses))


def _reply(file: SourceFile) -> CannedReply:
    text = file.text
    if len(text) > _MAX_CHARS or max(map(len, text.split("\n"))) > _MAX_LINE:
        raise UnreadableError(f"longer than {_MAX_CHARS:,} characters, or {_MAX_LINE:,} in a line")
    if _HTML.match(text):
        return _from_html(file, text)
    parts = split(text)
    if parts.header and not parts.fault:
        return _with_front_matter(file, parts)
    return _from_text(file, text)


def _from_text(file: SourceFile, text: str) -> CannedReply:
    """A text whose first lines may be its heading, or say `Title:` or `件名：`."""
    title, subject, start = "", "", 0
    if heading := _HEADING.match(text):
        title, start = heading[1].rstrip("# \t"), heading.end()
    while label := _LABELLED.match(text, start):
        if label[1].lower() in {"subject", "件名"}:
            subject = subject or one_line(label[2])
        else:
            title = title or label[2]
        start = label.end()
    convert = from_markdown if file.ending in _MARKDOWN else from_plain
    reply = _made(file, text[start:], convert, Lines(text).of(start))
    return replace(reply, title=one_line(title) or subject or reply.title, subject=subject)


def _from_html(file: SourceFile, text: str) -> CannedReply:
    title = _HTML_TITLE.search(text[:_MAX_LINE])
    reply = _made(file, text, from_html, 1)
    return replace(reply, title=one_line(title[1])) if title else reply


def _with_front_matter(file: SourceFile, parts: Parts) -> CannedReply:
    """A Markdown file that says of itself what it is: what we know of it counts."""
    data = frontmatter.parse(parts.header)
    languages = [str(data.pop(key) or "") for key in ("language", "lang") if key in data]
    said, faults = read_header(data, macro=True)
    macro, more = read_macro(data)
    reply = _made(file, parts.body, from_markdown, parts.body_line)
    losses = (
        *(Loss(file.path, fault.line, fault.key, fault.message) for fault in (*faults, *more)),
        *reply.losses,
    )
    return CannedReply(
        said.title or reply.title, reply.body, reply.origin, section=reply.section,
        language=next(iter(languages), ""), tags=said.tags,
        status=said.status if reply.status is Status.PUBLISHED else reply.status,
        losses=losses, **macro,
    )  # fmt: skip


def _made(file: SourceFile, text: str, convert: Callable[[str], str], line: int) -> CannedReply:
    """The reply that a text makes, which begins at a 1-based line of its file."""
    found = read_liquid(text, is_html=convert is from_html)
    losses = tuple(
        Loss(file.path, line + unread.line - 1, unread.written, unread.why)
        for unread in found.unread
    )
    body = markdown_of(found.pieces, convert)
    if not body.strip():
        raise UnreadableError("it has no text")
    origin = Origin(file.path, line)
    return CannedReply(
        file.stem, body, origin, section=file.folder, status=found.status, losses=losses
    )


FORMAT = Format("text", "a folder of .txt, .md or .html files, one reply each", recognize, read)
