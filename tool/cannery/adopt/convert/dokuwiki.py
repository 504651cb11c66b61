"""DokuWiki's text -> our Markdown: its blocks; what is in a line is `dokuwiki_inline.py`'s."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from cannery.adopt.convert.begins import escaped_begin
from cannery.adopt.convert.dokuwiki_inline import inline
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import KINDS, alert, dedented, fence, table
from cannery.adopt.convert.wiki import (
    Item,
    Kept,
    Line,
    escaped,
    list_of,
    tidied,
    without_marks,
)
from cannery.content.split import line_feeds
from cannery.util.spans import Lines

_TOKEN = re.compile(
    r"<(?P<raw>code|file|nowiki|html|php|HTML|PHP)\b(?P<words>[^<>\n]{0,300})>"
    r"|<(?P<end>/?)(?P<box>note|WRAP|wrap|block|div)\b(?P<kinds>[^<>\n]{0,200})>"
)
_HEADING = re.compile(r"[ \t]{0,9}(={2,6})(?!=)(.*?)={2,9}[ \t]*+$")
_ITEM = re.compile(r"(?P<margin>(?:  |\t)[ \t]*+)(?P<sign>[*-])[ \t]*+(?P<text>.*)")
_RULE = re.compile(r"[ \t]*+-{4,}+[ \t]*+$")
_QUOTE = re.compile(r"(?P<signs>>{1,9}+)[ \t]?(?P<text>.*)")
_MACRO = re.compile(r"[ \t]*+~~[A-Z][^~]{0,200}~~[ \t]*+$")
_ROW = re.compile(r"[ \t]*+[|^]")
_CELL = re.compile(r"\[\[[^\[\]\n]{0,500}\]\]|\{\{[^{}\n]{0,500}\}\}|%%[^%\n]{0,300}%%|([|^])")
_MAX_BOXES = 12


@dataclass(slots=True)
class _Page:
    notes: Notes
    kept: Kept = field(default_factory=Kept)
    footnotes: list[str] = field(default_factory=list)

    def inline(self, text: str, line: int) -> str:
        return inline(text, line, self.notes, self.kept, self.footnotes)


@dataclass(slots=True)
class _Box:
    words: Sequence[str] = ()
    line: int = 0
    parts: list[str] = field(default_factory=list)

    def add(self, part: str) -> None:
        if part.strip("\n"):
            self.parts.append(part.strip("\n"))

    @property
    def inner(self) -> str:
        return "\n\n".join(self.parts)


def convert_dokuwiki(text: str, notes: Notes, first_line: int = 1) -> str:
    """A page's text as Markdown."""
    walk = _Walk(without_marks(line_feeds(text)), notes, first_line)
    walk.run()
    for number, note in enumerate(walk.page.footnotes, 1):
        walk.boxes[0].add(f"[^{number}]: {note}")
    return tidied(walk.page.kept.restored(walk.boxes[0].inner))


class _Walk:
    """Takes in the text between code and boxes, and these, one after another."""

    def __init__(self, text: str, notes: Notes, first_line: int) -> None:
        self.page, self.boxes = _Page(notes), [_Box()]
        self._text, self._lines = text, Lines(text, first_line)
        self._at = 0
        self._held: list[str] = []  # what goes on behind code in its own line
        self._held_line = first_line
        self._unclosed: set[str] = set()

    def run(self) -> None:
        while found := _TOKEN.search(self._text, self._at):
            line = self._lines.of(found.start())
            if found["raw"]:
                self._take_raw(found, line)
            else:
                self._flush(found.start(), found.end(), line)
                _turn(found, self.boxes, self.page, line)
        self._flush(len(self._text), len(self._text), 0)
        while len(self.boxes) > 1:
            _close(self.boxes, self.page)

    def _take_raw(self, found: re.Match[str], line: int) -> None:
        name = found["raw"]
        end = -1
        if name not in self._unclosed:
            end = self._text.find(f"</{name}>", found.end())
        if end < 0:
            self._unclosed.add(name)
            self._hold(found.end(), self._text[self._at : found.end()])
            return
        made = _raw(found, self._text[found.end() : end], self.page, line)
        before = self._text[self._text.rfind("\n", self._at, found.start()) + 1 : found.start()]
        behind = end + len(name) + 3
        if name == "nowiki" or _ITEM.match(before):
            self._hold(behind, self._text[self._at : found.start()] + self.page.kept.keep(made))
            return
        self._flush(found.start(), behind, line + self._text.count("\n", found.start(), behind))
        self.boxes[-1].add(self.page.kept.keep(made.strip("\n")) if made else "")

    def _hold(self, at: int, text: str) -> None:
        self._held.append(text)
        self._at = at

    def _flush(self, end: int, behind: int, line: int) -> None:
        """Convert the text up to a place; what comes behind it begins in a line."""
        text = "".join([*self._held, self._text[self._at : end]])
        self.boxes[-1].add(_blocks(text, self.page, self._held_line))
        self._held, self._at, self._held_line = [], behind, line


