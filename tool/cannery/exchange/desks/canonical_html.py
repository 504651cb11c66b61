"""HTML in the one form in which two texts that read the same are equal.

Desks rewrite what they are sent: entities, the order of attributes, `<div>` for `<p>`, `&nbsp;`,
line ends behind the last word, `rel` and `target`. None of that is a change that anybody made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import unquote

from cannery.exchange.desks.html_tree import Element, parse, text_of

_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
_ENCODED = re.compile(r"%7B(?:%7B|%25)[^\s\"<>{}]{0,600}?(?:%7D|%25)%7D", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)", re.IGNORECASE)
_SAME = {"b": "strong", "i": "em", "strike": "s", "del": "s"}
_UNSEEN = frozenset({
    "audio", "form", "head", "math", "object", "script", "select", "style", "svg",
    "template",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip


class Rules(NamedTuple):
    """What a desk keeps: elements, and by element the attributes; all others are dissolved."""

    elements: frozenset[str]
    attributes: Mapping[str, frozenset[str]]


_REPLIES = frozenset({
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img",
    "kbd", "li", "ol", "p", "pre", "s", "strong", "sub", "sup", "table", "td", "th", "tr",
    "u", "ul",
})  # fmt: skip
REPLY = Rules(
    _REPLIES,
    {
        "a": frozenset({"href"}),
        "img": frozenset({"src", "alt"}),
        "ol": frozenset({"start"}),
        "td": frozenset({"align", "colspan", "rowspan"}),
        "th": frozenset({"align", "colspan", "rowspan"}),
    },
)


def canonical_html(html: str, rules: Rules = REPLY) -> str:
    """The HTML that says the same, a block a line; as it is where nobody can have written it."""
    try:
        whole = parse(html)
    except ValueError:  # too long, or nested too deep
        return html
    return "\n".join(_written(block, rules) for block in _blocks(whole, rules))


def _blocks(holder: Element, rules: Rules) -> Sequence[Element]:
    """The blocks in an element, of which text beside them is one too; none is empty."""
    found: list[Element] = []
    run: list[Element | str] = []
    for child in _dissolved(holder.children, rules):
        if isinstance(child, str) or child.name not in _BLOCKS:
            run.append(child)
            continue
        found += _paragraph(run, rules)
        run = []
        found += _block(child, rules)
    return [*found, *_paragraph(run, rules)]


def _dissolved(children: Sequence[Element | str], rules: Rules) -> Iterator[Element | str]:
    """The children; what has no meaning of its own is replaced by what is in it.

    So is an inline element around blocks, which no editor leaves.
    """
    for child in children:
        if isinstance(child, str):
            yield child
            continue
        name = _SAME.get(child.name, child.name)
        if name in _UNSEEN:
            continue
        is_around = name not in _BLOCKS and _has_block(child)
        if name in _BLOCKS or (name in rules.elements and not is_around):
            yield Element(name, child.attributes, child.children)
        else:
            yield from _dissolved(child.children, rules)


def _has_block(element: Element) -> bool:
    inside = (one for one in element.children if isinstance(one, Element))
    return any(one.name in _BLOCKS or _has_block(one) for one in inside)


def _block(element: Element, rules: Rules) -> Sequence[Element]:
    if element.name not in rules.elements:
        return _blocks(element, rules)
    return _MAKERS.get(element.name, _blocks)(element, rules)


def _whole(element: Element, _: Rules) -> Sequence[Element]:
    return [Element(element.name, element.attributes)]


def _code(element: Element, _: Rules) -> Sequence[Element]:
    text = text_of(element).strip("\n")
    return [Element("pre", element.attributes, [text])] if text.strip() else []


def _list(element: Element, rules: Rules) -> Sequence[Element]:
    items = [*_items(element, rules)]
    return [Element(element.name, element.attributes, [*items])] if items else []


def _line(element: Element, rules: Rules) -> Sequence[Element]:
    """A paragraph or a heading; a paragraph around blocks is these."""
    if _has_block(element):
        return _blocks(element, rules)
    inside = _inline(element.children, rules)
    return [Element(element.name, element.attributes, inside)] if inside else []


def _items(element: Element, rules: Rules) -> Iterator[Element]:
    """The items of a list, the rows of a table, the cells of a row."""
    for child in _dissolved(element.children, rules):
        if isinstance(child, str):
            yield from _paragraph([child], rules)
        elif child.name in ("tbody", "thead", "tfoot"):
            yield from _items(child, rules)
        else:
            yield from _block(child, rules) if child.name in _BLOCKS else _paragraph([child], rules)


def _holder(element: Element, rules: Rules) -> Sequence[Element]:
    """An element that holds blocks; where it has one paragraph, that is its text."""
    blocks: list[Element | str] = [*_blocks(element, rules)]
    paragraphs = [one for one in blocks if isinstance(one, Element) and one.name == "p"]
    first = blocks[0] if blocks else None
    is_lone = len(paragraphs) == 1 and paragraphs[0] is first and element.name != "blockquote"
    if is_lone and isinstance(first, Element):
        blocks[:1] = first.children
    return [Element(element.name, element.attributes, blocks)]


def _paragraph(run: Sequence[Element | str], rules: Rules) -> Sequence[Element]:
    inside = _inline(run, rules)
    return [Element("p", {}, inside)] if inside else []


def _inline(children: Sequence[Element | str], rules: Rules) -> list[Element | str]:
    """Inline content with single blanks, none at its ends, and no line end behind the last word."""
    tidy = _Tidy(rules)
    return tidy.cut(tidy.children(children))


class _Tidy:
    """Blanks within one line of text, across the elements in it."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.is_after_blank = True

    def children(self, children: Sequence[Element | str]) -> list[Element | str]:
        made: list[Element | str] = []
        for child in _dissolved(children, self.rules):
            if isinstance(child, str):
                text = _BLANKS.sub(" ", child)
                text = text.lstrip(" ") if self.is_after_blank else text
                if text:
                    self.is_after_blank = text.endswith(" ")
                    made.append(text)
            elif child.name == "br":
                made = self._without_blank(made)
                made.append(child)
                self.is_after_blank = True
            elif child.name == "img":
                self.is_after_blank = False
                made.append(child)
            else:
                inside = self.children(child.children)
                if inside:
                    made.append(Element(child.name, child.attributes, inside))
        return made

    def cut(self, made: list[Element | str]) -> list[Element | str]:
        """Without blanks and line ends behind the last word."""
        while made:
            last = made[-1]
            if isinstance(last, str):
                if text := last.rstrip(" "):
                    made[-1] = text
                    break
            elif last.name != "br":
                last.children = last.children if last.name == "img" else self.cut(last.children)
                if last.children or last.name == "img":
                    break
            made.pop()
        return made

    def _without_blank(self, made: list[Element | str]) -> list[Element | str]:
        if made and isinstance(made[-1], str):
            text = made[-1].rstrip(" ")
            made[-1:] = [text] if text else []
        return made


