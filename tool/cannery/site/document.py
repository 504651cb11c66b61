"""A page's Markdown as the tree that Python-Markdown's engines work on, read by our own parser.

What the engines do with a tree (links to pages, the table of contents) goes on working; nothing of
a text is read a second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser

from cannery.content.anchors import anchors, headings
from cannery.content.markdown import Node, parse, tree
from cannery.site.alerts import PLAY, add_shape, add_sign, box_kind
from cannery.site.code import highlighted
from cannery.site.elements import add_text, escaped, plain
from cannery.site.footnotes import footnote, footnote_anchor, footnote_ref, footnotes
from cannery.site.links import HOLE
from cannery.site.media import (
    caption,
    is_own_video,
    lone_link,
    picture_attributes,
    video_host,
)
from cannery.site.page_source import Source
from cannery.site.steps import is_steps
from cannery.site.tables import column_classes
from cannery.site.tabs import tab_sets, write_tabs
from cannery.site.texts import text as word

FORMER = "data-kb-former-id"  # gone before the page is written
_ALIGNED = re.compile(r"text-align:(left|center|right)")
_KEPT = ("class", "start", "href", "title", "open")
_TASK = "task-list-item"


class DocumentParser(BlockParser):
    """Takes the place of Python-Markdown's parser."""

    def __init__(self, md: Markdown, source: Source) -> None:
        super().__init__(md)
        self._source = source

    def parseDocument(self, lines: Iterable[str]) -> ElementTree[Element]:  # type: ignore[override]  # noqa: ARG002, N802 - Python-Markdown's name
        tokens = parse(self._source.text, language=self._source.language)
        root = Element(self.md.doc_tag)
        _Writer(self.md, self._source).write(root, tree(tokens))
        elements = (item for item in root.iter() if item.tag in HEADINGS)
        for element, found in zip(elements, anchors(headings(tokens)), strict=True):
            element.set("id", found.id)
            if found.former:
                element.set(FORMER, found.former)
        return ElementTree(root)


HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


def _untitled(node: Node) -> Mapping[str, str]:
    return {name: value for name, value in node.attrs.items() if name != "title"}


