"""Markdown to tokens: the one Markdown of articles, macros, `kb check` and the site.

`_new_parser` says what it is; site/web/markdown.js says the same for the browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cannery.content.bare_links import Linkify
from cannery.content.blanks import add_blanks
from cannery.content.boxes import add_boxes
from cannery.content.emphasis import InlineParser
from cannery.content.footnotes import add_footnotes
from cannery.content.inline_html import add_inline_html
from cannery.content.rulers import BlockRuler
from cannery.content.signs import SIGNS, add_signs

__all__ = [
    "SCHEMES",
    "Node",
    "Token",
    "is_wide",
    "link",
    "own_text",
    "parse",
    "safe_address",
    "text_token",
    "tree",
]

_PRIVATE = re.compile("[\ue000-\uf8ff]")
SCHEMES = ("http", "https", "mailto", "tel", "ftp")  # that links may have
_BEGINNINGS = tuple(f"{name}:" for name in SCHEMES)


class _Parser(MarkdownIt):
    """Leaves addresses with a private-use letter alone: it marks a value that comes later."""

    def __init__(self, config: str, options: Mapping[str, bool]) -> None:
        super().__init__(config, options)
        self.inline = InlineParser(self.inline)
        self.block.ruler = BlockRuler(self.block.ruler)
        # `order.ts` or `v1.in` in a support reply is a file or a version, not a web site.
        self.linkify = Linkify(
            options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False}
        )

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        return url if _PRIVATE.search(url) else super().normalizeLink(url)

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - markdown-it's name
        return link if _PRIVATE.search(link) else super().normalizeLinkText(link)


def _new_parser(*, bare_links: bool = False, html: bool = False) -> MarkdownIt:
    """CommonMark with GFM's extensions, boxes and tabs, and the few elements of HTML.

    Without `bare_links`, an address that stands alone is text, which is found faster. With `html`,
    raw HTML is told from text, for those who look for it: nobody renders it.
    """
    parser = _Parser("commonmark", {"linkify": bare_links, "html": html})
    parser.enable(["table", "strikethrough", *(["linkify"] if bare_links else [])])
    add_signs(parser)
    add_boxes(parser)
    add_footnotes(parser)
    add_inline_html(parser)
    add_blanks(parser)
    return parser


@lru_cache(maxsize=2)
def _parser(*, bare_links: bool) -> MarkdownIt:
    return _new_parser(bare_links=bare_links)


@lru_cache(maxsize=2)
def _block_parser(*, html: bool = False) -> MarkdownIt:
    parser = _new_parser(html=html)
    parser.core.ruler.enableOnly(["normalize", "block", SIGNS])
    return parser


def parse(text: str, *, bare_links: bool = True, language: str = "") -> list[Token]:
    """The block tokens of a text; an `inline` token's children are its inline tokens.

    Without `bare_links`, an address that stands alone is text, which is found faster. Boxes that
    have no title of their own have one in the `language`.
    """
    return _parser(bare_links=bare_links).parse(text, {"language": language})


def parse_where(text: str, wanted: re.Pattern[str]) -> list[Token]:
    """The tokens of a text, of which only what `wanted` is found in has its inline tokens.

    Takes two thirds of the time. Addresses that stand alone are text.
    """
    parser = _block_parser()
    environment: dict[str, object] = {}
    tokens = parser.parse(text, environment)
    for token in tokens:
        if token.type == "inline" and wanted.search(token.content):
            token.children = []
            parser.inline.parse(token.content, parser, environment, token.children)
    return tokens


class Definition(NamedTuple):
    """A reference definition: its label and address, its first line and the one behind its last.

    Lines are 0-based.
    """

    label: str
    address: str
    first: int
    last: int


def definitions(text: str) -> list[Definition]:
    """All reference definitions of a text, in order: those that a later one repeats, too."""
    environment: dict[str, Any] = {}
    _block_parser().parse(text, environment)
    found = [
        Definition(str(label), str(item["href"]), *item["map"])
        for label, item in environment.get("references", {}).items()
    ]
    found += [
        Definition(str(item["label"]), str(item["href"]), *item["map"])
        for item in environment.get("duplicate_refs", ())
    ]
    return sorted(found, key=lambda item: item.first)


def code_lines(text: str) -> frozenset[int]:
    """The 0-based lines that are blocks of code, where what HTML comments hold is none."""
    return frozenset(
        line
        for token in _block_parser(html=True).parse(text)
        if token.type in {"fence", "code_block"} and token.map
        for line in range(*token.map)
    )


def text_token(content: str) -> Token:
    return Token("text", "", 0, content=content)


def own_text(address: str) -> tuple[str, str]:
    """What an address that is its own text leads to, and how it reads: as `<address>` has it."""
    parser = _parser(bare_links=True)
    return parser.normalizeLink(address), parser.normalizeLinkText(address)


def link(address: str) -> Iterator[Token]:
    """The tokens of an address that is its own text."""
    leads_to, reads = own_text(address)
    yield Token("link_open", "a", 1, attrs={"href": leads_to}, info="auto")
    yield text_token(reads)
    yield Token("link_close", "a", -1, info="auto")


def safe_address(address: str) -> bool:
    """Whether an address leads to a page, a mailbox or a telephone, and runs nothing."""
    head = address.strip().lower().split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    return ":" not in head or address.strip().lower().startswith(_BEGINNINGS)


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a document: `type` is markdown-it's, without `_open` and `_close`."""

    type: str
    content: str = ""
    children: tuple[Node, ...] = ()
    attrs: Mapping[str, str] = field(default_factory=dict)
    tag: str = ""
    info: str = ""
    hidden: bool = False  # a paragraph in a list without gaps
    meta: Mapping[str, Any] = field(default_factory=dict)


def tree(tokens: Sequence[Token]) -> tuple[Node, ...]:
    """The tokens as nested nodes; `inline` wrappers and soft breaks are dissolved."""
    return _nodes(iter(tokens))


def _nodes(tokens: Iterator[Token]) -> tuple[Node, ...]:
    found: list[Node] = []
    for token in tokens:
        if token.nesting < 0:
            break
        if token.type == "inline":
            found += _nodes(_without_soft_breaks(token.children or []))
            continue
        children: tuple[Node, ...] = ()  # as most have none, none are looked for
        if token.nesting > 0:
            children = _nodes(tokens)
        elif token.children:
            children = _nodes(_without_soft_breaks(token.children))
        found.append(
            Node(
                token.type.removesuffix("_open"),
                token.content,
                children,
                {key: str(value) for key, value in token.attrs.items()} if token.attrs else {},
                token.tag,
                token.info,
                token.hidden,
                token.meta,
            )
        )
    return tuple(found)


def _without_soft_breaks(children: Sequence[Token]) -> Iterator[Token]:
    """A line end in the source is a space, but nothing between two Chinese or Japanese letters.

    Nor is it one behind a break.
    """
    before = ""
    pending: list[Token] | None = None  # what came since a soft break, up to the next letter
    for last, token in zip((None, *children), children, strict=False):
        if token.type == "softbreak" and last and last.type == "hardbreak":
            continue
        if token.type == "softbreak":
            pending = pending or []
        elif pending is None:
            yield token
        else:
            pending.append(token)
            if not token.content:
                continue
            if not (is_wide(before[-1:]) and is_wide(token.content[0])):
                yield text_token(" ")
            yield from pending
            pending = None
        before = token.content or before
    yield from pending or ()


def is_wide(char: str) -> bool:
    return bool(char) and east_asian_width(char) in "WF" and not "\uac00" <= char <= "\ud7a3"
