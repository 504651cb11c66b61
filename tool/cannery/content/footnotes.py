"""Footnotes for markdown-it: `[^name]`, and `[^name]: text` anywhere in the page."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

_MAX_LABEL = 200


def add_footnotes(parser: MarkdownIt) -> None:
    parser.use(footnote_plugin, inline=False)
    parser.inline.ruler.at("footnote_ref", _bounded)


def _bounded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    """The plugin looks for the end of a name to the end of the text, from each that begins."""
    if not state.src.startswith("[^", state.pos):
        return False
    is_closed = state.src.find("]", state.pos, state.pos + _MAX_LABEL) > 0
    return is_closed and footnote_ref(state, silent)
