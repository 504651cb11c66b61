"""Raw HTML in a Markdown text, outside of its code: what would run in a browser, and other tags.

Nothing of it ever reaches a browser as HTML: sites and replies show it as text. So it is a fault
to tell of, and what would run is meant ill or meant as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cannery.content.inline_html import BREAK
from cannery.content.markdown import Token, parse_where, safe_address
from cannery.util.charrefs import unescape
from cannery.util.spans import Lines

_OTHERS = frozenset(
    "a abbr acronym address article aside audio b big blockquote body br button canvas caption "
    "center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em "
    "fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hgroup hr html i img "
    "input ins kbd label legend li main map mark marquee math menu meter nav nobr noscript ol "
    "optgroup option output p picture pre progress q rp rt ruby s samp search section select slot "
    "small source span strike strong sub summary sup svg table tbody td template textarea tfoot "
    "th thead time title tr track tt u ul var video wbr".split()
)
# Elements that run something, load something or lead away, by themselves or by an attribute.
_RUNNING = frozenset("script iframe frame frameset object embed applet style portal".split())
_LOADING = frozenset("base meta link form".split())
KNOWN_ELEMENTS = _OTHERS | _RUNNING | _LOADING
ACTIVE_ELEMENTS = _RUNNING | _LOADING

_OPENING = re.compile(r"<([A-Za-z][A-Za-z0-9:-]{0,40})(?=[\s/>\"'])")
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,40})(?=[\s/>\"'])")
_MOST = 2_000  # characters of a tag that are looked at
_REST = re.compile(r"(?>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_HANDLER = re.compile(r"(?:\A|[\s\"'/{])(on[a-z]{3,30})\s{0,9}=", re.IGNORECASE)
_STYLE = re.compile(r"url\s*\(|expression\s*\(|@import|behavior\s*:|-moz-binding", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_INERT_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif)[;,]")
ACTIVE_SCHEMES = ("javascript", "vbscript", "livescript", "data", "blob", "filesystem")
_ACTIVE_BEGINNINGS = tuple(f"{name}:" for name in ACTIVE_SCHEMES)
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]|%(?:[01][0-9a-f]|20|7f)")
_VALUE = re.compile(r"=\s{0,9}[\"']?([^\s\"'<>]{1,500})")
_ADDRESS = re.compile(
    r"\]\(\s{0,9}<?\s{0,9}([^)>\n]{1,500})|^\s{0,9}\[[^\]\n]{1,200}\]:\s{0,9}<?([^\s>]{1,500})",
    re.MULTILINE,
)
_LIST = re.compile(r"\{[:#.][^{}\n]{0,500}\}")  # of attributes: {: #id .class key="value"}
# What a text must have for any of this to be in it: most have not, and are not parsed.
_ODD = r"[ \t\n<]{0,9}+(?!https?:|mailto:|tel:|ftp:)[^)\n/?#]{0,60}[:&]"
_INFO = r"(?:(?<!`)`{3,}+|(?<!~)~{3,}+)(?>(?:(?!`{3}|~{3})[^\n<={])*)[<={]"  # of a fence
_AT_ALL = re.compile(rf"<[A-Za-z]|\](?:\(|:){_ODD}|\{{[:#.]|{_INFO}")
_MAYBE = re.compile(r"<[A-Za-z]|\]|\{[:#.]|<!--|-->")
_COMMENT = re.compile(r"<!--.*?(?:-->|(\Z))", re.DOTALL)
# <a id="x"></a>: what other engines name a place with, and what links lead to.
_ANCHOR = re.compile(r"\s+(?:id|name)=(?:\"[\w:.-]+\"|'[\w:.-]+'|[\w:.-]+)\s*/?")


class Markup(NamedTuple):
    """Raw HTML: the 1-based line of the text, and what stands there.

    `is_active`: a browser that took it for HTML would run something, load it or be led away.
    """

    line: int
    what: str
    is_active: bool


def is_active_address(address: str) -> bool:
    """Whether a browser that is led there runs what the address itself says."""
    bare = _BLANKS.sub("", unescape(address).lower())
    return bare.startswith(_ACTIVE_BEGINNINGS) and not _INERT_PICTURE.match(bare)


def active_attribute(name: str, value: str) -> bool:
    """Whether an attribute runs something, whatever element it stands on."""
    if name == "style":
        return bool(_STYLE.search(value))
    return name.startswith("on") or name == "srcdoc" or is_active_address(value)


def markup(body: str) -> Iterator[Markup]:
    """The raw HTML of a text, and addresses that run something or that no page makes a link of.

    Without the few elements that a text may have.
    """
    if not _AT_ALL.search(body):
        return
    is_comment = False  # it may go on in the next block
    for token in parse_where(body, _MAYBE):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "fence" and not is_comment:
            yield from _of_info(token.info, line)
        elif token.type == "inline" and token.children:
            text = "".join(written(child) for child in token.children)
            text, is_comment = _without_comments(text, is_comment=is_comment)
            yield from _of_text(text, line)
            yield from _of_addresses(token.children, line)
            yield from _of_refused(token.children, line)


def _of_info(info: str, line: int) -> Iterator[Markup]:
    """The first line of a block of code: extensions make attributes of it."""
    yield from _tags(info, line)
    if match := _HANDLER.search(info):
        yield Markup(line, f"{match[1]}=", is_active=True)


def _without_comments(text: str, *, is_comment: bool) -> tuple[str, bool]:
    """A block's text without comments, and whether a comment goes on behind the block."""
    is_open: list[bool] = []

    def gone(comment: re.Match[str]) -> str:
        is_open[:] = [comment[1] is not None]
        return "\n" * comment[0].count("\n")

    bare = _COMMENT.sub(gone, f"<!--{text}" if is_comment else text)
    return bare, bool(is_open and is_open[0])


