"""What is typed into a field: that it was, and a letter that Textual would not let through."""

from __future__ import annotations

from textual.events import Key
from textual.message import Message
from textual.widgets import Input, TextArea

_SPACE = "\u3000"


class WideSpace:
    """The space bar of a Japanese input method, which Textual takes for no printable character."""

    def on_key(self, event: Key) -> None:
        if event.character != _SPACE:
            return
        event.prevent_default()
        if isinstance(self, Input):
            self.insert_text_at_cursor(_SPACE)
        elif isinstance(self, TextArea):
            self.insert(_SPACE)


class Typed(Message):
    """A person has changed a field's text."""
