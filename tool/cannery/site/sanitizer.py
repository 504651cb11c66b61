"""The HTML that content makes, held to what may be in it. nh3's only room.

Python-Markdown's extensions write HTML of what strangers wrote. What leaves here was parsed as a
browser parses it and written anew: elements, attributes and addresses that are on these lists.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import lru_cache

import nh3

from cannery.content.markdown import SCHEMES
from cannery.content.markup import ACTIVE_ELEMENTS, ACTIVE_SCHEMES, active_attribute
from cannery.util.charrefs import unescape

# What the extensions make that mkdocs.yml has or that a team may add: tables, boxes, tabs,
# footnotes, task lists, definitions, keys, marks, captions, highlighted code, icons.
_ELEMENTS = frozenset(
    "h1 h2 h3 h4 h5 h6 p br hr div span section pre code blockquote ul ol li dl dt dd table thead "
    "tbody tfoot tr th td caption em strong del ins sub sup mark kbd samp s small abbr a img "
    "figure figcaption details summary input label svg path video".split()
)
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset("class id title lang dir role aria-label aria-hidden data-linenos data-tabs "
                   "data-lang data-search-exclude".split()),
    "a": frozenset("href rel target name hreflang".split()),
    "img": frozenset("src alt width height loading decoding align".split()),
    "video": frozenset("src controls preload width height".split()),
    "th": frozenset("align colspan rowspan scope".split()),
    "td": frozenset("align colspan rowspan".split()),
    "ol": frozenset("start type reversed".split()),
    "li": frozenset(["value"]),
    "input": frozenset("type name checked disabled".split()),
    "label": frozenset(["for"]),
    "details": frozenset(["open"]),
    "svg": frozenset("viewbox viewBox xmlns width height fill".split()),
    "path": frozenset("d fill".split()),
}  # fmt: skip
# What else is looked for where something runs.
_MORE = frozenset(
    "address animate animatetransform area article aside audio b big body button canvas center "
    "circle cite data dialog fieldset font footer foreignobject g header i image main map "
    "marquee math meter nav noscript object option output picture progress q rect select set "
    "source textarea template time u use var video x".split()
)
_SAID = frozenset("class id title lang alt for name aria-label".split())  # text, not an address

# Names that the theme's scripts and styles go by: text with them could pass for a part of it.
_THEME_CLASS = re.compile(
    r"(?:kb|md)-(?!button|tag|hole|table|figure|video|steps|icon|term)|js\Z|no-js\Z"
)
_OURS = re.compile(r"__(?:codelineno|span|tabbed)[-_]")
_VALUES = {
    ("a", "name"): _OURS,
    ("a", "target"): re.compile(r"_blank\Z"),
    ("input", "name"): _OURS,
    ("video", "preload"): re.compile(r"none\Z"),
    ("video", "src"): re.compile(r"(?!//)[\w./%~@()+,-]{1,2000}\Z"),  # of this site
    ("input", "type"): re.compile(r"(?:checkbox|radio)\Z"),
}
_NO_ID = re.compile(r"[\x00-\x20\x7f\"'<>`\\]+")

_TAG = re.compile(r"<[A-Za-z](?>(?:[^<>]|<(?![A-Za-z]))*)>")
_FORMED = re.compile(r"<[A-Za-z][^\s<>]*+(?>(?: [^\s=>]+=\"[^\"]*\")*)>")
_PLAIN = re.compile(r"<([a-z][a-z0-9]*)((?>(?:\s+[A-Za-z-]+(?:=\"[^\"<>]*\")?)*))\s*/?>")
_HANDLER = re.compile(r"[\s\"'/]on[a-z]{3,30}\s*=", re.IGNORECASE)
_PAIR = re.compile(r"([^\s\"=<>/]+)(?:=\"([^\"]*)\")?")


def sanitize(text: str) -> str:
    """What a page may hold of this HTML."""
    return _strict().clean(text)


def strip_tags(text: str) -> str:
    """HTML's text, still as HTML: no element is left."""
    return _bare().clean(text) if "<" in text else text


def safe_id(name: str) -> str:
    """An id as a page may have it: it breaks out of no attribute, and is none of the theme's."""
    name = _NO_ID.sub("-", name)
    return name if _OURS.match(name) else name.lstrip("_") if name.startswith("__") else name


def active_tags(text: str) -> tuple[str, ...]:
    """What of this HTML would run in a browser, as the tags that do it."""
    odd = [tag for tag in set(_TAG.findall(text)) if not _is_harmless(tag)]
    if not odd:
        return ()
    # Parsed as a browser does: whatever was written, each attribute stands in double quotes now.
    tags = sorted(set(_FORMED.findall(_loose().clean(text))))
    runs = [tag for tag in tags if _is_active(tag)]
    return tuple(runs or sorted(tag for tag in odd if _HANDLER.search(tag)))


@lru_cache(maxsize=10_000)
def _is_harmless(tag: str) -> bool:
    match = _PLAIN.fullmatch(tag)
    return match is not None and match[1] in _ELEMENTS and not _is_active(tag)


def _is_active(tag: str) -> bool:
    name, _, rest = tag.strip("</>").partition(" ")
    if name.lower() in ACTIVE_ELEMENTS:
        return True
    pairs = ((key.lower(), unescape(value)) for key, value in _PAIR.findall(rest))
    return any(active_attribute(key, value) for key, value in pairs if key not in _SAID)


@lru_cache(maxsize=1)
def _strict() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_ELEMENTS),
        attributes={name: set(there) for name, there in _ATTRIBUTES.items()},
        attribute_filter=_kept,
        url_schemes=set(SCHEMES),
        clean_content_tags={"script", "style"},
        link_rel=None,
    )


@lru_cache(maxsize=1)
def _bare() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(), link_rel=None)


@lru_cache(maxsize=1)
def _loose() -> nh3.Cleaner:
    """Keeps what runs, for telling of it: what comes out is for no page."""
    return nh3.Cleaner(
        tags={*_ELEMENTS, *ACTIVE_ELEMENTS, *_MORE},
        generic_attribute_prefixes={*string.ascii_lowercase},
        url_schemes={*SCHEMES, *ACTIVE_SCHEMES},
        clean_content_tags=set(),
        link_rel=None,
    )


def _kept(element: str, name: str, value: str) -> str | None:
    """An attribute's value as it may be; None takes the attribute away."""
    if name == "class":
        return " ".join(item for item in value.split() if not _THEME_CLASS.match(item)) or None
    if name in ("id", "for"):
        return safe_id(value) or None
    if name == "href" and value.startswith("#"):
        return f"#{safe_id(value[1:])}"
    allowed = _VALUES.get((element, name))
    return value if allowed is None or allowed.match(value) else None
