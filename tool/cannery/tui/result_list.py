"""The list of what was found.

It draws itself, since a layout of the whole screen for each key takes four times as long.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cannery.tui.items import Item
from cannery.util.plain import clean

_EACH = 2  # lines of the screen for an entry: its title, and below it its name
_DIM, _PLAIN = Style(dim=True), Style()


class ResultList(Widget):
    """Entries, one of which is chosen as long as there are any."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"result-list--chosen"}
    chosen: reactive[int] = reactive(0)

    class Chosen(Message):
        """Another entry is the chosen one now."""

    class Clicked(Message):
        """The chosen entry was clicked on."""

    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[Item, ...] = ()
        self._top = 0  # the first entry that is seen

    @property
    def item(self) -> Item | None:
        return self.items[self.chosen] if self.chosen < len(self.items) else None

    def put(self, items: tuple[Item, ...], chosen: int) -> None:
        """Show these entries. Tells nobody."""
        self.items = items
        self.set_reactive(ResultList.chosen, chosen)
        self._follow()
        self.refresh()

    def move(self, by: int) -> None:
        if self.items:
            self.chosen = min(max(self.chosen + by, 0), len(self.items) - 1)

    @property
    def page(self) -> int:
        """How many entries are seen at once."""
        return max(self.size.height // _EACH, 1)

    def watch_chosen(self) -> None:
        self._follow()
        self.post_message(self.Chosen())

    def on_resize(self) -> None:
        self._follow()

    def _follow(self) -> None:
        """Move what is seen, so that the chosen entry is among it."""
        last = max(len(self.items) - self.page, 0)
        self._top = min(max(self._top, self.chosen - self.page + 1), self.chosen, last)

    def on_click(self, event: Click) -> None:
        at = self._top + event.y // _EACH
        if at < len(self.items):
            self.chosen = at
            self.post_message(self.Clicked())

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.move(-1)

    def render_line(self, y: int) -> Strip:
        at, below = self._top + y // _EACH, y % _EACH
        width = self.size.width
        if at >= len(self.items):
            return Strip.blank(width, _PLAIN)
        text = _name(self.items[at]) if below else _title(self.items[at])
        segments = [Segment(f" {clean(text).replace(chr(10), ' ')}", _DIM if below else _PLAIN)]
        strip = Strip(segments).adjust_cell_length(width, _PLAIN)
        if at == self.chosen:
            style = self.get_component_rich_style("result-list--chosen")
            return Strip([Segment(segment.text, style) for segment in strip], width)
        return strip


def _title(item: Item) -> str:
    return f"{'✎' if item.kind == 'macro' else ' '} {item.title}"


def _name(item: Item) -> str:
    state = f", {item.state}" if item.state else ""
    return f"  {item.id.partition('/')[2]} · {item.language}{state}"
