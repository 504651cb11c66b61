"""The text of a mail's body: of the part that a person wrote, decoded, without what it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message

_MAX_PARTS = 40
_MAX_BODY = 20_000
_MAX_HTML = 200_000
# Windows writes more than these name: cp932 has ① and 髙.
_CODES = {"shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932"}
_GUESSES = ("utf-8", "cp932", "latin-1")  # for want of a name; the last reads anything
_JIS = b"\x1b$"
# From here on a mail is the one that it answers: all of it, or as far as its lines are marked.
_ANSWERED = re.compile(
    r"^(?:(?P<whole>-{2,}[ ]?(?:Original Message|Forwarded message|元のメッセージ|転送メッセージ)"
    r"|(?:From|差出人|送信者)[:：] .*\n(?:.*\n)?(?:Sent|Date|送信日時|日時)[:：]|_{20,}$)"
    r"|(?:On|Am|Le) .{1,200}\n?(?:wrote|schrieb|écrit)[ \u00a0]?:$"
    r"|.{0,120}[<＜][^\s@<>]{1,64}@[^\s<>]{1,190}[>＞](?:.{0,20}(?:wrote|書きました))?[:：]$)",
    re.MULTILINE,
)
_MAX_GREETING = 3  # lines
_GREETING = re.compile(
    r"(?i:Hi|Hello|Hey|Dear|Good (?:morning|afternoon|evening|day)|Hallo|Guten Tag|Bonjour)"
    r"(?:[ ,]{1,2}[^\s,!.:]{1,40}\.?){0,3}[ ]?[,!.:]?"
    r"|.{1,40}(?:様|さま|さん|御中)[、。]?"
    r"|(?:いつも|大変)?(?:お世話になって(?:おり)?ます|お疲れ様です|こんにちは|はじめまして)[、。]?"
)
_QUOTE = re.compile(r"^[>＞|].*\n?", re.MULTILINE)
_BLANKS = re.compile(r"\n{3,}")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})(?![A-Za-z0-9])[^<>]{0,5000}>")
_DECLARATION = re.compile(r"<[!?][^<>]{0,200}>")
_HUGE = re.compile(r"&#[0-9a-fA-FxX]{9,}")  # of a character that there is not
_BREAKS = frozenset(
    "br p div li tr table ul ol h1 h2 h3 h4 h5 h6 hr dd dt pre".split()  # noqa: SIM905 - read as a list
)
_UNSEEN = frozenset(("script", "style", "title", "template", "blockquote"))


def body_of(mail: Message) -> str:
    """What the mail says in text, or else in HTML; empty if it says nothing in either."""
    parts = [part for part in parts_of(mail) if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() != kind:
                continue
            text = decoded_part(part)
            if own := _own(text_of_html(text) if kind == "text/html" else text):
                return own
    return ""


def parts_of(mail: Message) -> Iterator[Message]:
    """The first parts of a mail, those of parts in their place; not those of a mail in it."""
    waiting = [mail]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        inner = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            waiting = [one for one in inner if not isinstance(one, str)] + waiting
        else:
            yield part


def decoded_part(part: Message) -> str:
    """The text of a part that is no list of parts, in whatever letters and encoding."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    code = str(part.get_content_charset() or "").lower()
    return decoded(raw, code).replace("\r\n", "\n").replace("\r", "\n")


def decoded(raw: bytes, code: str) -> str:
    """Bytes as text; `code` is what a mail calls their letters, empty for untold."""
    if not code or code in ("us-ascii", "ascii", "unknown-8bit"):
        return _guessed(raw)
    try:
        return raw.decode(_CODES.get(code, code), "replace")
    except (LookupError, ValueError):  # a name of nothing, or of what is no code of letters
        return _guessed(raw)


def _guessed(raw: bytes) -> str:
    if _JIS in raw:
        return raw.decode("iso2022_jp_ext", "replace")
    for code in _GUESSES:
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return ""


def _own(text: str) -> str:
    """The text without what it answers and quotes.

    It stands above that, or below where nothing but a greeting stands above.
    """
    text = _QUOTE.sub("", text[:_MAX_BODY])
    pieces: list[str] = []
    at = 0
    for answered in _ANSWERED.finditer(text):
        pieces.append(text[at : answered.start()])
        at = answered.end()
        if answered["whole"] or not _only_greets(pieces[-1]):
            break
    else:
        pieces.append(text[at:])
    return _BLANKS.sub("\n\n", "".join(pieces)).strip()


def _only_greets(text: str) -> bool:
    """Whether the text says nothing, or nothing but whom it is for."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return len(lines) <= _MAX_GREETING and all(map(_GREETING.fullmatch, lines))


def text_of_html(markup: str) -> str:
    """What a reader sees of HTML, with the line ends of its blocks.

    No parser of the standard library does it in a time that grows with the text alone.
    """
    pieces: list[str] = []
    unseen = at = 0
    markup = _HUGE.sub("", _DECLARATION.sub("", _without_comments(markup[:_MAX_HTML])))
    for tag in _TAG.finditer(markup):
        if not unseen:
            pieces.append(markup[at : tag.start()].replace("\n", " "))
        at = tag.end()
        name = tag[2].lower()
        if name in _UNSEEN:
            unseen = max(unseen + (-1 if tag[1] else 1), 0)
        elif name in _BREAKS:
            pieces.append("\n")
    pieces.append("" if unseen else markup[at:].replace("\n", " "))
    lines = unescape("".join(pieces)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines)


def _without_comments(markup: str) -> str:
    pieces = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0:
        pieces.append(markup[at:start])
        if (end := markup.find("-->", start)) < 0:
            return "".join(pieces)
        at = end + len("-->")
    return "".join([*pieces, markup[at:]])
