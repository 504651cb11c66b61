"""HTML as a tree of elements, whatever anyone wrote, within bounds and in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cannery.util.charrefs import unescape

MOST_CHARS = 1_000_000
_DEEPEST = 60
_TOKEN = re.compile(r"<(?:!--|[!?]|/?[A-Za-z])")
_COMMENT_END = re.compile(r"--!?>")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)"
    r"(?P<attributes>(?>(?:[^<>\"'=]++|=\s*+(?>(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>][^\s<>]*+)?)|[\"'])*))>"
)
_ATTRIBUTE = re.compile(
    r"(?<![^\s/\"'])([A-Za-z-]+)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]++))"
)
_RAW = frozenset({
    "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp",
})  # fmt: skip
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "div", "dl", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre",
    "section", "table", "ul",
})  # fmt: skip
# An element that ends others by beginning, and those that bound them.
_ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "a": (frozenset({"a"}), frozenset({"td", "th", "li"})),
}


@dataclass(slots=True)
class Element:
    """`name` is in small letters, and empty for the whole. Children are elements and texts."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)


def parse(html: str) -> Element:
    """The elements, without comments, scripts and styles.

    Raises ValueError for what is too long or nested too deep for a text that people wrote.
    """
    if len(html) > MOST_CHARS:
        raise ValueError(f"more than {MOST_CHARS:,} characters of HTML")
    work = _Work()
    at = 0
    while match := _TOKEN.search(html, at):
        work.text(html[at : match.start()])
        at = _token(work, html, match)
    work.text(html[at:])
    return work.open[0]


class _Work:
    """The elements that are open, from the whole inwards."""

    def __init__(self) -> None:
        self.open = [Element("")]

    def text(self, written: str) -> None:
        if written:
            self.open[-1].children.append(unescape(written))

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _BLOCKS and self.open[-1].name == "p":
            self.open.pop()
        if name in _ENDS:
            self._imply(*_ENDS[name])
        element = Element(name, attributes)
        self.open[-1].children.append(element)
        if name in _VOID:
            return
        if len(self.open) > _DEEPEST:
            raise ValueError("HTML that is nested too deeply")
        self.open.append(element)

    def end(self, name: str) -> None:
        """Close the last element of a name, and all in it; one that is not open says nothing."""
        names = [one.name for one in self.open]
        if name in names:
            del self.open[len(names) - 1 - names[::-1].index(name) :]

    def _imply(self, ended: frozenset[str], bounds: frozenset[str]) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].name in bounds:
                return
            if self.open[depth].name in ended:
                del self.open[depth:]


def _token(work: _Work, html: str, match: re.Match[str]) -> int:
    """Take a comment or a tag; the place behind it. What nothing ends, the end of all ends."""
    if match[0] in {"<!--", "<!", "<?"}:
        return _behind_comment(html, match)
    tag = _TAG.match(html, match.start())
    if tag is None:
        work.text("<")
        return match.start() + 1
    name = tag["name"].lower()
    if tag["end"]:
        work.end(name)
    elif name in _RAW:
        closing = re.compile(rf"</{name}[\s>]", re.IGNORECASE).search(html, tag.end())
        return closing.start() if closing else len(html)
    else:
        work.begin(name, _attributes(tag["attributes"]))
    return tag.end()


def _behind_comment(html: str, match: re.Match[str]) -> int:
    if match[0] != "<!--":
        return html.find(">", match.end()) + 1 or len(html)
    if html.startswith((">", "->"), match.end()):
        return html.index(">", match.end()) + 1
    end = _COMMENT_END.search(html, match.end())
    return end.end() if end else len(html)


def _attributes(written: str) -> dict[str, str]:
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(written)
    }


def text_of(element: Element) -> str:
    """All text in an element."""
    return "".join(_texts(element))


def _texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.name == "br":
            yield "\n"
        else:
            yield from _texts(child)
