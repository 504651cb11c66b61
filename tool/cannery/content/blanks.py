"""Paragraphs and headings as people write them in mails.

Wide blanks at their ends are kept, as CommonMark has it and markdown-it-py not: Japanese writers
begin a paragraph with one. And `--` below a line underlines nothing: it parts a signature off.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading, lheading, paragraph

_ASCII = " \t\n\r"
_SEPARATOR = "--"


def _paragraph(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    is_one = paragraph(state, first, end, silent)
    if is_one and not silent:
        _give_back(state, first, state.line)
    return is_one


def _underlined(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - likewise
    is_one = lheading(state, first, end, silent)
    if is_one and not silent:
        under = state.line - 1
        line = state.src[state.bMarks[under] + state.tShift[under] : state.eMarks[under]]
        if line.strip(_ASCII) == _SEPARATOR:
            del state.tokens[-3:]
            state.line = first
            return False
        _give_back(state, first, under)
    return is_one


def _give_back(state: StateBlock, first: int, behind: int) -> None:
    text = state.getLines(first, behind, state.blkIndent, False)  # noqa: FBT003 - likewise
    state.tokens[-2].content = text.strip(_ASCII)


def _heading(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - likewise
    is_one = heading(state, first, end, silent)
    if is_one and not silent:
        line = state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]]
        inline = state.tokens[-2]
        text = line.lstrip("#")
        start = len(text) - len(text.lstrip())
        rest = text[start + len(inline.content) :]
        behind = rest[: len(rest) - len(rest.lstrip())]
        inline.content = (text[:start] + inline.content + behind).strip(_ASCII)
    return is_one


def add_blanks(parser: MarkdownIt) -> None:
    ends = ["paragraph", "reference", "blockquote"]
    parser.block.ruler.at("paragraph", _paragraph)
    parser.block.ruler.at("lheading", _underlined)
    parser.block.ruler.at("heading", _heading, {"alt": ends})
