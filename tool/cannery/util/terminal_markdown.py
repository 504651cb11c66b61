"""Markdown on a terminal: read by our parser, drawn by Rich."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.markdown import Markdown


def drawn(tokens: Iterable[Any]) -> Markdown:
    """What Rich draws of a text that is read: its own parser is another one than the reply's."""
    from rich.markdown import Markdown

    markdown = Markdown("", hyperlinks=False)
    markdown.parsed = list(tokens)
    return markdown
