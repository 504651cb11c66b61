"""Syntax of other engines, which is shown to the reader as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cannery.content.markdown import Token, parse_where
from cannery.content.markup import Markup, written
from cannery.util.spans import Lines

_SHORTCODE = re.compile(r"\{\{[<%]-?[ \t]{0,9}/?[ \t]{0,9}[\w./-]{0,40}")
_CONTAINER = re.compile(r"^:{3,}[ \t]{0,9}\{?\.?[\w-]{0,40}", re.MULTILINE)
# Of attributes: {: target=_blank}, { .class #id }, and {width=20} behind a picture or a link.
_ATTRIBUTES = re.compile(
    r"\{:[ \t]{0,3}(?:[.#]|[\w-]{1,30}=)[^{}\n]{1,200}\}|\{[ \t]{0,3}[.#][A-Za-z][^{}\n]{0,200}\}"
    r"|(?<=\0)\{[ \t]{0,3}[a-z-]{1,30}=[^{}\n]{1,200}\}"
)
# What looks like a part of our own, and is none: nothing stands below it, or nothing is called so.
_FOOTNOTE = re.compile(r"\[\^(?:\d{1,3}|[A-Za-z]\w{2,40})\]")
_BOX = re.compile(
    r"^(?:(?:!!!|\?\?\?\+?)[ \t]{1,9}[\"\w]|===[!+]{0,2}[ \t]{1,9}\")[^\n\0]{0,40}", re.MULTILINE
)
_ALERT = re.compile(r"^\[![A-Za-z]{1,30}\]", re.MULTILINE)
_CONTENTS = re.compile(r"^\[(?:TOC|\[_?TOC_?\])\]$", re.MULTILINE | re.IGNORECASE)
_KEYS = re.compile(r"(?<![\w+])\+\+[a-z][\w-]{0,30}(?:\+[\w-]{1,30}){0,5}\+\+(?![\w+])")
_MARKED = re.compile(r"(?<![=\w])==[^=\s][^=\n]{0,200}(?<!\s)==(?![=\w])")
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[a-z0-9-]{1,60}:")
_SNIPPET = re.compile(r"^-{1,9}8<-{1,9}[^\n]{0,60}", re.MULTILINE)
_KINDS = (
    (_SHORTCODE, "the shortcode"),
    (_CONTAINER, "the container"),
    (_ATTRIBUTES, "the attribute list"),
    (_FOOTNOTE, "the footnote without a text,"),
    (_BOX, "the box without a text below it,"),
    (_ALERT, "the alert"),
    (_CONTENTS, "the table of contents"),
    (_KEYS, "the keys"),
    (_MARKED, "the highlight"),
    (_ICON, "the icon"),
    (_SNIPPET, "the snippet"),
)
_DEFINED = re.compile(r"\[\^[^\]\s]{1,200}\]:")
_REFERS = re.compile(r"\[\^")
# What each of them begins with: a text without it is not parsed, as macros with `{{ name }}`.
_AT_ALL = re.compile(
    r"\{\{[<%]|:::|\{[ \t]{0,3}(?:[:.#]|[a-z-]{1,30}=)|\[\^|^[ \t>]{0,9}(?:!!!|\?\?\?|===)|\[!"
    r"|\[\[?_?toc|\+\+[a-z]|==[^=\s]|:(?:material|fontawesome|octicons|simple)-|-8<-",
    re.MULTILINE | re.IGNORECASE,
)


def unsupported(body: str) -> Iterator[Markup]:
    """What neither a page nor a reply makes anything of."""
    if not _AT_ALL.search(body):
        return
    for token in parse_where(body, _AT_ALL):
        if token.type == "inline" and token.children:
            yield from _of_inline(token, token.map[0] + 1 if token.map else 1)


def _of_inline(token: Token, line: int) -> Iterator[Markup]:
    text = "".join(
        written(child) + ("\0" if child.type in {"link_close", "image"} else "")
        for child in token.children or ()
    )
    lines = Lines(text, line)
    for pattern, kind in _KINDS:
        for found in pattern.finditer(text):
            what = f"{kind} {found[0]:.40}".rstrip()
            yield Markup(lines.of(found.start()), what, is_active=False)


def lost_footnotes(body: str) -> Iterator[tuple[int, str]]:
    """The footnotes that nothing refers to, each with its line and name: nobody sees them."""
    if not _DEFINED.search(body):
        return
    defined: dict[str, int] = {}
    used: set[str] = set()
    for token in parse_where(body, _REFERS):
        if token.type == "footnote_reference_open":
            defined.setdefault(token.meta["label"], token.map[0] + 1 if token.map else 1)
        used |= _referred(token.children or ())
    yield from ((line, label) for label, line in defined.items() if label not in used)


def _referred(tokens: Iterable[Token]) -> set[str]:
    found: set[str] = set()
    for token in tokens:
        if token.type == "footnote_ref":
            found.add(token.meta["label"])
        found |= _referred(token.children or ())
    return found
