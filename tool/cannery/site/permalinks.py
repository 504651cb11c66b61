"""What each heading gets after the table of contents is made: its link, and its former id."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from cannery.site.document import FORMER, HEADINGS

_CLASS = "headerlink"  # as `toc` makes them, and themes style them


class Permalinks(Treeprocessor):
    """Links each heading to itself, and puts a place with the former id into it."""

    def run(self, root: Element) -> None:
        for element in _headings(root):
            if former := element.attrib.pop(FORMER, ""):
                place = Element("span", id=former)
                place.tail, element.text = element.text, None
                element.insert(0, place)
            if not any(item.get("class") == _CLASS for item in element):
                address = f"#{element.get('id', '')}"
                link = {"class": _CLASS, "href": address, "title": address}
                SubElement(element, "a", link).text = "#"


def _headings(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if element.tag in HEADINGS)