def _of_text(text: str, line: int) -> Iterator[Markup]:
    yield from _tags(text, line)
    lines = Lines(text, line)
    for match in _LIST.finditer(text):
        if handler := _HANDLER.search(match[0]):
            yield Markup(lines.of(match.start()), f"{handler[1]}=", is_active=True)


def _of_addresses(children: Sequence[Token], line: int) -> Iterator[Markup]:
    """Of links and pictures."""
    for child in children:
        address = str(child.attrs.get("href") or child.attrs.get("src") or "")
        if child.type == "softbreak":
            line += 1
        elif address and "%7B" not in address:  # a template
            yield from _of_address(address, line)


def _of_address(address: str, line: int) -> Iterator[Markup]:
    if is_active_address(address):
        yield Markup(line, _short(address), is_active=True)
    elif not safe_address(address) and (scheme := _SCHEME.match(address.lower())):
        yield Markup(line, f"an address that starts with {scheme[0]}", is_active=False)


def _of_refused(children: Sequence[Token], line: int) -> Iterator[Markup]:
    """What reads like a link whose address runs: the parser makes none of it, others may."""
    text = "".join(
        child.content if child.type.startswith("text") else written(child) for child in children
    )
    lines = Lines(text, line)
    for match in _ADDRESS.finditer(text):
        address = match[1] or match[2]
        if is_active_address(address):
            yield Markup(lines.of(match.start()), _short(address), is_active=True)


def written(token: Token) -> str:
    """What an extension of the site's could take for markup: no code, nothing that is escaped."""
    if token.type == "text":
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n" if token.markup != BREAK else "\0"
    if token.type == "image":
        return f"![{''.join(written(child) for child in token.children or [])}]"
    return token.markup if token.type.endswith(("_open", "_close")) else "\0"


def begins_tag(text: str, at: int) -> bool:
    """Whether the `<` at a place begins or ends an element that a browser knows, or that runs."""
    name = _NAME.match(text, at)
    rest = _REST.match(text, name.end(), name.end() + _MOST) if name else None
    if name is None or rest is None:
        return False
    called = name[1].lower()
    return called in KNOWN_ELEMENTS or bool(_active(called, rest[0][:-1]))


def _tags(text: str, line: int) -> Iterator[Markup]:
    lines = Lines(text, line)
    for match in _OPENING.finditer(text):
        name = match[1].lower()
        rest = _REST.match(text, match.end(), match.end() + _MOST)
        if rest is None:
            continue
        at, inside = lines.of(match.start()), rest[0][:-1]
        if what := _active(name, inside):
            yield Markup(at, what, is_active=True)
        elif name in KNOWN_ELEMENTS and not (name == "a" and _ANCHOR.fullmatch(inside)):
            yield Markup(at, f"<{name}>", is_active=False)


def _active(name: str, inside: str) -> str:
    """What of an opening tag runs; empty where nothing does."""
    if name in _RUNNING or (name in _LOADING and "=" in inside):
        return f"<{name}>"
    if match := _HANDLER.search(inside):
        return f"<{name} {match[1]}=>"
    if any(is_active_address(value) for value in _VALUE.findall(inside)):
        return f"<{name}> with a script address"
    return f"<{name} style=>" if "style" in inside.lower() and _STYLE.search(inside) else ""


def _short(address: str) -> str:
    return f"{address:.60}"