_Maker = Callable[[Element, Rules], Sequence[Element]]
_MAKERS: Mapping[str, _Maker] = {
    **dict.fromkeys(("hr", "iframe"), _whole),
    "pre": _code,
    **dict.fromkeys(("dl", "ol", "table", "tr", "ul"), _list),
    **dict.fromkeys(("blockquote", "dd", "details", "li", "td", "th"), _holder),
    **dict.fromkeys(("dt", "h1", "h2", "h3", "h4", "h5", "h6", "p", "summary"), _line),
}


def _written(element: Element, rules: Rules) -> str:
    name = element.name
    tag = name + "".join(
        f' {key}="{escape(value)}"' for key, value in sorted(_attributes(element, rules))
    )
    if name in ("br", "hr", "img"):
        return f"<{tag}>"
    pieces: list[str] = []
    for child in element.children:
        text = escape(child, quote=False) if isinstance(child, str) else _written(child, rules)
        is_block = isinstance(child, Element) and child.name in _BLOCKS
        pieces += [f"\n{text}" if is_block else text]
    return f"<{tag}>{''.join(pieces)}</{name}>"


def _attributes(element: Element, rules: Rules) -> Iterator[tuple[str, str]]:
    kept = rules.attributes.get(element.name, frozenset())
    for key, value in element.attributes.items():
        if key == "style" and "align" in kept and (found := _ALIGN.search(value)):
            yield "align", found[1].lower()
        elif key in kept and not _says_nothing(key, value):
            yield key, _address(value) if key in ("href", "src") else value.strip()


def _says_nothing(key: str, value: str) -> bool:
    plain = value.strip().lower()
    return (key in ("start", "colspan", "rowspan") and plain == "1") or (
        key == "align" and plain in ("", "left")
    )


def _address(value: str) -> str:
    """An address with the placeholders in it as they are written elsewhere."""
    return _ENCODED.sub(lambda found: unquote(found[0]), value.strip())
