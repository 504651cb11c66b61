"""A page's Markdown as the tree that Python-Markdown's engines work on, read by our own parser.

What the engines do with a tree (links to pages, the table of contents) goes on working; nothing of
a text is read a second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.preprocessors import Preprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX

from cannery.content.anchors import anchors, headings
from cannery.content.markdown import Node, parse, tree
from cannery.site.code import highlighted
from cannery.site.links import HOLE
from cannery.site.texts import text as word
from cannery.util.charrefs import bounded

FORMER = "data-kb-former-id"  # gone before the page is written
_ALIGNED = re.compile(r"text-align:(left|center|right)")
_REFERENCE = re.compile(r"&(?=#?[0-9A-Za-z]+;)")
_OURS = str.maketrans("", "", STX + ETX)
_KANA = re.compile(r"[\u3041-\u30ff]")
_KEPT = ("class", "start", "href", "title", "open")
_TASK = "task-list-item"


class Source(Preprocessor):
    """Keeps the text of a page for our parser, and leaves other extensions nothing to rewrite."""

    def __init__(self, md: Markdown, language: str, links: Mapping[str, str]) -> None:
        super().__init__(md)
        self.text, self._language = "", language
        self.links = links

    def run(self, lines: list[str]) -> list[str]:
        self.text = bounded("\n".join(lines).translate(_OURS))
        return []

    @property
    def language(self) -> str:
        """The text's language; of Japanese, its letters tell where an engine does not."""
        return self._language or ("ja" if _KANA.search(self.text) else "")


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


