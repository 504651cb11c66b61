"""The HTML of an article at a help centre -> a tree of the few elements that Markdown has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from cannery.content.markdown import safe_address
from cannery.richtext.markup import Manner, cleaned
from cannery.util.charrefs import bounded, unescape

_MAX_CHARS = 2_000_000
_DEPTH = 60
_TAG = re.compile(r'<(/?)([a-z0-9]+)((?>(?: [a-z]+="[^"<>]*+")*))>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*+)"')
_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del", "samp": "code", "tt": "code"}
_KEPT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), ("id",)),
    **dict.fromkeys(("p", "div", "blockquote", "code", "pre"), ("class",)),
    **dict.fromkeys(("td", "th"), ("style", "colspan", "rowspan")),
    **dict.fromkeys(
        ("strong", "em", "del", "kbd", "sub", "sup", "br", "hr", "ul", "table", "thead", "tbody",
         "tfoot", "tr", "dl", "dt", "dd", "section", "article", "figure", "figcaption", "caption"),
        (),
    ),
    "a": ("href", "title"),
    "img": ("src", "alt", "title"),
    "ol": ("start", "class"),
    "li": ("id",),
}  # fmt: skip


@dataclass(slots=True)
class Element:
    """An element, or a text, which has no name."""

    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


def elements(html: str) -> list[Element]:
    """The elements of a page. Raises ValueError for what is too large to be one."""
    if len(html) > _MAX_CHARS:
        raise ValueError(f"more than {_MAX_CHARS:,} characters of HTML")
    root = Element()
    opened = [root]
    at = 0
    clean = cleaned(bounded(html), Manner(_kept, _DEPTH))
    for tag in _TAG.finditer(clean):
        opened[-1].children += _text(clean[at : tag.start()])
        at = tag.end()
        if tag[1]:
            opened.pop()
            continue
        made = Element(tag[2], _attributes(tag[3]))
        opened[-1].children.append(made)
        if tag[2] not in ("br", "hr", "img"):
            opened.append(made)
    root.children += _text(clean[at:])
    return root.children


def _kept(name: str, attributes: dict[str, str]) -> str:
    name = _SAME.get(name, name)
    if name not in _KEPT:
        return ""
    told = {key: attributes[key] for key in _KEPT[name] if attributes.get(key)}
    address = told.get({"a": "href", "img": "src"}.get(name, ""), "")
    if name in ("a", "img") and not (address and safe_address(address)):
        return ""
    return name + "".join(f' {key}="{escape(value)}"' for key, value in told.items())


def _attributes(written: str) -> dict[str, str]:
    return {match[1]: unescape(match[2]) for match in _ATTRIBUTE.finditer(written)}


def _text(written: str) -> Iterator[Element]:
    if written:
        yield Element(text=unescape(written))
