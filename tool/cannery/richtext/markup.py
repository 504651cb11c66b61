"""Pasted HTML -> the same HTML without what nobody sees, each element closed, in one pass.

What comes after may look at an element's siblings and parents: so only elements that become marks
in Markdown are left, nested within bounds, without comments, scripts, styles and quoted mails.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from cannery.content.markdown import safe_address
from cannery.util.charrefs import unescape

MAX_DEPTH = 200
_TOKEN = re.compile(r"<(?:!--|[!?]|/?[A-Za-z])")
_COMMENT_END = re.compile(r"--!?>")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)"
    r"(?P<attributes>(?>(?:[^<>\"'=]++|=\s*+(?>(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>][^\s<>]*+)?)|[\"'])*))>"
)
_ATTRIBUTE = re.compile(
    r"(?<![^\s/\"'])([A-Za-z]+)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]++))"
)
_BLANKS = re.compile(r"[ \t\r\n\f]++")
# Their text is no HTML: only their own end ends them.
_RAW = frozenset("script style title textarea iframe noembed noframes noscript xmp".split())
_UNSEEN = frozenset("head template object form svg math select audio video".split()) | _RAW
_IN_HEAD = frozenset("base link meta noscript script style template title".split())
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr basefont".split()
)
_KEPT = frozenset(
    "a article b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li ol p pre q s "
    "samp section strong sub sup table td th tr ul".split()
)
_BLOCKS = frozenset("div p ul ol table pre blockquote".split())
_ENDS_P = _BLOCKS | frozenset("h1 h2 h3 h4 h5 h6 hr li dl dt dd tr td th article section".split())
# An element that ends others of its kind by beginning, and the one that bounds it.
_ENDS = {
    "li": (("li",), ("ul", "ol")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "tr": (("tr", "td", "th"), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "a": (("a",), ("td", "th", "table")),
    "option": (("option",), ("select",)),
}
_QUOTED = frozenset(("gmail_quote", "gmail_signature", "yahoo_quoted"))


class Manner(NamedTuple):
    """What a page's HTML keeps that a mail's does not.

    `kept` gives an element, by its name and its attributes, as it is written again, empty where its
    text alone is left. What is nested deeper than `depth` is as if its tags were not there.
    """

    kept: Callable[[str, dict[str, str]], str]
    depth: int


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet: `start` is its place in the output."""

    name: str
    start: int
    kept: str = ""
    hidden: bool = False
    has_block: bool = False
    letters: int = 0  # that were seen when it began
    last_line: int = -1  # where the end of the paragraph stands that a line may join
    items: int = 0


@dataclass(slots=True)
class _Tree:
    manner: Manner | None = None
    out: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=lambda: [_Open("", 0)])
    letters: int = 0


def cleaned(html: str, manner: Manner | None = None) -> str:
    """The HTML of what a person sees, of a mail unless a `manner` says what else it is of.

    Raises ValueError for a mail that is nested too deep.
    """
    tree = _Tree(manner)
    at = 0
    while match := _TOKEN.search(html, at):
        _text(tree, html[at : match.start()])
        at = _token(tree, html, match)
    _text(tree, html[at:])
    while len(tree.open) > 1:
        _close(tree)
    return "".join(tree.out)


def _token(tree: _Tree, html: str, match: re.Match[str]) -> int:
    """Take a comment or a tag; the place behind it. What nothing ends, the end of all ends."""
    if match[0] == "<!--":
        if html.startswith((">", "->"), match.end()):
            return html.index(">", match.end()) + 1
        end = _COMMENT_END.search(html, match.end())
        return end.end() if end else len(html)
    if match[0] in {"<!", "<?"}:
        return html.find(">", match.end()) + 1 or len(html)
    tag = _TAG.match(html, match.start())
    if tag is None:
        _text(tree, "<")
        return match.start() + 1
    name = tag["name"].lower()
    if tag["end"]:
        _end(tree, name)
        return tag.end()
    _begin(tree, name, tag["attributes"])
    return _behind(name, html, tag.end())


def _behind(name: str, html: str, at: int) -> int:
    """Where HTML goes on after an element has begun."""
    if name not in _RAW:
        return at
    end = re.compile(rf"</{name}(?![A-Za-z0-9])", re.IGNORECASE).search(html, at)
    return end.start() if end else len(html)


