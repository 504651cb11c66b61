"""A rule for markdown-it: what the first or the last words of a block say of it.

`[ ]` and `[x]` begin a task in a list, `[!NOTE]` an alert in a quote, and `{#place}` at the end of
a heading is its id. What follows them is read as if they were not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from cannery.content.anchors import split_id
from cannery.content.boxes import default_title

SIGNS = "signs"
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=[^ \t\n])")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|\Z)", re.IGNORECASE)


def signs(state: StateCore) -> None:
    """Look at each block, before what is in it is read."""
    tokens = state.tokens
    for one, other in pairwise(tokens):
        if one.type == "heading_open":
            _heading(one, other)
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type == "list_item_open" and paragraph.type == "paragraph_open":
            _task(item, inline)
    if any(token.type == "blockquote_open" for token in tokens):
        state.tokens = [*_with_alerts(tokens, str(state.env.get("language", "")))]


def _heading(heading: Token, inline: Token) -> None:
    text, id_ = split_id(inline.content)
    if id_:
        heading.meta["id"], inline.content = id_, text


def _task(item: Token, inline: Token) -> None:
    if found := _TASK.match(inline.content):
        item.meta["checked"] = found[1] != " "
        inline.content = inline.content[found.end() :]


def _with_alerts(tokens: Sequence[Token], language: str) -> Iterator[Token]:
    empty = _made_alerts(tokens)
    for token in tokens:
        if id(token) not in empty:
            yield token
            if token.type == "alert_open":
                yield from _title(token, language)


def _made_alerts(tokens: Sequence[Token]) -> set[int]:
    """Make alerts of quotes that begin with a mark; which tokens are left empty by that."""
    quotes: list[Token] = []
    empty: set[int] = set()
    for at, token in enumerate(tokens):
        if token.type == "blockquote_open":
            quotes.append(token)
            empty |= {id(one) for one in _as_alert(tokens[at : at + 4])}
        elif token.type == "blockquote_close" and quotes.pop().type == "alert_open":
            token.type, token.tag = "alert_close", "div"
    return empty


def _as_alert(tokens: Sequence[Token]) -> Sequence[Token]:
    """Make an alert of a quote that begins with its mark; what is left empty of its paragraph."""
    quote, first, *rest = tokens
    mark = _ALERT.match(rest[0].content) if first.type == "paragraph_open" else None
    if mark is None:
        return ()
    quote.type, quote.tag, quote.meta = "alert_open", "div", {"kind": mark[1].lower()}
    inline = rest[0]
    inline.content = inline.content[mark.end() :]
    if not (inline.content and inline.map):
        return tokens[1:]
    inline.map = [inline.map[0] + 1, inline.map[1]]
    first.map = inline.map
    return ()


def _title(alert: Token, language: str) -> Iterator[Token]:
    yield Token("alert_title_open", "p", 1, block=True)
    title = default_title(alert.meta["kind"], language)
    yield Token("inline", "", 0, content=title, children=[], map=alert.map, block=True)
    yield Token("alert_title_close", "p", -1, block=True)


def add_signs(parser: MarkdownIt) -> None:
    parser.core.ruler.after("block", SIGNS, signs)
