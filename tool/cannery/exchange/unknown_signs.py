"""What looks like a placeholder of a program or a team that no format knows: `<device>`, `#plan#`.

One such piece may be anything. Where several replies have a word between the same signs, somebody
is told: it stays in the texts, and would go to customers as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cannery.content.holes import without_tags
from cannery.content.markdown import parse
from cannery.model.canned_reply import CannedReply
from cannery.model.loss import Loss

_WHY = "looks like a placeholder, and stays in the text"
_AT_LEAST = 2  # replies
_MOST = 20  # of a reply
_QUOTED = "«"  # many languages quote with it: only the same word more than once is told
_NEEDED = "<&#~|$«"  # one of them is in each text that has such a piece
_WORD = r"[A-Za-z_ぁ-ヿ一-鿿々][\w-]{1,30}"
_SIGNS = re.compile(
    rf"(?<![\w/<])<(?P<element>{_WORD}(?:[ ]{_WORD}){{0,3}})>(?![\w/>])"
    rf"|(?<![\w#&/])#{_WORD}#(?![\w#])|(?<![\w~/])~{_WORD}~(?![\w~])"
    rf"|(?<![\w|])\|{_WORD}\|(?![\w|])|(?<![\w$])\${_WORD}\$(?![\w$])|«[a-z][a-z0-9_]{{1,30}}»"
)
_ELEMENTS = frozenset((
    "abbr", "address", "area", "article", "aside", "audio", "base", "bdi", "bdo", "big",
    "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col",
    "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt", "em", "embed", "fieldset",
    "figure", "figcaption", "font", "footer", "form", "frame", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "html", "iframe", "img", "input", "ins", "kbd", "label", "legend",
    "li", "link", "main", "map", "mark", "menu", "meta", "meter", "nav", "noscript", "object",
    "ol", "optgroup", "option", "output", "param", "picture", "pre", "progress", "rp", "rt",
    "ruby", "samp", "script", "section", "select", "slot", "small", "source", "span", "strike",
    "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template",
    "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "ul", "var",
    "video", "wbr",
))  # fmt: skip


def with_signs_told(replies: Sequence[CannedReply]) -> list[CannedReply]:
    """The replies; those that have such pieces tell so among their losses."""
    found = [tuple(dict.fromkeys(_signs(reply)))[:_MOST] for reply in replies]
    times = Counter(form for pieces in found for form in {*map(_form, pieces)})
    return [
        _told(reply, [piece for piece in pieces if times[_form(piece)] >= _AT_LEAST])
        for reply, pieces in zip(replies, found, strict=True)
    ]


def _told(reply: CannedReply, pieces: Sequence[str]) -> CannedReply:
    losses = (Loss(reply.origin.path, reply.origin.line, piece, _WHY) for piece in pieces)
    return replace(reply, losses=(*reply.losses, *losses)) if pieces else reply


def _form(piece: str) -> str:
    return piece if piece.startswith(_QUOTED) else piece[0]


def _signs(reply: CannedReply) -> Iterator[str]:
    """The pieces in what a reply shows: code is what it is."""
    for text in (without_tags(reply.subject), *_shown(reply.body)):
        for match in _SIGNS.finditer(text):
            if (match["element"] or "").lower() not in _ELEMENTS:
                yield match[0]


def _shown(body: str) -> Iterator[str]:
    if not any(sign in body for sign in _NEEDED):
        return
    for token in parse(without_tags(body), bare_links=False):
        if token.type == "inline":
            children = token.children or []
            yield "".join(one.content if one.type == "text" else "\n" for one in children)
