"""A text that was rendered beforehand, to be scrolled. It costs no layout of the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_PLAIN = Style()


class PreviewPane(ScrollView, can_focus=True):
    """Lines of segments."""

    def __init__(self) -> None:
        super().__init__(id="preview")
        self._lines: Sequence[Sequence[Segment]] = ()

    @property
    def width(self) -> int:
        """Columns for the text."""
        return self.scrollable_content_region.width

    def put(self, lines: Sequence[Sequence[Segment]]) -> None:
        self._lines = lines
        self.virtual_size = Size(0, len(lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(self.width, _PLAIN)
        # Of segments without a style, NO_COLOR makes none.
        styled = (
            piece if piece.style else Segment(piece.text, _PLAIN) for piece in self._lines[at]
        )
        return Strip(styled).adjust_cell_length(self.width, _PLAIN)
