"""The HTML of Guide's articles in one form, and what in it are files of ours and articles of ours.

There are thousands of articles, which are all compared: this looks at tags alone, in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,20})"
    r"(?P<rest>(?>(?:[^<>\"']++|\"[^\"<>]*+\"|'[^'<>]*+')*))>"
)
_ATTRIBUTE = re.compile(
    r"(?<![^\s/\"'])([A-Za-z-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++))"
)
_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
_BLOCKS = frozenset({
    "blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_UNTOLD = frozenset(("dir", "rel", "target"))
_PLAIN = {"&nbsp;": "\u00a0", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&apos;": "'"}
_ENTITY = re.compile("|".join(map(re.escape, _PLAIN)))
_FILE = re.compile(
    r' src="(?:https?://[^/"]{1,200})?/hc/article_attachments/(\d{1,20})(?:/([^/"?#]{1,200}))?[^"]*+"'
)
_LINK = re.compile(
    r' href="(?:https?://([^/"]{1,200}))?/hc/(?:([A-Za-z-]{2,12})/)?articles/(\d{1,20})'
    r'[^"#]*+(#[^"]*+)?"'
)
FILE = "kb-file/"
ATTACHMENT = "/hc/article_attachments/"
_OURS = re.compile(r' src="kb-file/([^"]{1,300})"')


class ArticleLink(NamedTuple):
    """A link to an article of Guide's; `host` is empty where the link does not name one."""

    host: str
    locale: str
    number: str
    anchor: str


def canonical(html: str) -> str:
    """The HTML in one form, in which what Guide's editor rewrites without a reason is equal."""
    pieces: list[str] = []
    at, is_after_block = 0, True
    for tag in _TAG.finditer(html):
        text = html[at : tag.start()]
        at = tag.end()
        written = _tag(tag[0])
        is_block = written.strip("</>").partition(" ")[0] in _BLOCKS
        if text and not ((is_block or is_after_block) and _is_gap(text)):
            pieces.append(_text(text))
        pieces.append(written)
        is_after_block = is_block
    rest = html[at:]
    return "".join([*pieces, _text(rest)]).strip()


def _is_gap(text: str) -> bool:
    """Whether a text is a line end between blocks."""
    return "\n" in text and not text.strip(" \t\r\n")


def _text(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda match: _PLAIN[match[0]], text)
    return text.replace("\r\n", "\n")


@lru_cache(maxsize=10_000)
def _tag(written: str) -> str:
    """A tag with its attributes in order, without those that say nothing."""
    tag = _TAG.fullmatch(written)
    if tag is None:
        return written
    name = tag["name"].lower()
    name = _SAME.get(name, name)
    if tag["end"]:
        return f"</{name}>"
    told = {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(tag["rest"])
    }
    attributes = (
        f' {key}="{escape(value.strip())}"'
        for key, value in sorted(told.items())
        if key not in _UNTOLD and value.strip()
    )
    return f"<{name}{''.join(attributes)}>"


def with_files(html: str, file_of: Callable[[str, str], str]) -> str:
    """The canonical HTML with other addresses of attachments, as `file_of` gives them.

    It gets the number of an attachment, and the name that its address has or nothing.
    """

    def named(match: re.Match[str]) -> str:
        return f' src="{escape(file_of(match[1], unescape(match[2] or "")))}"'

    return _FILE.sub(named, html)


def files_in(html: str) -> list[str]:
    """The names of our files that stand in a text, each once."""
    return [*dict.fromkeys(unescape(name) for name in _OURS.findall(html))]


def attachments_in(html: str) -> list[str]:
    """The numbers of the attachments whose addresses stand in a text."""
    return [*dict.fromkeys(number for number, _ in _FILE.findall(html))]


def with_addresses(html: str, address_of: Callable[[str], str]) -> str:
    """The HTML with addresses in the place of the names of our files."""
    return _OURS.sub(
        lambda match: f' src="{escape(address_of(unescape(match[1])))}"',
        html,
    )


def with_links(html: str, address_of: Callable[[ArticleLink], str]) -> str:
    """The canonical HTML with links to articles of ours in one form; others stay as they are."""

    def linked(match: re.Match[str]) -> str:
        anchor = unescape(match[4] or "")
        address = address_of(ArticleLink(match[1] or "", match[2] or "", match[3], anchor))
        return f' href="{escape(address)}"' if address else match[0]

    return _LINK.sub(linked, html)
