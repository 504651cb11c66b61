"""Lines to type into."""

from __future__ import annotations

from textual.events import Paste
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from cannery.tui.typed import KeysInOrder
from cannery.util.plain import clean


def joined(text: str) -> str:
    """The lines of a text in one, with a space where each ended; a single line as it is."""
    lines = [line for line in clean(text).replace("\t", " ").split("\n") if line.strip()]
    return " ".join(line.strip() for line in lines) if len(lines) > 1 else "".join(lines)


class OneLine(KeysInOrder, Input):
    """A line. What is pasted into it in several becomes one.

    Its width does not depend on its text: no key lays the screen out anew.
    """

    virtual_size = Reactive(Size(0, 0), layout=False)

    def _on_paste(self, event: Paste) -> None:
        event.text = joined(event.text)  # Textual has Input's own handler run after this one

    def action_paste(self) -> None:
        """What was copied in the picker itself, perhaps from a field of several lines."""
        self.replace(joined(self.app.clipboard), *self.selection)


class SearchInput(OneLine):
    """The line that is typed into to search. No plain letter is a command, here or anywhere.

    So text that an input method hands over does nothing but stand there.
    """
