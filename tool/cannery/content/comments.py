"""Strip authors' comments from a text, so that none reaches a site.

HTML comments, reference definitions that nothing refers to (`[//]: # (a note)`), links that show
nothing, and the comments of MDX. In code they stay. Lines stay where they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from cannery.content.fences import fenced_lines
from cannery.content.markdown import code_lines, definitions
from cannery.content.split import COMMENT, line_feeds
from cannery.util.lazy_pattern import LazyPattern
from cannery.util.spans import code_spans

_MDX_COMMENT = re.compile(r"\{/\*.*?(?:\*/\}|\Z)", re.DOTALL)
_INDENTED = LazyPattern(r"^(?: {4}|\t)", re.MULTILINE)
_FENCE = re.compile(r"```|~~~")
# In the middle of a paragraph too, where other engines take them for definitions.
_DEFINITION = LazyPattern(
    r"^ {0,3}\[([^\[\]]*+)\]: *+(?:\n *+)?(\S++) *+(?:\n *+)?"
    r"(?:\"(.*)\" *+|'(.*)' *+|\((.*)\) *+)?$",
    re.MULTILINE,
)
_LABEL = LazyPattern(r"\[([^\[\]]+)\]")
_NOWHERE = frozenset({"", "#", "<>", "<#>"})
_EMPTY_LINK = LazyPattern(
    r"(?<![!\\])\[\]\(\s*+(?:#|<#?>)?\s*+(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\))?\s*+\)"
)
_BEFORE = LazyPattern(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")
_PASSES = 5  # to take a comment out may show that what follows is no code


def strip_comments(body: str, *, mdx: bool = False) -> str:
    """Strip comments from a body; with `mdx`, MDX comments as well."""
    text = strip_html_comments(body, mdx=mdx)
    if "]:" in text:
        text = _without_definitions(text)
    return _without_empty_links(text) if "[](" in text else text


def strip_html_comments(body: str, *, mdx: bool = False) -> str:
    """Strip HTML comments alone, with `mdx` those of MDX; line ends become line feeds."""
    text = line_feeds(body)
    for pattern, mark in ((COMMENT, "<!--"), *(((_MDX_COMMENT, "{/*"),) if mdx else ())):
        for _ in range(_PASSES):
            before = text
            if mark in text:
                text = _without(pattern, mark, text)
            if text == before:
                break
    return text


def strip_line(text: str) -> str:
    """A title or a summary without comments."""
    return COMMENT.sub("", text).strip() if "<!--" in text else text


def _without(pattern: re.Pattern[str], mark: str, text: str) -> str:
    code = _code(text)
    spans = _Spans(text)
    kept: list[str] = []
    at = line = counted = 0
    while (start := text.find(mark, at)) >= 0:
        line += text.count("\n", counted, start)
        counted = start
        is_shown = line in code or spans.has(start)
        match = None if is_shown else pattern.match(text, start)
        end = match.end() if match else start + len(mark)
        if match:
            kept += [text[at:start], "\n" * text.count("\n", start, end)]
        else:
            kept.append(text[at:end])
        at = end
    return "".join([*kept, text[at:]])


def _code(text: str) -> frozenset[int]:
    """The 0-based lines that are code: told by the fences, where they tell it all."""
    comments = (match[0] for match in COMMENT.finditer(text))
    if not _INDENTED.search(text) and not any(map(_FENCE.search, comments)):
        fenced = fenced_lines(text)
        if fenced is not None:
            return frozenset(number - 1 for number in fenced)
    return code_lines(text)


class _Spans:
    """Code between backticks, of one line at a time; places are asked for in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = -1
        self._ranges: list[tuple[int, int]] = []

    def has(self, offset: int) -> bool:
        if offset > self._end:
            start = self._text.rfind("\n", 0, offset) + 1
            self._end = self._text.find("\n", offset) % (len(self._text) + 1)
            self._ranges = [*code_spans(self._text, start, self._end)]
        index = bisect_right(self._ranges, (offset, self._end)) - 1
        return index >= 0 and offset < self._ranges[index][1]


def _without_definitions(text: str) -> str:
    """Without the definitions that nothing refers to; those that lead nowhere lose their titles."""
    lines = text.split("\n")
    code = _code(text)
    defined = [*_defined(text, code)]
    if not defined:
        return text
    inside = {number for _, _, first, last in defined for number in range(first, last)}
    prose = "\n".join(
        line for number, line in enumerate(lines) if number not in inside and number not in code
    )
    used = {_label(name) for name in _LABEL.findall(_without_spans(prose))}
    seen: set[str] = set()
    for name, address, first, last in defined:
        label = _label(name)
        stays = label in used and label not in seen
        seen.add(label)
        if stays and address not in _NOWHERE:
            continue
        before = _BEFORE.match(lines[first])
        head = before[0] if before else ""
        lines[first:last] = [f"{head}[{name}]: <#>" if stays else head, *[""] * (last - first - 1)]
    return "\n".join(lines)


def _defined(text: str, code: frozenset[int]) -> Iterator[tuple[str, str, int, int]]:
    """The definitions: label, address, first line and the one behind the last, 0-based."""
    by_lines = {(item.first, item.last): item for item in definitions(text)}
    taken = {number for first, last in by_lines for number in range(first, last)}
    more: list[tuple[str, str, int, int]] = []
    line = counted = 0
    for match in _DEFINITION.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        last = line + match[0].count("\n") + 1
        if line not in code and not taken.intersection(range(line, last)):
            more.append((match[1], match[2], line, last))
    parsed = [(item.label, item.address, item.first, item.last) for item in by_lines.values()]
    yield from sorted([*parsed, *more], key=lambda item: item[2])


def _label(name: str) -> str:
    return " ".join(name.split()).casefold()


def _without_spans(text: str) -> str:
    return re.sub(r"(?<!`)(`{1,5})(?!`)[^\n]*?(?<!`)\1(?!`)", "", text)


def _without_empty_links(text: str) -> str:
    """Without `[](# "a note")`, which shows nothing."""
    code = _code(text)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if "[](" in line and number not in code:
            spans = _Spans(line)
            pieces, at = [], 0
            for match in _EMPTY_LINK.finditer(line):
                if not spans.has(match.start()):
                    pieces.append(line[at : match.start()])
                    at = match.end()
            lines[number] = "".join([*pieces, line[at:]])
    return "\n".join(lines)
