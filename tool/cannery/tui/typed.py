"""What is typed into a field: that it was, and keys that Textual lets through late or never."""

from __future__ import annotations

from functools import cache

from textual.binding import Binding
from textual.events import Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

_SPACE = "\u3000"


@cache
def _actions(kind: type[Widget]) -> dict[str, str]:
    """What each key does that moves, marks, deletes or chooses in a widget of a kind."""
    listed = [vars(each).get("BINDINGS", ()) for each in reversed(kind.__mro__)]
    bindings = [each for bindings in listed for each in bindings if isinstance(each, Binding)]
    return {
        key: binding.action
        for binding in bindings
        for key in binding.key.split(",")
        if key != "enter"  # which is the screen's
    }


class KeysInOrder:
    """Keys that are bound, and the space bar of a Japanese input method, in the order of typing.

    Textual acts on a key that is bound when the key has come back up to the app: letters that were
    typed after it are there by then, and an Enter has been acted upon. The wide space is no
    printable character to it. Stands before the widget in a class's bases, and is none itself:
    Textual looks for styles in the first base alone.
    """

    async def on_key(self, event: Key) -> None:
        if not isinstance(self, Widget):
            return
        if event.character == _SPACE and isinstance(self, Input | TextArea):
            event.prevent_default()
            _insert(self, _SPACE)
        elif action := _actions(type(self)).get(event.key):
            event.stop()
            event.prevent_default()
            await self.run_action(action)


def _insert(widget: Input | TextArea, text: str) -> None:
    if isinstance(widget, Input):
        widget.insert_text_at_cursor(text)
    else:
        widget.insert(text)


class Typed(Message):
    """A person has changed a field's text."""
