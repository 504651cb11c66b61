"""Footnotes for markdown-it: `[^name]`, and `[^name]: text` anywhere in the text."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

_MAX_LABEL = 200
_INSIDE = "inside a footnote"


def add_footnotes(parser: MarkdownIt) -> None:
    parser.use(footnote_plugin, inline=False)
    parser.inline.ruler.at("footnote_ref", _bounded)
    parser.block.ruler.at("footnote_def", _outer, {"alt": ["paragraph", "reference"]})


def _bounded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    """The plugin looks for the end of a name to the end of the text, from each that begins."""
    if not state.src.startswith("[^", state.pos):
        return False
    is_closed = state.src.find("]", state.pos, state.pos + _MAX_LABEL) > 0
    return is_closed and footnote_ref(state, silent)


def _outer(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - likewise
    """The plugin loses a footnote that another one is written in: there is none."""
    is_inside = bool(state.env.get(_INSIDE))
    if is_inside and state.sCount[first] >= state.blkIndent:
        return False
    state.env[_INSIDE] = is_inside or not silent
    is_one = footnote_def(state, first, end, silent)
    state.env[_INSIDE] = is_inside
    return is_one
