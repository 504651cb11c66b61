"""Where a page's own videos are: MkDocs moves the addresses of links and images alone."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor


class Videos(Treeprocessor):
    """Gives each player the address of the link below it, which has been moved by now."""

    def run(self, root: Element) -> None:
        for frame in root.iter("figure"):
            player, link = frame.find("video"), frame.find("figcaption/a")
            if player is not None and link is not None:
                player.set("src", link.get("href", ""))
