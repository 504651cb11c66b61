"""Tabs as HTML: radio buttons that show their block without a script, and tabs with one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from cannery.content.markdown import Node

Write = Callable[[Element, Sequence[Node]], None]


def write_tabs(
    parent: Element, tabs: Sequence[Node], number: int, writers: tuple[Write, Write]
) -> None:
    """One set, the page's `number`th: each tab is a button, its label, and what it shows.

    `writers` write a label's nodes, and those of a block.
    """
    write_label, write = writers
    name = f"__tabbed_{number}"
    frame = {"class": "tabbed-set", "data-tabs": f"{number}:{len(tabs)}"}
    outer = SubElement(parent, "div", frame)
    chosen = next((at for at, node in enumerate(tabs) if "+" in node.info), 0)
    for at, node in enumerate(tabs):
        checked = {"checked": "checked"} if at == chosen else {}
        button = {"type": "radio", "name": name, "id": f"{name}_{at + 1}"}
        SubElement(outer, "input", {**checked, **button})
        title = node.children[:1] if node.children[0].type == "tab_title" else ()
        label = SubElement(outer, "label", {"for": button["id"]})
        for item in title:
            write_label(label, item.children)
        write(SubElement(outer, "div", {"class": "tabbed-block"}), node.children[len(title) :])


def tab_sets(tabs: Iterable[Node]) -> Iterator[list[Node]]:
    """Tabs that stand together; `===!` begins another set."""
    found: list[Node] = []
    for node in tabs:
        if found and "!" in node.info:
            yield found
            found = []
        found.append(node)
    yield found
