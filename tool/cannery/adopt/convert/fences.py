"""Blocks of code: what stands behind their first fence, and blocks that are shown as tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cannery.adopt.convert.elements import Element, Rule, Shape, Tag
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.regions import Regions

NAME = "```"
_OPENING = re.compile(
    r"(?P<head>[ \t>]*+(?>(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<mark>`{3,}+|~{3,}+))(?P<info>[^\n]*+)"
)
_LINES = re.compile(r"(?<![\w=])\{[ \t]*+([\d, \t-]*+)\}")
_LABEL = re.compile(r"(?<![\w=\"'])\[([^\[\]\n]++)\]")
_TITLE = re.compile(r"\b(?:title|filename|file|name)=(?:\"([^\"\n]*+)\"|'([^'\n]*+)')")
_NUMBERS = re.compile(
    r"(?:\s|^)(?:showLineNumbers|:line-numbers|lineNumbers)(?:=\{?\w*+\}?)?|:line-numbers(?:=\d++)?"
)
_OTHERS = re.compile(
    r"(?<!\S)[\w-]{0,30}=?(?:\"[^\"\n]*+\"|'[^'\n]*+'|\{[^{}\n]*+\}|/[^/\s]*+/)(?!\S)"
)
_CONVERTED = re.compile(r"\b(?:hl_lines|linenums)=\"")
_WORD = re.compile(r"[ \t]*+([\w#+.-]++)")


class CodeBlock(NamedTuple):
    """A block of code as it is written, and what it is called."""

    label: str
    text: str


def fence_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """What stands behind the first fence of each block, where that is more than a language."""
    for start, _ in kept.spans:
        found = _OPENING.match(text, start)
        if found and found["info"].strip():
            info = found["info"]
            if converted_info(info) != info:
                yield Tag(*found.span("info"), NAME, Shape.ALONE, {"info": info})


def converted_info(info: str) -> str:
    """`js {1,3} title="a.js"`, `js{1,3} [a.js]` -> `js title="a.js" hl_lines="1 3"`."""
    word = _WORD.match(info)
    if word is None:
        return info
    language, rest = word[1], info[word.end() :]
    options = []
    if found := _TITLE.search(rest) or _LABEL.search(rest):
        title = next(group for group in found.groups() if group is not None)
        options.append(f'title="{title.strip()}"'.replace('""', '"'))
        rest = rest[: found.start()] + rest[found.end() :]
    if found := _LINES.search(rest):
        numbers = " ".join(found[1].replace(",", " ").split())
        options += [f'hl_lines="{numbers}"'] if numbers else []
        rest = rest[: found.start()] + rest[found.end() :]
    if found := _NUMBERS.search(rest):
        options.append('linenums="1"')
        rest = rest[: found.start()] + rest[found.end() :]
    bare = _OTHERS.sub(" ", rest)
    if (not options and bare == rest) or _CONVERTED.search(info):
        return info
    return " ".join([language, *options, *bare.split()])


def _info(element: Element, notes: Notes) -> str:
    return converted_info(element.attributes["info"])


FENCE = Rule(_info, is_inline=True)


def code_blocks(text: str) -> Iterator[CodeBlock]:
    """The blocks of code of a text that has nothing else at its margin."""
    block: list[str] = []
    mark = label = ""
    for line in text.split("\n"):
        found = _OPENING.match(line)
        if not mark and found:
            mark, label = found["mark"], _name(found["info"])
            block = [line]
        elif mark:
            block.append(line)
            if found and found["mark"].startswith(mark) and not found["info"].strip():
                yield CodeBlock(label, "\n".join(block))
                mark = ""


def _name(info: str) -> str:
    found = _TITLE.search(info) or _LABEL.search(info)
    if found:
        return next(group for group in found.groups() if group is not None)
    word = _WORD.match(info)
    return word[1] if word else ""
