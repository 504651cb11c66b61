"""Nodes as plain text that reads well: one shape for every target, with the marks of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from cannery.content.markdown import Node, own_text, safe_address

_BLANK = "\u200b"  # Slack sees marks only next to a blank; Japanese writes none
# An address that mail programs take for one as a whole, with letters of any script.
_READABLE = re.compile(
    r"[^\x00-\x20\x7f-\xa0\"()<>\\^`{|}\[\]\u2000-\u200f\u2028-\u202f\u3000\ufeff]+"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The markup of a target; each function takes text that is rendered already."""

    escape: Callable[[str], str]
    strong: Callable[[str], str]
    em: Callable[[str], str]
    strike: Callable[[str], str]
    code: Callable[[str], str]
    block: Callable[[str], str]
    link: Callable[[str, str], str]
    heading: Callable[[str], str]
    bullet: str
    blanks: bool  # whether a mark needs a blank beside it to be seen


def blocks(nodes: Sequence[Node], marks: Marks) -> str:
    """Render the nodes with this markup, without trailing whitespace."""
    return _blocks(nodes, marks).rstrip()


def _blocks(nodes: Sequence[Node], marks: Marks) -> str:
    return "\n\n".join(_block(node, marks) for node in nodes)


def _block(node: Node, marks: Marks) -> str:
    writer = _BLOCKS.get(node.type)
    return writer(node, marks) if writer else _inline((node,), marks)


def _list(node: Node, marks: Marks) -> str:
    start = int(node.attrs.get("start", "1"))
    bodies = [_item(item, marks) for item in node.children]  # once: they may have lists, too
    items = []
    for number, body in enumerate(bodies, start):
        sign = f"{number}. " if node.type == "ordered_list" else f"{marks.bullet} "
        items.append(sign + body.replace("\n", "\n" + " " * len(sign)))
    apart = any(
        len(item.children) > 1 and "\n\n" in body
        for item, body in zip(node.children, bodies, strict=True)
    )
    return re.sub(r"(?m)^ +$", "", ("\n\n" if apart else "\n").join(items))


def _item(item: Node, marks: Marks) -> str:
    """A list item: the list inside follows its paragraph without a gap."""
    pieces = ""
    for child in item.children:
        gap = "\n" if child.type in ("bullet_list", "ordered_list") else "\n\n"
        pieces += (gap if pieces else "") + _block(child, marks)
    return pieces


def _quote(node: Node, marks: Marks) -> str:
    inner = _blocks(node.children, marks)
    return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))


def _table(node: Node, marks: Marks) -> str:
    # Some targets show it as a block of code, where marks and links mean nothing.
    rows = [
        [_inline(cell.children, PLAIN).strip() for cell in row.children]
        for section in node.children
        for row in section.children
    ]
    right = [
        "right" in cell.attrs.get("style", "")
        for cell in (node.children[0].children[0].children if rows else ())
    ]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            _padded(cell, width, right=to_right)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return marks.block("\n".join(lines))


def _width(cell: str) -> int:
    """Columns on a screen, where a Japanese letter takes two.

    Letter by letter, which a browser can do as well: emoji that are several letters count as those.
    """
    from wcwidth import wcwidth  # few replies have a table

    return sum(max(0, wcwidth(letter)) for letter in cell)


def _padded(cell: str, width: int, *, right: bool) -> str:
    gap = " " * (width - _width(cell))
    return gap + cell if right else cell + gap


_BLOCKS: Mapping[str, Callable[[Node, Marks], str]] = {
    "paragraph": lambda node, marks: _inline(node.children, marks),
    "heading": lambda node, marks: marks.heading(
        _inline(node.children, replace(marks, strong=_same))
    ),
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "fence": lambda node, marks: marks.block(node.content.rstrip("\n")),
    "code_block": lambda node, marks: marks.block(node.content.rstrip("\n")),
    "hr": lambda _, __: "-" * 20,
    "table": _table,
}


def _inline(nodes: Sequence[Node], marks: Marks) -> str:
    pieces: list[str] = []
    for before, node in zip((None, *nodes), nodes, strict=False):
        piece = _INLINE[node.type](node, marks)
        left, right = pieces[-1][-1:] if pieces else "", piece[:1]
        kinds = (before.type if before else "", node.type)
        gap = _mark_gap(kinds, left, right) if marks.blanks else _address_gap(kinds, left, right)
        pieces.append(gap + piece)
    return "".join(pieces)


def _mark_gap(kinds: tuple[str, str], left: str, right: str) -> str:
    """The blank that a mark beside a letter needs."""
    after_mark, is_mark = (kind in _MARKED for kind in kinds)
    close = (is_mark and (left.isalnum() or after_mark)) or (after_mark and right.isalnum())
    return _BLANK if close else ""


def _address_gap(kinds: tuple[str, str], left: str, right: str) -> str:
    """A blank after an address in brackets: a letter beside it may be taken for part of it."""
    return " " if kinds[0] in ("link", "image") and left == ")" and right.isalnum() else ""


_MARKED = ("strong", "em", "s", "code_inline")


def _link(node: Node, marks: Marks) -> str:
    label = _inline(node.children, marks)
    address = node.attrs.get("href", node.attrs.get("src", ""))
    if node.info == "auto" and not marks.blanks and safe_address(address):
        return _text_link("", label if _READABLE.fullmatch(label) else address)
    return marks.link(label, address) if address and safe_address(address) else label


_INLINE: Mapping[str, Callable[[Node, Marks], str]] = {
    "text": lambda node, marks: marks.escape(node.content),
    "strong": lambda node, marks: marks.strong(_inline(node.children, marks)),
    "em": lambda node, marks: marks.em(_inline(node.children, marks)),
    "s": lambda node, marks: marks.strike(_inline(node.children, marks)),
    "code_inline": lambda node, marks: marks.code(node.content),
    "link": _link,
    "image": _link,
    "hardbreak": lambda _, __: "\n",
    "html_block": lambda node, marks: marks.escape(node.content),
    "html_inline": lambda node, marks: marks.escape(node.content),
}


def _text_link(label: str, address: str) -> str:
    """The address once, with letters of any script as such where mail programs know it so."""
    reads = own_text(address)[1]
    whole = reads if _READABLE.fullmatch(reads) else address
    shown, plain = (one.removeprefix("mailto:").removeprefix("tel:") for one in (whole, address))
    return shown if label in ("", address, plain, whole, shown) else f"{label} ({shown})"


def _same(piece: str) -> str:
    return piece


PLAIN = Marks(
    escape=_same,
    strong=_same,
    em=_same,
    strike=lambda piece: f"~{piece}~",
    code=_same,
    block=_same,
    link=_text_link,
    heading=_same,
    bullet="-",
    blanks=False,
)
