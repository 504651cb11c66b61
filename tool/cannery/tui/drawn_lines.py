"""What a preview shows, drawn as lines of segments: in the worker's thread, not the screen's."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.text import Text

_LEAST = 20  # columns of a preview


def head(title: str, about: Sequence[str], width: int) -> list[list[Segment]]:
    """The head of a preview: a title, and what there is to say of it."""
    lines = ((f"\n{line}", "dim") for line in about)
    return rendered(Text.assemble((title, "bold"), *lines), width)


def rendered(what: RenderableType, width: int) -> list[list[Segment]]:
    """The lines of anything that Rich draws, in so many columns."""
    console = Console(width=max(width, _LEAST), force_terminal=True, color_system="standard")
    return console.render_lines(what, pad=False)
