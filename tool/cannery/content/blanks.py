"""Wide blanks at the ends of a paragraph, which CommonMark keeps and markdown-it-py does not.

Japanese writers begin a paragraph with one.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph

_ASCII = " \t\n\r"


def with_blanks(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    """Take in a paragraph, and give it back what it lost."""
    is_one = paragraph(state, first, end, silent)
    if is_one and not silent:
        text = state.getLines(first, state.line, state.blkIndent, False)  # noqa: FBT003 - likewise
        state.tokens[-2].content = text.strip(_ASCII)
    return is_one


def add_blanks(parser: MarkdownIt) -> None:
    parser.block.ruler.at("paragraph", with_blanks)
