"""Attribute lists, of kramdown (`{: .note }`) and of Python-Markdown (`{ .class #id }`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.adopt.convert.elements import Element, Rule, Shape, Tag
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.regions import Regions
from cannery.adopt.convert.shapes import KINDS, alert

LIST, LINE, BOX = "{:", "{: line", "{: .box"
_LIST = re.compile(
    r"\{:(?P<kramdown>[^{}\n]{0,300})\}"
    r"|\{[ \t]*+(?P<plain>(?:[.#][A-Za-z][\w.:-]{0,80}|[a-z][\w-]{0,30}=[^{}\n\s]{1,100})(?:[ \t][^{}\n]{0,300})?)\}"
)
_ID = re.compile(r"#([\w.:-]+)")
_CLASS = re.compile(r"\.([\w-]+)")
_HEADING = re.compile(r"[ \t>]*+#{1,6}[ \t]")
_CONTENTS = re.compile(r"toc\b")
_ITEM = re.compile(r"^[ \t]*+(?:[-*+]|\d{1,9}[.)])[ \t]+[^\n]{1,80}\n\Z", re.MULTILINE)
_QUOTE = re.compile(r"^> ?", re.MULTILINE)


def attribute_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """Each list; the block that one with the name of a box stands before or behind is an element."""
    ends = 0  # of the last box
    for found in _LIST.finditer(text):
        start, end = found.span()
        if kept.around(start) or text[start - 1 : start] in {"\\", "{", "%"}:
            continue
        line = text.rfind("\n", max(0, start - 1_000), start) + 1
        written = found["kramdown"] or found["plain"] or ""
        stop = text.find("\n", end, end + 1_000)
        alone = not text[line:start].strip() and not text[end : None if stop < 0 else stop].strip()
        kind = next((name for name in _CLASS.findall(written) if _kind(name)), "")
        if alone and kind and line >= ends and (block := _block(text, line, end)):
            ends = block[1]
            is_before = block[0] >= end
            opening = (start, end) if is_before else (block[0], block[0])
            closing = (block[1], block[1]) if is_before else (start, end)
            yield Tag(*opening, BOX, Shape.OPENING, {"kind": kind})
            yield Tag(*closing, BOX, Shape.CLOSING)
            ends = max(ends, end)
            continue
        head = text[line:start]
        place = "heading" if _HEADING.match(head) else ""
        attributes = {"written": written, "place": place}
        if (
            alone
            and _CONTENTS.search(written)
            and (item := _ITEM.search(text, max(0, line - 100), line))
        ):
            start = item.start()
        yield Tag(start, end, LINE if alone else LIST, Shape.ALONE, attributes)


def _kind(name: str) -> str:
    """The kind of box that a class stands for; `note-title` takes its title from the text."""
    return name if name.removesuffix("-title") in KINDS else ""


def _block(text: str, line: int, end: int) -> tuple[int, int] | None:
    """Where the paragraph directly before a list stands, else the one directly behind it."""
    before = text[max(0, line - 20_000) : line]
    if (
        before.rstrip(" \t").endswith("\n")
        and before.strip("\n")[-1:]
        and not before.endswith("\n\n")
    ):
        begin = before.rfind("\n\n") + 2 if "\n\n" in before else 0
        return max(0, line - 20_000) + begin, line - 1
    behind = text[end : end + 20_000]
    if not behind.startswith("\n") or behind.startswith("\n\n") or not behind.strip():
        return None
    stop = behind.find("\n\n")
    return end + 1, end + (len(behind.rstrip("\n")) if stop < 0 else stop)


def _box(element: Element, notes: Notes) -> str:
    kind = element.attributes["kind"]
    inner = _QUOTE.sub("", element.inner) if element.inner.startswith(">") else element.inner
    if kind.endswith("-title"):
        title, _, rest = inner.partition("\n")
        return alert(kind.removesuffix("-title"), title, rest.strip("\n"))
    return alert(kind, "", inner)


def _list(element: Element, notes: Notes) -> str:
    written, place = element.attributes["written"], element.attributes["place"]
    if place == "heading" and (id_ := _ID.search(written)):
        return f"{{#{id_[1]}}}"
    if _CONTENTS.search(written):
        notes.lose(element.line, element.source, "the site makes tables of contents by itself")
    else:
        notes.lose(element.line, element.source, "an entry says nothing of how it looks")
    return ""


ATTRIBUTE_RULES = {BOX: Rule(_box), LINE: Rule(_list), LIST: Rule(_list, is_inline=True)}
