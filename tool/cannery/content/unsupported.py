"""Syntax of other engines, which is shown to the reader as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
# What each of them begins with: a text without it is not parsed, as macros with `{{ name }}`.
_AT_ALL = re.compile(r"\{\{[<%]|:::|\{[ \t]{0,3}(?:[:.#]|[a-z-]{1,30}=)")


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
    for pattern, kind in (
        (_SHORTCODE, "the shortcode"),
        (_CONTAINER, "the container"),
        (_ATTRIBUTES, "the attribute list"),
    ):
        for found in pattern.finditer(text):
            what = f"{kind} {found[0]:.40}".rstrip()
            yield Markup(lines.of(found.start()), what, is_active=False)
