"""The lines that a reader sees of HTML: two texts with the same lines look the same.

`<p>a</p><p>b</p>` and `a<br><br>b` are two lines with a blank one between them, whichever an editor
has made. Emphasis and links are told by their tags, lists and quotes by marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.html_tree import Element, parse

_STYLES = frozenset({
    "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "s", "strong", "sub",
    "sup", "u",
})  # fmt: skip
_APART = frozenset({
    "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul",
})  # fmt: skip
_MOST_DIGITS = 9  # of the number that a list begins with


class _Run(NamedTuple):
    """Some text with the tags that tell how it looks."""

    text: str
    tags: frozenset[str] = frozenset()
    is_tag: bool = False


class _Line(NamedTuple):
    """`lead` are the marks of what the line stands in."""

    lead: str
    runs: list[_Run]


def seen_lines(html: str) -> list[str]:
    """The lines of HTML, with one blank line at most between two; as it is if it can't be read."""
    try:
        whole = parse(canonical_html(html))
    except ValueError:  # too long, or nested too deep
        return html.split("\n")
    page = _Page()
    page.children(whole, frozenset(), "")
    return [*_with_single_blanks(map(_written, page.lines))]


class _Page:
    """The lines as far as they have been written."""

    def __init__(self) -> None:
        self.lines = [_Line("", [])]

    def children(self, element: Element, tags: frozenset[str], lead: str) -> None:
        marks = _marks(element)
        for child in element.children:
            if isinstance(child, str):
                self._text(child, tags, lead)
            elif child.name in ("li", "tr"):
                mark = next(marks)
                self._begin(lead + mark)
                self.children(child, tags, lead + " " * len(mark))
            else:
                self._element(child, tags, lead)

    def _element(self, element: Element, tags: frozenset[str], lead: str) -> None:
        name = element.name
        if name == "br":
            self._begin(lead)
        elif name in _APART:
            self._block(element, tags, lead)
        else:
            if name in ("img", "td", "th"):
                self._add(_Run(_tag(element), is_tag=True))
            self.children(element, _with(tags, element), lead)

    def _block(self, element: Element, tags: frozenset[str], lead: str) -> None:
        """Write a block with a blank line before and after it; the first in an item has none."""
        mark = "> " if element.name == "blockquote" else ""
        if self.lines[-1].runs:
            self._begin(lead)
            self._begin(lead + mark)
        else:
            self.lines[-1] = _Line(self.lines[-1].lead + mark, [])
        if element.name == "hr":
            self._add(_Run(_tag(element), is_tag=True))
        self.children(element, _with(tags, element), lead + mark)
        self._begin(lead)
        self._begin(lead)

    def _text(self, text: str, tags: frozenset[str], lead: str) -> None:
        first, *others = text.split("\n") if "<pre>" in tags else [text.replace("\n", " ")]
        self._add(_Run(first, tags))
        for line in others:
            self._begin(lead)
            self._add(_Run(line, tags))

    def _add(self, run: _Run) -> None:
        if run.text.strip() or "<pre>" in run.tags or self.lines[-1].runs:
            self.lines[-1].runs.append(run)

    def _begin(self, lead: str) -> None:
        self.lines.append(_Line(lead, []))


def _marks(element: Element) -> Iterator[str]:
    """What stands before each item of a list."""
    start = element.attributes.get("start", "")
    is_number = start.isdecimal() and len(start) <= _MOST_DIGITS
    number = int(start) if is_number else 1
    while True:
        yield {"ol": f"{number}. ", "ul": "- "}.get(element.name, "")
        number += 1


def _tag(element: Element) -> str:
    told = (f' {key}="{escape(value)}"' for key, value in sorted(element.attributes.items()))
    return f"<{element.name}{''.join(told)}>"


def _with(tags: frozenset[str], element: Element) -> frozenset[str]:
    if element.name == "a":
        return tags | {_tag(element)}
    return tags | {f"<{element.name}>"} if element.name in _STYLES else tags


def _written(line: _Line) -> str:
    """A line with each tag around all of the words that it is of."""
    pieces = [
        f"{''.join(sorted(tags))}{''.join(_text(run) for run in runs)}{_ends(tags)}"
        for tags, runs in groupby(line.runs, key=lambda run: run.tags)
    ]
    text = "".join(pieces).rstrip()
    return f"{line.lead}{text}" if text else ""


def _text(run: _Run) -> str:
    return run.text if run.is_tag else escape(run.text, quote=False)


def _ends(tags: frozenset[str]) -> str:
    return "".join(f"</{tag.strip('<>').partition(' ')[0]}>" for tag in sorted(tags, reverse=True))


def _with_single_blanks(lines: Iterable[str]) -> Iterator[str]:
    """The lines without blank ones at both ends, and one at most between two others."""
    is_due = is_begun = False
    for line in lines:
        if line and is_due and is_begun:
            yield ""
        if line:
            yield line
            is_begun = True
        is_due = not line
