"""Tables of MediaWiki."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cannery.adopt.convert.mediawiki_inline import BLOCK, WikiPage
from cannery.adopt.convert.shapes import table

_ATTRIBUTES = re.compile(r"[^\[\]{}|\n]{0,500}=[^\[\]{}|\n]{0,500}\|(?!\|)")
_SPAN = re.compile(r"\b(?:row|col)span\s{0,9}=\s{0,9}[\"']?(?!1\b)\d")
_LINKS = re.compile(r"\[\[[^\[\]\n]{0,1000}\]\]")


class TableLine(NamedTuple):
    number: int
    text: str


class _Cell(NamedTuple):
    line: int
    is_head: bool
    text: str


def table_of(lines: Sequence[TableLine], page: WikiPage) -> str:
    """A table with its caption before it; one within another is text."""
    rows: list[list[_Cell]] = [[]]
    caption = ""
    depth = 0
    for line in lines:
        text = line.text.strip()
        if text.startswith("{|"):
            depth += 1
            if depth > 1:
                page.notes.lose(line.number, text, "a table within a table; its text is kept")
        elif text.startswith("|}"):
            depth -= 1
        elif text.startswith("|+"):
            caption = _text(_Cell(line.number, is_head=False, text=text[2:]), page)
        elif text.startswith("|-"):
            rows.append([])
        elif text.startswith(("|", "!")):
            rows[-1] += _cells(text, line.number)
        elif rows[-1]:
            rows[-1][-1] = rows[-1][-1]._replace(text=f"{rows[-1][-1].text}\n{line.text}")
    return _made(caption, [row for row in rows if row], page)


def _made(caption: str, rows: Sequence[Sequence[_Cell]], page: WikiPage) -> str:
    if not rows:
        return caption
    has_head = all(cell.is_head for cell in rows[0])
    made = [
        [_shown(cell, page, is_bold=not (has_head and number == 0)) for cell in row]
        for number, row in enumerate(rows)
    ]
    whole = page.kept.keep(table(made, has_head=has_head))
    return f"**{caption}**\n\n{whole}" if caption else whole


def _cells(text: str, line: int) -> list[_Cell]:
    sign, rest = text[0], text[1:]
    shielded = _LINKS.sub(lambda found: found[0].replace("|", "\ue023"), rest)
    divided = shielded.replace("!!", "||") if sign == "!" else shielded
    return [_Cell(line, sign == "!", piece.replace("\ue023", "|")) for piece in divided.split("||")]


def _shown(cell: _Cell, page: WikiPage, *, is_bold: bool) -> str:
    text = _text(cell, page)
    return f"**{text}**" if cell.is_head and is_bold and text and "\n" not in text else text


def _text(cell: _Cell, page: WikiPage) -> str:
    """What is shown in a cell: a list in it becomes lines."""
    text = cell.text
    if found := _ATTRIBUTES.match(text):
        if _SPAN.search(found[0]):
            page.notes.lose(cell.line, found[0], "a cell has one row and one column")
        text = text[found.end() :]
    if BLOCK in text or "\n*" in text or "\n#" in text:
        page.notes.lose(cell.line, "a table with blocks in its cells", "a cell is one line")
    lines = (page.inline(line.strip().lstrip("*#: "), cell.line) for line in text.split("\n"))
    return page.kept.restored("\n".join(lines)).replace("\n\n", "\n").strip()