def _text(tree: _Tree, text: str) -> None:
    here = tree.open[-1]
    if not text or here.hidden:
        return
    if not tree.manner and not any(one.name == "pre" for one in tree.open):
        text = _BLANKS.sub(lambda run: "\n" if "\n" in run[0] else " ", text)
    tree.out.append(text.replace("<", "&lt;").replace(">", "&gt;"))
    if plain := unescape(text).strip():
        tree.letters += len(plain)
        _kept(tree).last_line = -1


def _kept(tree: _Tree) -> _Open:
    """The element that holds what comes next in the output."""
    return next(one for one in reversed(tree.open) if one.kept or not one.name)


def _begin(tree: _Tree, name: str, written: str) -> None:
    _imply(tree, name)
    attributes = {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(written)
    }
    hidden = tree.open[-1].hidden or name in _UNSEEN or _is_quoted(tree, name, attributes)
    kept = "" if hidden else _as_kept(tree, name, attributes)
    if name in _VOID:
        if kept:
            tree.out.append(f"<{kept}>")
            _kept(tree).last_line = -1
        return
    if _is_too_deep(tree):
        return
    if name in _BLOCKS and not hidden:
        for one in reversed(tree.open):
            if one.has_block:
                break
            one.has_block = True
    tree.open.append(
        _Open(name, len(tree.out), kept.partition(" ")[0], hidden, letters=tree.letters)
    )
    if kept:
        tree.out.append(f"<{kept}>")


def _is_too_deep(tree: _Tree) -> bool:
    if tree.manner:
        return len(tree.open) > tree.manner.depth
    if len(tree.open) > MAX_DEPTH:
        raise ValueError("HTML that is nested too deeply")
    return False


def _imply(tree: _Tree, name: str) -> None:
    """Close what an element closes by beginning."""
    if tree.open[-1].name == "head" and name not in _IN_HEAD:
        _close(tree)
    if name in _ENDS_P and tree.open[-1].name == "p":
        _close(tree)
    ended, bounds = _ENDS.get(name, ((), ()))
    first = 0
    for depth in range(len(tree.open) - 1, 0, -1):
        if not ended or tree.open[depth].name in bounds:
            break
        if tree.open[depth].name in ended:
            first = depth
    while 0 < first < len(tree.open):
        _close(tree)


def _is_quoted(tree: _Tree, name: str, attributes: dict[str, str]) -> bool:
    return tree.manner is None and (
        (name == "blockquote" and attributes.get("type", "").lower() == "cite")
        or not _QUOTED.isdisjoint(attributes.get("class", "").split())
        or attributes.get("id") == "divRplyFwdMsg"
    )


def _as_kept(tree: _Tree, name: str, attributes: dict[str, str]) -> str:
    """An element as it is written again; empty where its text alone is left."""
    if tree.manner:
        return tree.manner.kept(name, attributes)
    if name == "a":
        address = attributes.get("href", "")
        return f'a href="{escape(address)}"' if address and safe_address(address) else ""
    if name == "ol":
        start = attributes.get("start", "")
        return f'ol start="{start}"' if re.fullmatch("[0-9]{1,6}", start) else "ol"
    if name == "li":
        _kept(tree).items += 1
        return f'li value="{_kept(tree).items}"'
    if name == "td" and any(one.name == "thead" for one in tree.open):
        return "th"
    return {"strike": "s"}.get(name, name) if name in _KEPT or name == "strike" else ""


def _end(tree: _Tree, name: str) -> None:
    """Close the last element of a name, and all in it; one that is not open says nothing."""
    for depth in range(len(tree.open) - 1, 0, -1):
        if tree.open[depth].name == name:
            while len(tree.open) > depth:
                _close(tree)
            return


def _close(tree: _Tree) -> None:
    one = tree.open.pop()
    if not one.kept:
        return
    around = _kept(tree)
    if one.name == "div" and not one.has_block and not tree.manner:
        _close_line(tree, one, around)
        return
    tree.out.append(f"</{one.kept}>")
    around.last_line = -1


def _close_line(tree: _Tree, line: _Open, around: _Open) -> None:
    """A `div` a line, as Gmail and Outlook write, becomes paragraphs, an empty one their gap."""
    if tree.letters == line.letters:
        tree.out[line.start :] = []
        around.last_line = -1
    elif around.last_line >= 0:
        tree.out[around.last_line : line.start + 1] = ["<br>"]
        tree.out.append("</p>")
        around.last_line = len(tree.out) - 1
    else:
        tree.out[line.start] = "<p>"
        tree.out.append("</p>")
        around.last_line = len(tree.out) - 1