def _add_text(parent: Element, text: str) -> None:
    """Behind what is in an element; what reads like a reference is text, as it was written."""
    text = _REFERENCE.sub(f"{AMP_SUBSTITUTE}amp;", text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _plain(nodes: Iterable[Node]) -> str:
    return "".join(node.content or _plain(node.children) for node in nodes)


class _Writer:
    """Writes nodes below an element; a page's sets of tabs are numbered."""

    def __init__(self, md: Markdown, source: Source) -> None:
        self._md = md
        self._source = source
        self._sets = 0
        self._special: Mapping[str, Callable[[Element, Node], None]] = {
            "text": self._text,
            "heading": self._heading,
            "list_item": self._item,
            "th": self._cell,
            "td": self._cell,
            "fence": self._code,
            "code_block": self._code,
            "code_inline": self._code_inline,
            "image": self._image,
            "link": self._link,
            "alert": self._alert,
            "alert_title": self._alert_title,
            "footnote_ref": self._footnote_ref,
            "footnote_block": self._footnotes,
            "footnote": self._footnote,
            "footnote_anchor": self._footnote_anchor,
        }

    def write(self, parent: Element, nodes: Sequence[Node]) -> None:
        for is_tab, group in groupby(nodes, lambda node: node.type == "tab"):
            if is_tab:
                for tabs in _sets(group):
                    self._tabs(parent, tabs)
                continue
            for node in group:
                if node.hidden:
                    self.write(parent, node.children)
                elif special := self._special.get(node.type):
                    special(parent, node)
                else:
                    self._element(parent, node, _TAGS.get(node.type, node.tag))

    def _element(self, parent: Element, node: Node, tag: str) -> Element:
        attributes = {
            name: _REFERENCE.sub(f"{AMP_SUBSTITUTE}amp;", node.attrs[name])
            for name in _KEPT
            if name in node.attrs
        }
        element = SubElement(parent, tag, attributes)
        self.write(element, node.children)
        return element

    def _text(self, parent: Element, node: Node) -> None:
        _add_text(parent, node.content)

    def _heading(self, parent: Element, node: Node) -> None:
        self.write(SubElement(parent, node.tag), node.children)

    def _item(self, parent: Element, node: Node) -> None:
        element = SubElement(parent, "li", {"class": _TASK} if "checked" in node.meta else {})
        place = element
        children = node.children
        if "checked" in node.meta:
            if children and children[0].type == "paragraph" and not children[0].hidden:
                place = SubElement(element, "p")
            checked = {"checked": "checked"} if node.meta["checked"] else {}
            SubElement(place, "input", {"type": "checkbox", "disabled": "disabled", **checked})
            _add_text(place, " ")
            if place is not element:
                self.write(place, children[0].children)
                children = children[1:]
        self.write(element, children)

    def _cell(self, parent: Element, node: Node) -> None:
        aligned = _ALIGNED.search(node.attrs.get("style", ""))
        element = SubElement(parent, node.tag, {"align": aligned[1]} if aligned else {})
        self.write(element, node.children)

    def _code(self, parent: Element, node: Node) -> None:
        html = highlighted(self._md, node.content, node.info)
        SubElement(parent, "p").text = self._md.htmlStash.store(html)

    def _code_inline(self, parent: Element, node: Node) -> None:
        _add_text(SubElement(parent, "code"), node.content)

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
            self._element(parent, Node("link", attrs=attrs, children=node.children), "a")

    def _image(self, parent: Element, node: Node) -> None:
        address = self._address(node, "src")
        if address.startswith(HOLE):
            _add_text(self._hole(parent), _plain(node.children))
            return
        element = self._element(parent, Node("image", attrs=node.attrs), "img")
        element.set("src", address)
        element.set("alt", _REFERENCE.sub(f"{AMP_SUBSTITUTE}amp;", _plain(node.children)))

    def _alert(self, parent: Element, node: Node) -> None:
        kind = str(node.meta["kind"]).lower()
        kinds = {"important": "info", "caution": "danger"}
        element = SubElement(parent, "div", {"class": f"admonition {kinds.get(kind, kind)}"})
        self.write(element, node.children)

    def _alert_title(self, parent: Element, node: Node) -> None:
        self.write(SubElement(parent, "p", {"class": "admonition-title"}), node.children)

    def _tabs(self, parent: Element, tabs: Sequence[Node]) -> None:
        """As Material for MkDocs styles tabs: buttons, their labels, and what each shows."""
        self._sets += 1
        name = f"__tabbed_{self._sets}"
        frame = {"class": "tabbed-set tabbed-alternate", "data-tabs": f"{self._sets}:{len(tabs)}"}
        outer = SubElement(parent, "div", frame)
        chosen = next((at for at, node in enumerate(tabs) if "+" in node.info), 0)
        for at in range(len(tabs)):
            checked = {"checked": "checked"} if at == chosen else {}
            button = {"type": "radio", "name": name, "id": f"{name}_{at + 1}"}
            SubElement(outer, "input", {**checked, **button})
        labels = SubElement(outer, "div", {"class": "tabbed-labels"})
        shown = SubElement(outer, "div", {"class": "tabbed-content"})
        for at, node in enumerate(tabs, 1):
            title = node.children[:1] if node.children[0].type == "tab_title" else ()
            label = SubElement(labels, "label", {"for": f"{name}_{at}"})
            for item in title:
                self.write(label, item.children)
            block = SubElement(shown, "div", {"class": "tabbed-block"})
            self.write(block, node.children[len(title) :])

    def _footnote_ref(self, parent: Element, node: Node) -> None:
        number = int(node.meta["id"]) + 1
        place = SubElement(parent, "sup", {"id": _place(node)})
        SubElement(
            place, "a", {"class": "footnote-ref", "href": f"#fn:{number}"}
        ).text = f"{number}"

    def _footnotes(self, parent: Element, node: Node) -> None:
        frame = SubElement(parent, "div", {"class": "footnote"})
        SubElement(frame, "hr")
        self.write(SubElement(frame, "ol"), node.children)

    def _footnote(self, parent: Element, node: Node) -> None:
        element = SubElement(parent, "li", {"id": f"fn:{int(node.meta['id']) + 1}"})
        self.write(element, node.children)

    def _footnote_anchor(self, parent: Element, node: Node) -> None:
        _add_text(parent, " ")
        back = {"class": "footnote-backref", "href": f"#{_place(node)}"}
        SubElement(parent, "a", back).text = "\u21a9"


_TAGS = {"s": "del", "hardbreak": "br"}


def _place(node: Node) -> str:
    """The id of one of the places that refer to a footnote."""
    again = int(node.meta.get("subId", 0))
    return f"fnref{again + 1 if again else ''}:{int(node.meta['id']) + 1}"


def _sets(tabs: Iterable[Node]) -> Iterator[list[Node]]:
    """Tabs that stand together; `===!` begins another set."""
    found: list[Node] = []
    for node in tabs:
        if found and "!" in node.info:
            yield found
            found = []
        found.append(node)
    yield found
