"""A filled template as the Markdown of a desk, for those whose replies are no HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cannery.content.line_ends import kept, plain
from cannery.content.markdown import Node, parse, tree
from cannery.exchange.desks.template.fill import Filled, Sign
from cannery.exchange.desks.template.written import Look, every, is_code, shown
from cannery.exchange.placeholders.dialect import Dialect
from cannery.liquid.interpolate import interpolate
from cannery.liquid.interpolate_source import interpolate_source

_BEHIND = re.compile(r"(?P<link>\]\([^()\s]{1,500}\)) (?P<mark>\[\[[^\[\]\n]{1,80}\]\])(?!\()")
_MOST_MARKS = 5  # of one address


def as_markdown(filled: Filled, look: Look, dialect: Dialect) -> str:
    """The text with the desk's placeholders, and loud marks for what is asked.

    Where line ends are kept, they are plain ones: chats and editors of replies show them as such.
    """
    text = kept(filled.text.text) if look.keeps_lines else filled.text.text
    tokens = parse(text, language=look.language)
    source = interpolate_source(text, tokens, filled.text.values).strip("\n")
    if dialect.tags:
        source = shown(source)
    nodes = [*every(tree(interpolate(tokens, filled.text.values)))]
    bare = {key for node in nodes if is_code(node) for key in filled.signs if key in node.content}
    for link in nodes:
        source = _beside(source, link, filled.signs)
    for key, sign in filled.signs.items():
        source = source.replace(key, sign.bare if key in bare else sign.text)
    return plain(source) if look.keeps_lines else source


def without_beside(markdown: str) -> str:
    """The Markdown with the marks of an address there alone: they stand behind the link, too."""
    for _ in range(_MOST_MARKS):
        markdown, count = _BEHIND.subn(_in_address, markdown)
        if not count:
            break
    return markdown


def _in_address(link: re.Match[str]) -> str:
    return link["link"] if link["mark"] in link["link"] else link[0]


def _beside(source: str, link: Node, signs: Mapping[str, Sign]) -> str:
    """The source with what a link's address asks for behind the link, where it is seen."""
    address = link.attrs.get("href", "") if link.type == "link" else ""
    for key, sign in signs.items():
        if sign.name and key in address and (at := source.find(key)) >= 0:
            end = source.find(")", at)
            place = end + 1 if end >= 0 else at + len(key)
            source = f"{source[:place]} {sign.text}{source[place:]}"
    return source
