"""The ids of headings in Python-Markdown's tree: those of `content/anchors`, as in the check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER, STX

from cannery.content.anchors import Heading, anchors, split_id
from cannery.site.sanitizer import strip_tags
from cannery.util.charrefs import unescape

_TAGS = frozenset(f"h{level}" for level in range(1, 7))
_FORMER = "data-kb-former-id"  # gone before the page is written
_STASHED = re.compile(HTML_PLACEHOLDER % "([0-9]+)")
_ESCAPED = re.compile(f"{STX}([0-9]+){ETX}")


class HeadingIds(Treeprocessor):
    """Gives the headings their ids, before the table of contents is made."""

    def run(self, root: Element) -> None:
        elements = [*_headings(root)]
        headings = [self._heading(element) for element in elements]
        for element, found in zip(elements, anchors(headings), strict=True):
            element.set("id", found.id)
            if found.former:
                element.set(_FORMER, found.former)

    def _heading(self, element: Element) -> Heading:
        text, id_ = split_id(self._text(element))
        if id_:
            _drop_id(element)
        return Heading(text, element.get("id") or id_)

    def _text(self, element: Element) -> str:
        """What a reader is shown, with what Python-Markdown has put aside in its place."""
        stash = self.md.htmlStash.rawHtmlBlocks
        text = "".join(element.itertext())
        text = _STASHED.sub(lambda found: strip_tags(str(stash[int(found[1])])), text)
        return unescape(_ESCAPED.sub(lambda found: chr(int(found[1])), text))


class FormerIds(Treeprocessor):
    """Puts a place with the former id into each heading, after the table of contents is made."""

    def run(self, root: Element) -> None:
        for element in _headings(root):
            if former := element.attrib.pop(_FORMER, ""):
                place = Element("span", id=former)
                place.tail, element.text = element.text, None
                element.insert(0, place)


def _headings(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if element.tag in _TAGS)


def _drop_id(element: Element) -> None:
    """Take `{#id}` off the end of a heading."""
    last = element[-1] if len(element) else None
    if last is not None and last.tail:
        last.tail = split_id(last.tail).text
    elif last is None and element.text:
        element.text = split_id(element.text).text