class _Writer:
    """Writes nodes below an element; a page's sets of tabs are numbered."""

    def __init__(self, md: Markdown, source: Source) -> None:
        self._md = md
        self._source = source
        self._sets = self._pictures = 0
        self._is_quiet = False
        self._kind = ""  # of the box whose title comes next
        self._told: set[str] = set()  # what terms mean that were met
        self._special: Mapping[str, Callable[[Element, Node], None]] = {
            "text": self._text,
            "heading": self._heading,
            "paragraph": self._paragraph,
            "ordered_list": self._ordered,
            "table": self._table,
            "list_item": self._item,
            "th": self._cell,
            "td": self._cell,
            "fence": self._code,
            "code_block": self._code,
            "code_inline": self._code_inline,
            "image": self._image,
            "link": self._link,
            "box": self._box,
            "box_title": self._box_title,
            "alert": self._alert,
            "alert_title": self._box_title,
            "footnote_ref": footnote_ref,
            "footnote_block": partial(footnotes, write=self.write),
            "footnote": partial(footnote, write=self.write),
            "footnote_anchor": footnote_anchor,
        }

    def write(self, parent: Element, nodes: Sequence[Node]) -> None:
        for is_tab, group in groupby(nodes, lambda node: node.type == "tab"):
            if is_tab:
                for tabs in tab_sets(group):
                    self._sets += 1
                    write_tabs(parent, tabs, self._sets, (self.write_quietly, self.write))
                continue
            for node in group:
                if node.hidden:
                    self.write(parent, node.children)
                elif special := self._special.get(node.type):
                    special(parent, node)
                else:
                    self._element(parent, node, _TAGS.get(node.type, node.tag))

    def _element(self, parent: Element, node: Node, tag: str) -> Element:
        attributes = {name: escaped(node.attrs[name]) for name in _KEPT if name in node.attrs}
        element = SubElement(parent, tag, attributes)
        self.write(element, node.children)
        return element

    def _text(self, parent: Element, node: Node) -> None:
        if self._is_quiet:
            add_text(parent, node.content)
            return
        end = 0
        for found in self._source.terms.found(node.content, self._told):
            add_text(parent, node.content[end : found.start])
            hint = {"class": "kb-term", "title": escaped(found.means)}
            end = found.end
            add_text(SubElement(parent, "abbr", hint), node.content[found.start : end])
        add_text(parent, node.content[end:])

    def write_quietly(self, parent: Element, nodes: Sequence[Node]) -> None:
        """Where no term is explained: links, headings and titles lead elsewhere."""
        before, self._is_quiet = self._is_quiet, True
        self.write(parent, nodes)
        self._is_quiet = before

    def _heading(self, parent: Element, node: Node) -> None:
        self.write_quietly(SubElement(parent, node.tag), node.children)

    def _paragraph(self, parent: Element, node: Node) -> None:
        if told := caption(node):
            frame = SubElement(parent, "figure", {"class": "kb-figure"})
            self.write(frame, [replace(item, attrs=_untitled(item)) for item in node.children])
            add_text(SubElement(frame, "figcaption"), told)
        elif (link := lone_link(node)) and is_own_video(address := self._address(link, "href")):
            self._video(parent, link, address)
        elif link and (host := video_host(address)):
            self._foreign_video(parent, link, address, host)
        else:
            self._element(parent, node, node.tag)

    def _video(self, parent: Element, link: Node, address: str) -> None:
        """A video of the site's own, of which nothing is loaded before someone plays it."""
        frame = SubElement(parent, "figure", {"class": "kb-figure kb-video"})
        name = {"aria-label": escaped(plain(link.children))}
        player = {"src": address, "controls": "controls", "preload": "none", **name}
        SubElement(frame, "video", player)
        self._link(SubElement(frame, "figcaption"), link)

    def _foreign_video(self, parent: Element, link: Node, address: str, host: str) -> None:
        """A card that leads to another host's video: no page asks that host for anything."""
        frame = SubElement(parent, "p", {"class": "kb-video"})
        card = SubElement(frame, "a", {"href": address})
        add_shape(card, PLAY)
        title = SubElement(card, "strong")
        if link.info == "auto":
            add_text(title, word(self._source.language, "video"))
        else:
            self.write_quietly(title, link.children)
        add_text(SubElement(card, "small"), host)

    def _ordered(self, parent: Element, node: Node) -> None:
        element = self._element(parent, node, node.tag)
        if parent.tag != "li" and is_steps(node):
            element.set("class", "kb-steps")

    def _table(self, parent: Element, node: Node) -> None:
        """In a frame of its own, within which a wide one is scrolled."""
        frame = SubElement(parent, "div", {"class": "kb-table"})
        table = self._element(frame, node, node.tag)
        for head, name in zip(table.iter("th"), column_classes(node), strict=False):
            if name:
                head.set("class", name)

    def _item(self, parent: Element, node: Node) -> None:
        element = SubElement(parent, "li", {"class": _TASK} if "checked" in node.meta else {})
        place = element
        children = node.children
        if "checked" in node.meta:
            if children and children[0].type == "paragraph" and not children[0].hidden:
                place = SubElement(element, "p")
            SubElement(place, "input", self._box_to_tick(checked=bool(node.meta["checked"])))
            add_text(place, " ")
            if place is not element:
                self.write(place, children[0].children)
                children = children[1:]
        self.write(element, children)

    def _box_to_tick(self, *, checked: bool) -> dict[str, str]:
        name = word(self._source.language, "task_done" if checked else "task_open")
        ticked = {"checked": "checked"} if checked else {}
        return {"type": "checkbox", "disabled": "disabled", "aria-label": name, **ticked}

    def _cell(self, parent: Element, node: Node) -> None:
        aligned = _ALIGNED.search(node.attrs.get("style", ""))
        element = SubElement(parent, node.tag, {"align": aligned[1]} if aligned else {})
        self.write(element, node.children)

    def _code(self, parent: Element, node: Node) -> None:
        html = highlighted(self._md, node.content, node.info)
        SubElement(parent, "p").text = self._md.htmlStash.store(html)

    def _code_inline(self, parent: Element, node: Node) -> None:
        add_text(SubElement(parent, "code"), node.content)

    def _address(self, node: Node, name: str) -> str:
        """An address as the text has it, or as it must be on the site."""
        before, mark, anchor = node.attrs.get(name, "").partition("#")
        moved = self._source.links.get(before) if before else None
        return f"{before if moved is None else moved}{mark}{anchor}"

    def _hole(self, parent: Element) -> Element:
        """What stands for a link that nobody could follow."""
        title = word(self._source.language, "dead_link")
        return SubElement(parent, "span", {"class": "kb-hole", "title": title})

    def _link(self, parent: Element, node: Node) -> None:
        address = self._address(node, "href")
        if address.startswith(HOLE):
            self.write(self._hole(parent), node.children)
        else:
            attrs = {**node.attrs, "href": address}
            element = self._element(parent, Node("link", attrs=attrs), "a")
            self.write_quietly(element, node.children)

    def _image(self, parent: Element, node: Node) -> None:
        address = self._address(node, "src")
        if address.startswith(HOLE):
            add_text(self._hole(parent), plain(node.children))
            return
        self._pictures += 1
        element = self._element(parent, Node("image", attrs=node.attrs), "img")
        element.set("src", address)
        element.set("alt", escaped(plain(node.children)))
        is_first = self._pictures == 1
        for name, value in picture_attributes(
            address, self._source.sizes, is_first=is_first
        ).items():
            element.set(name, value)

    def _alert(self, parent: Element, node: Node) -> None:
        kind = str(node.meta["kind"]).lower()
        kinds = {"important": "info", "caution": "danger"}
        kind = kinds.get(kind, kind)
        self._kind = box_kind([kind])
        element = SubElement(parent, "div", {"class": f"admonition {kind}"})
        self.write(element, node.children)

    def _box(self, parent: Element, node: Node) -> None:
        self._kind = box_kind(node.attrs.get("class", "").split())
        self._element(parent, node, node.tag)

    def _box_title(self, parent: Element, node: Node) -> None:
        if node.tag == "summary":  # which has a sign of its own: it opens
            self.write_quietly(SubElement(parent, node.tag), node.children)
            return
        title = SubElement(parent, "p", {"class": "admonition-title"})
        add_sign(title, self._kind)
        self.write_quietly(title, node.children)


_TAGS = {"s": "del", "hardbreak": "br"}
