"""The HTML of articles in one form, in which what an editor there rewrites is equal.

There are thousands of articles, which are all compared: this looks at tags alone, in one pass.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape

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


def canonical(html: str) -> str:
    """The HTML in one form, in which what an editor rewrites without a reason is equal."""
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