def _raw(found: re.Match[str], inside: str, page: _Page, line: int) -> str:
    """The Markdown of what is no wiki text."""
    name, words = found["raw"].lower(), found["words"].split()
    if name == "nowiki":
        return escaped(inside.strip("\n"))
    if name in {"html", "php"}:
        page.notes.lose(
            line, f"<{found['raw']}>{inside}", "an entry has no HTML and runs no script"
        )
        return ""
    language = words[0] if words and words[0] != "-" else ""
    title = words[1].replace('"', "'") if len(words) > 1 and not words[1].startswith("[") else ""
    code = fence(inside.strip("\n"), f'{language or "text"} title="{title}"' if title else language)
    return f"\n\n{code}"


def _turn(found: re.Match[str], boxes: list[_Box], page: _Page, line: int) -> None:
    """Begin or end a box."""
    if not found["end"] and len(boxes) < _MAX_BOXES:
        boxes.append(_Box((found["box"], *found["kinds"].split()), line))
    elif found["end"] and len(boxes) > 1:
        _close(boxes, page)


def _close(boxes: list[_Box], page: _Page) -> None:
    box = boxes.pop()
    kind = next((word.lower() for word in box.words[1:] if word.lower() in KINDS), "")
    inner = page.kept.restored(box.inner)
    if kind or box.words[0] == "note":
        boxes[-1].add(page.kept.keep(alert(kind or "note", "", inner)))
        return
    if box.words[1:]:
        page.notes.lose(box.line, f"<{' '.join(box.words)}>", "its text is kept, its look is not")
    boxes[-1].add(page.kept.keep(inner))


def _blocks(text: str, page: _Page, line: int) -> str:
    numbered = [Line(number, piece) for number, piece in enumerate(text.split("\n"), line)]
    groups = groupby(numbered, key=lambda one: _kind(one.text))
    made = (_MAKERS[kind](list(lines), page) for kind, lines in groups if kind)
    return "\n\n".join(part for part in made if part)


def _kind(line: str) -> str:
    """What a line is by its beginning; nothing for a blank one."""
    if not line.strip():
        return ""
    if line.startswith(("  ", "\t")):
        if _ITEM.match(line):
            return "list"
        return _by_sign(line) if _HEADING.match(line) or _ROW.match(line) else "code"
    return _by_sign(line)


def _by_sign(line: str) -> str:
    if _HEADING.match(line):
        return "heading"
    if _ROW.match(line):
        return "table"
    if _RULE.match(line):
        return "rule"
    if _MACRO.match(line):
        return "macro"
    return "quote" if line.startswith(">") else "text"


def _paragraph(lines: Sequence[Line], page: _Page) -> str:
    made = page.inline("\n".join(line.text.strip() for line in lines), lines[0].number)
    return escaped_begin(made)


def _headings(lines: Sequence[Line], page: _Page) -> str:
    made = []
    for line in lines:
        if found := _HEADING.match(line.text):
            text = page.inline(found[2].strip(), line.number)
            made.append(f"{'#' * (7 - len(found[1]))} {text}" if text else "")
    return "\n\n".join(made)


def _list(lines: Sequence[Line], page: _Page) -> str:
    items = []
    for line in lines:
        if found := _ITEM.match(line.text):
            depth = len(found["margin"].replace("\t", "  ")) // 2
            text = page.kept.restored(page.inline(found["text"].strip(), line.number))
            items.append(Item(depth, is_numbered=found["sign"] == "-", text=escaped_begin(text)))
    return page.kept.keep(list_of(items))


def _table(lines: Sequence[Line], page: _Page) -> str:
    rows, is_head = [], []
    for line in lines:
        cells = [*_cells(line.text)]
        if any(cell.strip() == ":::" for _, cell in cells):
            page.notes.lose(line.number, line.text, "a cell has one row")
        is_head.append(bool(cells) and all(sign == "^" for sign, _ in cells))
        rows.append([_cell(sign, cell, line.number, page, is_head[-1]) for sign, cell in cells])
    return page.kept.keep(table(rows, has_head=is_head[0])) if any(rows) else ""


def _cell(sign: str, cell: str, line: int, page: _Page, is_head: bool) -> str:  # noqa: FBT001
    text = "" if cell.strip() == ":::" else page.kept.restored(page.inline(cell.strip(), line))
    return f"**{text}**" if sign == "^" and text and not is_head else text


def _cells(row: str) -> Iterator[tuple[str, str]]:
    """The cells of a row, each with the sign before it."""
    signs = [found for found in _CELL.finditer(row) if found[1]]
    for one, other in pairwise(signs):
        yield one[1], row[one.end() : other.start()]


def _quotes(lines: Sequence[Line], page: _Page) -> str:
    made = []
    for line in lines:
        if found := _QUOTE.match(line.text):
            text = escaped_begin(page.inline(found["text"], line.number))
            made.append(f"{'> ' * len(found['signs'])}{text}".rstrip())
    return "\n".join(made)


def _code(lines: Sequence[Line], page: _Page) -> str:
    return page.kept.keep(fence(dedented("\n".join(line.text for line in lines))))


def _rule(lines: Sequence[Line], page: _Page) -> str:
    return "---"


def _macros(lines: Sequence[Line], page: _Page) -> str:
    for line in lines:
        page.notes.lose(line.number, line.text, "a setting of the wiki's page")
    return ""


_MAKERS: Mapping[str, Callable[[Sequence[Line], _Page], str]] = {
    "code": _code,
    "heading": _headings,
    "list": _list,
    "macro": _macros,
    "quote": _quotes,
    "rule": _rule,
    "table": _table,
    "text": _paragraph,
}
