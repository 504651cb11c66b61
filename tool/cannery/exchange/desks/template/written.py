"""A filled template as a desk's text: its signs replaced by what stands there for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import NamedTuple

from cannery.content.line_ends import kept
from cannery.content.markdown import Node, parse, tree
from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.template.fill import Filled, Sign
from cannery.liquid.interpolate import interpolate
from cannery.render.html import html
from cannery.render.text import text

_CODE = frozenset({"code_block", "code_inline", "fence"})
_MAY_BE_CODE = re.compile(r"`|~~~|^(?: {4}|\t)", re.MULTILINE)
_OPENS = re.compile(r"\{\{|\{%")


class Look(NamedTuple):
    """How a text is read: in which language, and whether its line ends are kept.

    A plain one shows the addresses of its links. A desk that fills nothing in leaves braces alone.
    """

    language: str
    keeps_lines: bool = True
    is_plain: bool = False
    fills: bool = True


def as_html(filled: Filled, look: Look) -> str:
    """The text as canonical HTML with the desk's placeholders, and loud marks for what is asked."""
    written = html(nodes_of(filled, look))
    return canonical_html(_with_signs(written, filled.signs, escape))


def as_text(filled: Filled, look: Look) -> str:
    """The text as plain text, with loud marks for what is asked."""
    written = text(nodes_of(filled, look._replace(is_plain=True)))
    return _with_signs(written, filled.signs, str)


def as_line(filled: Filled) -> str:
    """The text in one line, such as a subject."""
    line = " ".join(shown(filled.text.plain).split())
    return _with_signs(line, filled.signs, str)


def nodes_of(filled: Filled, look: Look) -> tuple[Node, ...]:
    """The text as nodes, with signs for what is not known.

    In code a desk fills nothing in: what stands there is a mark. So is what an address lacks, which
    nobody would see in it.
    """
    text = kept(filled.text.text) if look.keeps_lines else filled.text.text
    tokens = interpolate(parse(text, language=look.language), filled.text.values)
    return tuple(_loud(tree(tokens), filled.signs, look))


def in_code(filled: Filled, look: Look) -> Iterator[str]:
    """The desk's own values that stand in code, where it does not fill them in."""
    if not _MAY_BE_CODE.search(filled.text.text) or all(it.name for it in filled.signs.values()):
        return
    text = kept(filled.text.text) if look.keeps_lines else filled.text.text
    tokens = interpolate(parse(text, language=look.language), filled.text.values)
    for node in every(tree(tokens)):
        if is_code(node):
            signs = (sign for key, sign in filled.signs.items() if key in node.content)
            yield from (sign.bare for sign in signs if not sign.name)


def every(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes, and those in them."""
    for node in nodes:
        yield node
        yield from every(node.children)


def is_code(node: Node) -> bool:
    return node.type in _CODE


def _loud(nodes: Iterable[Node], signs: Mapping[str, Sign], look: Look) -> Iterator[Node]:
    for node in nodes:
        if is_code(node):
            yield replace(node, content=_replaced(node.content, signs, lambda sign: sign.bare))
        elif node.type == "text":
            is_told = look.fills and "{" in node.content
            yield replace(node, content=shown(node.content)) if is_told else node
        elif _is_mail(node, signs):  # desks make links of these themselves, and some do of all
            yield from _loud(node.children, signs, look)
        else:
            beside = () if look.is_plain else _beside(node, signs)
            yield replace(node, children=(*_loud(node.children, signs, look), *beside))


def _is_mail(node: Node, signs: Mapping[str, Sign]) -> bool:
    """Whether it is a mail address that links to itself."""
    if node.type != "link" or not node.attrs.get("href", "").startswith("mailto:"):
        return False
    texts = "".join(child.content for child in node.children)
    address = node.attrs["href"].removeprefix("mailto:")
    return _with_signs(address, signs, str) == _with_signs(texts, signs, str)


def _beside(link: Node, signs: Mapping[str, Sign]) -> Iterator[Node]:
    """What a link's address asks for, as text."""
    if link.type == "link":
        address = link.attrs.get("href", "")
        for key, sign in signs.items():
            if key in address and sign.name:
                yield Node("text", f" {key}")


def shown(text: str) -> str:
    """The text with braces that a desk takes for no placeholder."""
    return _OPENS.sub(lambda found: f"{{{{ '{found[0]}' }}}}", text)


def _with_signs(text: str, signs: Mapping[str, Sign], write: Callable[[str], str]) -> str:
    return _replaced(text, signs, lambda sign: write(sign.text))


def _replaced(text: str, signs: Mapping[str, Sign], write: Callable[[Sign], str]) -> str:
    if not signs:
        return text
    pattern = re.compile("|".join(map(re.escape, signs)))
    return pattern.sub(lambda found: write(signs[found[0]]), text)
