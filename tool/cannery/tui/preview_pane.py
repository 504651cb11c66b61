"""The chosen entry, rendered by the worker, to be scrolled. It costs no layout of the screen."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cannery.tui.items import Item, Look, Preview
from cannery.tui.worker import Worker, post_when_done
from cannery.util.plain import clean

if TYPE_CHECKING:
    from cannery.tui.session import Session

_PLAIN = Style()
_REST = 0.15  # seconds that the choice stays the same before its preview is made


class PreviewPane(ScrollView, can_focus=True):
    """Lines of segments."""

    class Rendered(Message):
        """A preview is there, or failed: for the screen, which gives it to `show_preview`."""

        def __init__(self, future: Future[Preview]) -> None:
            super().__init__()
            self.future = future

    def __init__(self, worker: Worker[Session]) -> None:
        super().__init__(id="preview")
        self._worker = worker
        self._lines: Sequence[Sequence[Segment]] = ()
        self._look: Look | None = None  # that is shown, or on its way

    @property
    def _width(self) -> int:
        """Columns for the text."""
        return self.scrollable_content_region.width

    def look_at(self, item: Item) -> None:
        """Show the entry, once nothing else was asked for in a while."""
        look, before = Look(item, self._width), self._look
        if before and look.key == before.key:
            return
        if before is None or look.key[:2] != before.key[:2]:
            self.scroll_home(animate=False)
        self._look = look
        self.set_timer(_REST, lambda: self._render_look(look))

    def look_again(self, item: Item) -> None:
        """Show the entry as it is in its file by now."""
        self._look = None
        self.look_at(item)

    def _render_look(self, look: Look) -> None:
        if look is self._look:
            rendering = self._worker.submit("preview", lambda session: session.preview(look))
            post_when_done(rendering, self, self.Rendered)

    def show_preview(self, preview: Preview) -> None:
        """Show it, if it is still what is wanted, and have it dated if it is not."""
        if preview.look is not self._look:
            return
        self._put([*preview.about, [], *preview.body])
        if not preview.is_dated:
            dating = self._worker.submit("age", lambda session: session.dated(preview))
            post_when_done(dating, self, self.Rendered)

    def show_hint(self, text: str) -> None:
        """Show a text instead of an entry."""
        self._look = None
        lines = textwrap.wrap(text, max(self._width, 1))
        self._put([[Segment(clean(line))] for line in lines])

    def _put(self, lines: Sequence[Sequence[Segment]]) -> None:
        self._lines = lines
        self.virtual_size = Size(0, len(lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(self._width, _PLAIN)
        # Of segments without a style, NO_COLOR makes none.
        styled = (
            piece if piece.style else Segment(piece.text, _PLAIN) for piece in self._lines[at]
        )
        return Strip(styled).adjust_cell_length(self._width, _PLAIN)
